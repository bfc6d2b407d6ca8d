"""Words and counts for lines and headers, glyphs and severities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.crm_mon.parse import parse
from crmtui.cluster.glyphs import ASCII, UTF8, severity
from crmtui.cluster.model import Failure
from crmtui.cluster.state_words import count, failure, role, state
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Resource

FAILED = Failure("db", "10s-interval monitor", "n2", "complete", "not running", "", "today")


def test_a_state_is_role_nodes_and_flags() -> None:
    """A resource's line has the role, then where, then the flags in one parenthesis."""
    assert state(primitive("db", "FAILED Promoted", "n1", flags=("UNCLEAN", "blocked"))) == (
        "FAILED Promoted n1 (UNCLEAN, blocked)"
    )
    assert state(primitive("db", "Started", "n1", "n2")) == "Started [ n1 n2 ]"
    assert state(primitive("db", "Stopped")) == "Stopped"


def test_a_failure_says_how_it_ended() -> None:
    """A completed action ended with its exit status, one that was cut short with its status."""
    late = replace(FAILED, status="Timed Out", exit="error", reason="gave up")

    assert failure(FAILED) == "10s-interval monitor of db on n2: not running"
    assert failure(late) == "10s-interval monitor of db on n2: Timed Out (gave up)"


def test_counts_miss_no_instance_that_has_no_node() -> None:
    """Stopped instances of a clone that runs are not counted, those of one that does not once."""
    runs = holder("clone", "c", primitive("a", "Started", "n1"), primitive("a", "Stopped"))
    down = holder("clone", "d", primitive("b", "Stopped"), primitive("b", "Stopped"))
    counted = count(cluster(runs, down, primitive("x", "Started", "n2"), resources_disabled=1))

    assert counted.resources_words == "2/3 resources running, 1 disabled"
    assert counted.nodes_words == "2/2 nodes online"


def test_nodes_of_bundles_are_not_counted() -> None:
    """A bundle's own nodes come and go with its replicas; a guest that is a machine counts."""
    replica = holder("replica", "w[0]", primitive("w-docker-0", "Stopped"))
    inside = replace(node("w-0", "OFFLINE"), kind="guest", resource="w-docker-0")
    guest = replace(node("vm1"), kind="guest", resource="vm")
    counted = count(
        cluster(
            holder("bundle", "w", replica), nodes=(node("n1"), inside, guest, node("n2", "pending"))
        )
    )

    assert counted.nodes_words == "2/3 nodes online"


@pytest.mark.parametrize(
    ("said", "running", "expected"),
    [
        ("online", 1, "ok"),
        ("UNCLEAN (online)", 0, "crit"),
        ("UNCLEAN (offline)", 0, "crit"),
        ("pending", 0, "busy"),
        ("OFFLINE", 0, "off"),
        ("OFFLINE (standby)", 0, "off"),
        ("standby", 0, "note"),
        ("standby (with active resources)", 2, "busy"),
        ("standby (on-fail)", 0, "warn"),
        ("maintenance", 1, "note"),
    ],
)
def test_nodes_have_a_severity(said: str, running: int, expected: str) -> None:
    """Each state of a node looks as much in need of someone as it is."""
    assert severity(node("n1", said, running=running)) == expected


def test_a_nodes_health_and_leaving_show() -> None:
    """A node whose health is not green is a warning, one that shuts down is on its way."""
    assert severity(replace(node("n1"), health="red")) == "warn"
    assert severity(replace(node("n1"), is_shutting_down=True)) == "busy"


