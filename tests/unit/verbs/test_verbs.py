"""Verbs that an object offers now, the line each becomes, and why another cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.actions import BY_ID
from crmtui.cib.objects import Configuration, ConfigurationObject, NvPair
from crmtui.cluster.model import Ban, Cluster, Failure
from crmtui.verbs import VerbOffer, offer, offers
from crmtui.verbs.offer import ACTIONS
from crmtui.verbs.verb import Scene
from tests.unit.cluster_values import cluster, holder, node, primitive

NODES = (
    node("n1", running=2),
    node("n2", "standby"),
    node("n3", "OFFLINE"),
    node("n4", "standby (on-fail)"),
    node("n5", "maintenance"),
    node("n6", "UNCLEAN (offline)"),
)
DATABASE = holder(
    "clone",
    "db-clone",
    primitive("db", "Promoted", "n1"),
    primitive("db", "Unpromoted", "n2"),
    flags=("promotable",),
)
RESOURCES = (
    primitive("web", "Started", "n1"),
    primitive("off", "Stopped", flags=("disabled",)),
    primitive("broken", "Stopped"),
    primitive("alone", "Started", "n1", flags=("unmanaged",)),
    primitive("old", "Started", "n1", flags=("ORPHANED",)),
    holder("group", "service", primitive("ip", "Started", "n1"), primitive("app", "Started", "n1")),
    holder("clone", "ping-clone", primitive("ping", "Started", "n1")),
    DATABASE,
    holder("bundle", "box", holder("replica", "box[0]", primitive("in-box", "Started", "n1"))),
)
CONFIGURATION = Configuration(
    {
        "cli-prefer-web": ConfigurationObject("cli-prefer-web", "location", members=("web",)),
        "by-hand": ConfigurationObject("by-hand", "location", members=("off",)),
        "kept": ConfigurationObject(
            "kept", "primitive", settings=(NvPair("meta", "maintenance", "true"),)
        ),
    }
)
FAILURE = Failure("broken", "start", "n1", "complete", "error", "", "")


def scene(**other: object) -> Scene:
    """Return a cluster with one of each."""
    made = cluster(
        *RESOURCES, primitive("kept", "Started", "n1", flags=("unmanaged",)), nodes=NODES
    )
    return Scene(replace(made, failures=(FAILURE,), **other), CONFIGURATION)  # type: ignore[arg-type]


def done(verb: str, *names: str, where: Scene | None = None) -> VerbOffer:
    """Return the offer of a verb for names."""
    return offer(verb, where or scene(), names)


@pytest.mark.parametrize(
    ("verb", "names", "lines"),
    [
        ("node.standby", ("n1",), ("node standby n1",)),
        ("node.standby", ("n1", "n5"), ("node standby n1 n5",)),
        ("node.standby_reboot", ("n1", "n5"), ("node standby n1 n5 reboot",)),
        ("node.online", ("n2",), ("node online n2",)),
        ("node.maintenance", ("n1", "n2"), ("node maintenance n1", "node maintenance n2")),
        ("node.ready", ("n5",), ("node ready n5",)),
        ("node.fence", ("n1",), ("node fence n1",)),
        ("node.fence", ("n6",), ("node fence n6",)),
        ("node.clearstate", ("n3",), ("node clearstate n3",)),
        ("resource.start", ("off",), ("resource start off",)),
        ("resource.stop", ("web", "service"), ("resource stop web service",)),
        ("resource.stop", ("ip",), ("resource stop ip",)),
        ("resource.stop", ("ping",), ("resource stop ping-clone",)),
        ("resource.stop", ("db", "db-clone"), ("resource stop db-clone",)),
        ("resource.stop", ("in-box",), ("resource stop box",)),
        ("resource.restart", ("web",), ("resource restart web",)),
        ("resource.demote", ("db",), ("resource demote db-clone",)),
        ("resource.clear", ("web",), ("resource clear web",)),
        ("resource.cleanup", ("broken",), ("resource cleanup broken",)),
        ("resource.cleanup", ("old",), ("resource cleanup old",)),
        ("resource.refresh", ("db",), ("resource refresh db-clone",)),
        ("resource.unmanage", ("web",), ("resource unmanage web",)),
        ("resource.manage", ("alone",), ("resource manage alone",)),
        ("resource.maintenance", ("web",), ("resource maintenance web on",)),
        ("resource.maintenance", ("kept",), ("resource maintenance kept off",)),
    ],
)
def test_a_verb_becomes_the_line_of_crm(
    verb: str, names: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    """Objects that crm takes together stand in one line; an instance stands for its clone."""
    assert done(verb, *names).lines() == lines
    assert done(verb, *names).why_not == ""


@pytest.mark.parametrize(
    ("verb", "name", "reason"),
    [
        ("node.standby", "n2", "n2 is in standby already."),
        ("node.standby_reboot", "n3", "offline"),
        ("node.online", "n1", "n1 is not in standby."),
        ("node.online", "n4", "on-fail"),
        ("node.maintenance", "n5", "already"),
        ("node.ready", "n1", "not in maintenance"),
        ("node.fence", "n3", "offline already"),
        ("node.clearstate", "n1", "is online"),
        ("node.standby", "nobody", "There is no node nobody."),
        ("resource.start", "web", "web runs already."),
        ("resource.start", "broken", "would change nothing"),
        ("resource.stop", "off", "disabled already"),
        ("resource.stop", "old", "orphaned"),
        ("resource.restart", "off", "does not run"),
        ("resource.restart", "alone", "unmanaged"),
        ("resource.promote", "web", "no promotable clone"),
        ("resource.promote", "db", "promoted already, on n1"),
        ("resource.demote", "ping", "no promotable clone"),
        ("resource.move", "off", "does not run"),
        ("resource.move", "alone", "unmanaged"),
        ("resource.clear", "off", "Neither move nor ban"),
        ("resource.cleanup", "web", "no failures"),
        ("resource.manage", "web", "managed already"),
        ("resource.manage", "kept", "in maintenance"),
        ("resource.unmanage", "alone", "unmanaged already"),
        ("resource.stop", "nothing", "There is no resource nothing."),
    ],
)
def test_what_makes_no_sense_says_why(verb: str, name: str, reason: str) -> None:
    """An action that makes no sense now is not offered, and its reason names the object."""
    refused = done(verb, name)
    assert reason in refused.why_not
    assert refused.names == ()


def test_of_several_objects_those_are_taken_that_make_sense() -> None:
    """The others are left out, each with its reason."""
    made = done("node.standby", "n1", "n2", "n5")
    assert made.lines() == ("node standby n1 n5",)
    assert made.left_out == ("n2 is in standby already.",)


def test_a_node_is_chosen_among_those_that_take_resources() -> None:
    """Move offers nodes that are online and not in standby, and not where it runs already."""
    three = (node("n1"), node("n2"), node("n3", "standby"), node("n4", "OFFLINE"))
    where = Scene(cluster(primitive("web", "Started", "n1"), nodes=three))
    made = done("resource.move", "web", where=where)
    assert made.choices == ("n2",)
    assert made.lines() == ("resource move web NODE",)
    assert made.lines("n2") == ("resource move web n2",)


def test_a_member_moves_with_its_group() -> None:
    """The placement of a member of a group is said of the group."""
    where = Scene(cluster(*RESOURCES, nodes=(node("n1"), node("n2"))))
    assert done("resource.move", "ip", where=where).lines("n2") == ("resource move service n2",)


def test_a_promotable_clone_moves_to_where_it_is_not_promoted() -> None:
    """That an instance runs there is no hindrance."""
    where = Scene(cluster(DATABASE, nodes=(node("n1"), node("n2"))))
    assert done("resource.move", "db", where=where).choices == ("n2",)


def test_a_ban_begins_with_where_it_runs() -> None:
    """Nodes it has been banned from are not offered again."""
    bans = (Ban("cli-ban-web-on-n2", "web", "n2", "-INFINITY", promoted_only=False),)
    where = Scene(
        cluster(
            primitive("web", "Started", "n3"),
            nodes=(node("n1"), node("n2"), node("n3")),
            bans=bans,
        )
    )
    assert done("resource.ban", "web", where=where).choices == ("n3", "n1")


def test_several_are_moved_to_a_node_that_all_can_go_to() -> None:
    """Without such a node nothing is offered."""
    apart = cluster(primitive("a", "Started", "n1"), primitive("b", "Started", "n2"))
    refused = done("resource.move", "a", "b", where=Scene(apart))
    assert refused.why_not == "No node suits all selected resources."


@pytest.mark.parametrize("field", [{"is_fencing_enabled": False}])
def test_without_fencing_no_node_is_fenced(field: dict[str, bool]) -> None:
    """The reason names the property."""
    made: Cluster = cluster(nodes=NODES, **field)
    assert "stonith-enabled" in done("node.fence", "n1", where=Scene(made)).why_not


def test_odd_names_are_quoted() -> None:
    """A name that crm would take apart is quoted."""
    where = Scene(cluster(nodes=(node("a b"),)))
    assert done("node.standby", "a b", where=where).lines() == ('node standby "a b"',)


def test_a_name_that_no_line_can_hold_is_left_out() -> None:
    """A tab in a name is told in a sentence, and the other objects are still acted on."""
    where = Scene(cluster(nodes=(node("a\tb"), node("n1"))))
    assert done("node.standby", "a\tb", where=where).why_not == (
        "The name a b has a tab in it, and no line of crm can hold it."
    )
    made = done("node.standby", "a\tb", "n1", where=where)
    assert (made.lines(), len(made.left_out)) == (("node standby n1",), 1)


def test_a_node_that_no_line_can_hold_is_not_offered() -> None:
    """Only nodes that the line can name are chosen from."""
    nodes = (node("n1"), node("a\nb"), node("n2"))
    where = Scene(cluster(primitive("web", "Started", "n1"), nodes=nodes))
    assert done("resource.move", "web", where=where).choices == ("n2",)


def test_every_verb_is_an_action() -> None:
    """Each verb has its row in the registry, so that help, keymaps and menu know it."""
    assert set(ACTIONS) <= set(BY_ID)
    assert [each.verb.id for each in offers(scene(), "node", ["n1"])] == [
        name for name in ACTIONS if name.startswith("node.")
    ]
