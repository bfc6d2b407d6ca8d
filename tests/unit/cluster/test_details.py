"""The pages of nodes and resources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.cib import agents
from crmtui.cib.document import Cib
from crmtui.cib.scores import Scores
from crmtui.cib.secrets import MASK
from crmtui.cluster.details.node_page import node_page
from crmtui.cluster.details.page import Item, Page, Reference
from crmtui.cluster.details.page_facts import PageFacts
from crmtui.cluster.details.resource_page import resource_page
from crmtui.cluster.model import FailCount, Failure, FenceEvent, NodeAttribute
from tests.unit.cluster_values import cluster, holder, node, primitive

_CIB = """<cib epoch="7" update-user="root" update-client="crm_resource" update-origin="n1">
<configuration><crm_config/>
<nodes><node id="1" uname="n1"><instance_attributes id="a"><nvpair id="b" name="rack" value="7"/>
</instance_attributes><utilization id="u"><nvpair id="v" name="memory" value="100"/></utilization>
</node></nodes>
<resources>
<template id="tall" class="ocf" provider="acme" type="db"><instance_attributes id="tp">
<nvpair id="tp1" name="port" value="5432"/></instance_attributes></template>
<clone id="db-clone"><meta_attributes id="m"><nvpair id="n" name="promotable" value="true"/>
</meta_attributes><primitive id="db" template="tall"><instance_attributes id="p">
<nvpair id="p1" name="password" value="sesame"/></instance_attributes>
<meta_attributes id="q"><nvpair id="q1" name="is-managed" value="true"/></meta_attributes>
<utilization id="w"><nvpair id="w1" name="memory" value="150"/></utilization>
<operations><op id="o" name="monitor" interval="10s" role="Promoted"/></operations>
</primitive></clone>
<primitive id="ip" class="ocf" provider="acme" type="ip"/>
</resources><constraints>
<rsc_location id="cli-ban-db-clone-on-n2" rsc="db-clone" node="n2" score="-INFINITY"/>
<rsc_colocation id="with" rsc="ip" with-rsc="db-clone" score="INFINITY"/>
</constraints><rsc_defaults><meta_attributes id="d">
<nvpair id="d1" name="migration-threshold" value="3"/><nvpair id="d2" name="is-managed" value="no"/>
</meta_attributes></rsc_defaults></configuration></cib>"""

_METADATA = """<resource-agent name="db"><longdesc>One.