@pytest.mark.parametrize(
    ("role", "nodes", "flags", "expected"),
    [
        ("Started", ["n1"], [], "ok"),
        ("Promoted", ["n1"], [], "ok"),
        ("Stopped", [], [], "crit"),
        ("Stopped", [], ["disabled"], "off"),
        ("Stopped", [], ["LOCKED to n2"], "off"),
        ("Started", ["n1"], ["unmanaged"], "note"),
        ("Started", ["n1"], ["maintenance"], "note"),
        ("Starting", [], [], "busy"),
        ("Migrating", ["n1", "n2"], [], "busy"),
        ("Started", ["n1", "n2"], [], "crit"),
        ("FAILED", ["n1"], [], "crit"),
        ("FAILED", ["n1"], ["failure ignored"], "warn"),
        ("Started", ["n1"], ["blocked"], "crit"),
        ("Started", ["n1"], ["UNCLEAN"], "crit"),
        ("Started", ["n1"], ["ORPHANED"], "warn"),
    ],
)
def test_primitives_have_a_severity(
    role: str, nodes: list[str], flags: list[str], expected: str
) -> None:
    """Each state of a primitive looks as much in need of someone as it is."""
    assert severity(primitive("a", role, *nodes, flags=tuple(flags))) == expected


def test_a_collection_looks_like_its_worst_part() -> None:
    """A group is as bad as its worst member; a running clone's spare instances do not count."""
    up, down = primitive("a", "Started", "n1"), primitive("a", "Stopped")
    clone = holder("clone", "c", up, down)

    assert severity(holder("group", "g", up, down)) == "crit"
    assert severity(clone) == "ok"
    assert severity(down, clone) == "off"
    assert severity(holder("clone", "c", down, down)) == "crit"
    assert severity(holder("clone", "c", down, flags=("disabled",))) == "off"
    assert (
        severity(holder("clone", "c", primitive("a", "Unpromoted", "n1"), flags=("promotable",)))
        == "crit"
    )


def test_glyphs_differ_and_are_one_cell() -> None:
    """Every severity has its own glyph in both sets, and the ASCII set is ASCII."""
    for glyphs in (UTF8, ASCII):
        assert len(set(glyphs.values())) == len(glyphs) == 6
        assert all(len(glyph) == 1 for glyph in glyphs.values())
    assert UTF8.keys() == ASCII.keys()
    assert "".join(ASCII.values()).isascii()


def test_counts_of_a_parsed_cluster() -> None:
    """An empty cluster counts nothing, in the plural."""
    counted = count(parse("<pacemaker-result><summary/></pacemaker-result>"))

    assert (counted.nodes_words, counted.resources_words) == (
        "0/0 nodes online",
        "0/0 resources running",
    )


def test_what_ran_on_a_lost_node_is_not_counted_as_running() -> None:
    """Nobody knows of it, so it is neither running nor missed without a word."""
    lost = primitive("db", "Started", "n1", flags=("UNCLEAN",))
    clone = holder("clone", "c", lost, primitive("db", "Started", "n2"))
    counted = count(cluster(primitive("web", "Started", "n2"), lost, clone))
    assert counted.resources_words == "2/4 resources running, 2 UNCLEAN"
    assert (counted.resources_running, counted.resources_unclean) == (2, 2)


_UP, _DOWN = primitive("a", "Started", "n1"), primitive("a", "Stopped")
_FAILED = primitive("a", "FAILED", "n2")


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ((_UP, _UP), "Started"),
        ((_DOWN, _DOWN), "Stopped"),
        ((_UP, _UP, _DOWN), "1 of 3 stopped"),
        ((_UP, _DOWN, _FAILED), "1 of 3 FAILED"),
        ((_UP, primitive("a", "Starting")), "1 of 2 on the way"),
        ((primitive("a", "Promoted", "n1"), primitive("a", "Unpromoted", "n2")), "1 of 2 Promoted"),
        ((holder("group", "g", _UP, _DOWN), holder("group", "g", _UP, _UP)), "1 of 2 stopped"),
        ((_UP, primitive("a", "Unpromoted", "n1")), "running"),
        ((), "stopped"),
    ],
)
def test_what_holds_others_has_a_word_for_its_state(parts: tuple[Resource, ...], word: str) -> None:
    """A state is never a glyph alone: of several roles the one that matters is said."""
    assert role(holder("clone", "c", *parts)) == word
