"""A cluster on paper, as JSON and as text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crmtui.cluster.crm_mon.parse import parse
from crmtui.cluster.model import Ban, FenceEvent, Ticket
from crmtui.cluster.report import to_json, to_text
from crmtui.cluster.verdict import judge
from tests.unit.cluster_values import cluster, holder, node, primitive

DATA = Path(__file__).parents[2] / "data" / "crm_mon"
NAMES = ["flags-2.1.5", "flags-3.0.0", "nodes-2.1.5", "mixture-3.0.0", "empty-2.1.5"]


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_the_cluster(name: str) -> None:
    """The JSON can be written, and has every node, resource, failure and the verdict."""
    found = parse((DATA / f"{name}.xml").read_text(encoding="utf-8"), name="acme")
    verdict = judge(found)
    report = json.loads(json.dumps(to_json(found, verdict)))

    assert list(report) == [
        "cluster",
        "nodes",
        "resources",
        "failures",
        "fencing",
        "tickets",
        "bans",
    ]
    assert report["cluster"]["name"] == "acme"
    assert (report["cluster"]["verdict"], report["cluster"]["reason"]) == (
        verdict.word,
        verdict.reason,
    )
    assert [each["state"] for each in report["nodes"]] == [each.state for each in found.nodes]
    assert [each["id"] for each in report["resources"]] == [each.id for each in found.resources]
    assert len(report["failures"]) == len(found.failures)


def test_json_keys_are_the_interface() -> None:
    """Scripts rely on these names; one that is renamed breaks them."""
    event = FenceEvent("n2", "reboot", "success", "c", "n1", "n1", "today")
    seen = cluster(
        holder("group", "g", primitive("web", "Started", "n1", flags=("unmanaged",))),
        fencing=(event,),
        tickets=(Ticket("site", "granted", False, "today"),),
    )
    report = to_json(seen, judge(seen))

    assert list(report["cluster"]) == [
        "name",
        "stack",
        "dc",
        "quorum",
        "maintenance_mode",
        "nodes_configured",
        "resources_configured",
        "verdict",
        "reason",
        "assumed",
    ]
    assert list(report["nodes"][0]) == [
        "name",
        "id",
        "kind",
        "host",
        "state",
        "dc",
        "health",
        "resources_running",
    ]
    assert report["resources"][0]["children"] == [
        {
            "id": "web",
            "kind": "primitive",
            "agent": "ocf:pacemaker:Dummy",
            "role": "Started",
            "nodes": ["n1"],
            "flags": ["unmanaged"],
            "children": [],
        }
    ]
    assert report["fencing"][0]["status"] == "success"
    assert report["tickets"][0] == {
        "id": "site",
        "status": "granted",
        "standby": False,
        "last_granted": "today",
    }


@pytest.mark.parametrize("name", NAMES)
def test_text_fits_a_mail(name: str) -> None:
    """The text is ASCII, at most 80 columns wide, and begins with the verdict."""
    found = parse((DATA / f"{name}.xml").read_text(encoding="utf-8"), name="acme")
    verdict = judge(found)
    text = to_text(found, verdict, "2026-01-02 03:04")

    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    assert text.startswith(f"{verdict.word}: {verdict.reason}\n")
    assert "2026-01-02 03:04" in text


def test_text_has_the_worst_first() -> None:
    """Concerns come before the nodes, the worst first, and unclean nodes before those online."""
    seen = cluster(
        primitive("web", "Stopped"),
        nodes=(node("n1"), node("n2", "UNCLEAN (offline)")),
        is_fencing_enabled=False,
    )
    text = to_text(seen, judge(seen), "now")

    order = [
        "CRIT  n2 is UNCLEAN",
        "CRIT  web is stopped",
        "WARN  Fencing",
        "\nNodes\n",
        "\nn2 ",
        "\nn1 ",
    ]
    found = [text.index(each) for each in order]
    assert found == sorted(found)


def test_a_long_line_is_broken() -> None:
    """A reason that does not fit goes on in the next line, indented."""
    long = replace(primitive("web", "Started", "n1"), flags=tuple(f"flag-{n}" for n in range(30)))
    seen = cluster(long)
    text = to_text(seen, judge(seen), "now")

    assert max(map(len, text.splitlines())) <= 80
    assert all(flag in text for flag in long.flags)


def test_only_infinity_is_a_ban() -> None:
    """A negative location is told with its score, and as a ban only where nothing outweighs it."""
    bans = (
        Ban("no", "db", "n2", "-1000000", False),
        Ban("rather-not", "backup", "n1", "-1000", False),
    )
    seen = cluster(primitive("web", "Started", "n1"), bans=bans)
    text = to_text(seen, judge(seen), "now")

    assert "Negative location constraints" in text
    assert "db is banned from n2 (-INFINITY, no)" in text
    assert "backup avoids n1 (-1000, rather-not)" in text