Two.</longdesc><shortdesc>A database</shortdesc><parameters>
<parameter name="password"><shortdesc>The word</shortdesc><content type="string"/></parameter>
<parameter name="port"><shortdesc>Where it listens</shortdesc><content default="1"/></parameter>
<parameter name="binary" required="1"><shortdesc>What to run</shortdesc><content/></parameter>
<parameter name="user"><shortdesc>As whom</shortdesc><content default="db"/></parameter>
</parameters><actions><action name="monitor" role="Promoted" timeout="30s"/></actions>
</resource-agent>"""

_CLUSTER = cluster(
    holder(
        "clone",
        "db-clone",
        replace(primitive("db", "Promoted", "n1"), agent="ocf:acme:db"),
        primitive("db", "Stopped"),
        flags=("promotable",),
    ),
    primitive("ip", "Stopped", flags=("disabled",)),
    failures=(
        Failure("db", "monitor", "n1", "complete", "not running", "gone", "noon", "db_monitor_10"),
    ),
    failcounts=(FailCount("db", "n1", "1", "3", "noon"), FailCount("db", "n2", "3", "3", "noon")),
    attributes=(NodeAttribute("n1", "pingd", "0", "1000"), NodeAttribute("n1", "rack", "7")),
    fencing=(FenceEvent("n1", "reboot", "failed", "controld", "n2", "n2", "noon", "no route"),),
)
_KNOWN = PageFacts(
    _CLUSTER,
    Cib.parse(_CIB),
    Scores({"db": {"n1": "20", "n2": "-INFINITY"}}, {"db": {"n1": "250"}}),
    {"ocf:acme:db": agents.parse(_METADATA)},
    {"migration-threshold": "Failures until it moves"},
)


def items(page: Page, title: str) -> list[tuple[str, str, str, str]]:
    """Return the lines of the section called ``title``, each with what it says and its tone."""
    (section,) = (section for section in page.sections if section.title == title)
    return [(item.name, item.value, item.about, item.tone) for item in section.items]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "State",
            [
                ("state", "Promoted on n1", "", "ok"),
                ("state", "Stopped", "", "off"),
                ("held by clone", "db-clone", "", "plain"),
            ],
        ),
        ("Failed actions", [("monitor", "not running (gone)", "on n1, noon", "warn")]),
        (
            "Fail counts",
            [
                ("n1", "1 of 3", "last failure noon", "warn"),
                (
                    "n2",
                    "3 of 3",
                    "it may not run there until it is cleaned up, last failure noon",
                    "crit",
                ),
            ],
        ),
        (
            "Constraints",
            [
                (
                    "cli-ban-db-clone-on-n2",
                    "db-clone is banned from n2 (-INFINITY)",
                    "left by a move or ban by hand, forever: c clears it",
                    "warn",
                ),
                ("with", "ip runs with db-clone (INFINITY)", "", "plain"),
            ],
        ),
        (
            "Where it may run",
            [
                ("n1", "score 20, promotion score 250", "runs here", "ok"),
                ("n2", "score -INFINITY", "may not run here", "dim"),
            ],
        ),
        (
            "Parameters",
            [
                ("password", MASK, "The word", "plain"),
                ("port", "5432", "from tall. Where it listens", "plain"),
                ("binary", "not set", "required: What to run", "crit"),
                ("1 more", "not set", "each with its default", "dim"),
            ],
        ),
        (
            "Meta attributes",
            [
                ("is-managed", "true", "", "plain"),
                ("promotable", "true", "set on db-clone", "plain"),
                ("migration-threshold", "3", "rsc_defaults. Failures until it moves", "plain"),
            ],
        ),
        (
            "Operations",
            [
                (
                    "monitor",
                    "interval=10s role=Promoted",
                    "the agent advises timeout=30s",
                    "plain",
                )
            ],
        ),
        ("Utilization", [("memory", "150", "", "plain")]),
        ("Agent", [("ocf:acme:db", "A database", "", "plain")]),
    ],
)
def test_a_resource(title: str, lines: list[tuple[str, str, str, str]]) -> None:
    """Each section says what is known, where it comes from, and marks what is wrong."""
    assert items(resource_page("db", _KNOWN), title) == lines


def test_what_is_left_behind_can_be_cleared_and_what_is_named_be_gone_to() -> None:
    """A line knows which object it speaks of, and what the key for leftovers would clear."""
    page = resource_page("db", _KNOWN)
    (section,) = (section for section in page.sections if section.title == "Constraints")

    assert [item.clears for item in section.items] == ["db-clone", ""]
    assert section.items[1].leads_to == Reference("resource", "ip")


def test_documentation_is_folded_away() -> None:
    """Long words come when they are asked for, paragraph by paragraph."""
    page = resource_page("db", _KNOWN)
    agent = page.sections[-1].items[0]

    assert agent.is_folded
    assert [item.about for item in agent.below] == ["One.", "Two."]


def test_before_the_cib_is_read() -> None:
    """Facts from crm_mon are there at once; the rest comes, or says why it does not."""
    page = resource_page("db", PageFacts(_CLUSTER, troubles=("cibadmin gave no answer.",)))

    assert [section.title for section in page.sections] == [
        "State",
        "Failed actions",
        "Fail counts",
        "Unknown",
    ]


def test_an_object_that_is_gone() -> None:
    """An object deleted meanwhile is said to be gone."""
    assert items(resource_page("gone", _KNOWN), "State")[0][:2] == ("state", "gone")
    assert items(node_page("gone", _KNOWN), "State")[0][:2] == ("state", "gone")


def test_why_a_resource_is_stopped_and_what_it_lacks() -> None:
    """A flag is explained, and a resource that nobody watches is marked."""
    page = resource_page("ip", _KNOWN)

    assert items(page, "State") == [
        ("state", "Stopped (disabled)", "its target-role is Stopped", "off")
    ]
    assert items(page, "Operations") == [
        ("monitor", "none", "nothing notices when it stops by itself", "warn")
    ]


def test_a_clone_shows_its_instances_together() -> None:
    """Instances of one resource are one line."""
    assert items(resource_page("db-clone", _KNOWN), "Members") == [
        ("db", "Promoted n1; Stopped", "ocf:acme:db", "ok")
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("State", [("state", "online", "", "ok"), ("id", "n1", "", "plain")]),
        ("Failed actions", [("monitor of db", "not running (gone)", "noon", "warn")]),
        ("Fail counts", [("db", "1 of 3", "last failure noon", "warn")]),
        ("Runs here", [("db", "Promoted n1", "ocf:acme:db", "ok")]),
        (
            "Attributes",
            [
                ("pingd", "0", "1000 when all is well", "warn"),
                ("rack", "7", "permanent", "plain"),
            ],
        ),
        ("Utilization", [("memory", "150 of 100 used", "", "warn")]),
        ("Fencing history", [("reboot", "failed", "noon, no route, by controld", "crit")]),
    ],
)
def test_a_node(title: str, lines: list[tuple[str, str, str, str]]) -> None:
    """A node's page says how it is, what runs there, what it offers and what it went through."""
    assert items(node_page("n1", _KNOWN), title) == lines


def test_constraints_of_a_node() -> None:
    """A node's page names what was decided about it, leftovers with the key that clears them."""
    assert items(node_page("n2", _KNOWN), "Constraints") == [
        (
            "cli-ban-db-clone-on-n2",
            "db-clone is banned from n2 (-INFINITY)",
            "left by a move or ban by hand: c clears it",
            "warn",
        )
    ]


@pytest.mark.parametrize(
    "state", ["UNCLEAN (offline)", "pending", "standby", "standby (with active resources)"]
)
def test_a_state_is_explained(state: str) -> None:
    """Every state that is not the usual one says what it means."""
    page = node_page("n1", PageFacts(cluster(nodes=(node("n1", state),))))

    assert items(page, "State")[0][2]


def test_who_changed_the_cib() -> None:
    """A CIB knows its number and who changed it last, with what and from where."""
    cib = Cib.parse(_CIB)

    assert (cib.version.epoch, cib.changed_by) == (7, "by root via crm_resource on n1")
    assert Cib.parse("<cib><configuration/></cib>").changed_by == ""


def test_a_problem_below_is_a_problem() -> None:
    """A line is a problem when one of those below it is."""
    assert Item("a", below=(Item("b", tone="crit"),)).is_problem
    assert not Item("a", below=(Item("b"),)).is_problem
