"""Suspects for a resource that does not run, from a CIB: each with the line that takes it away."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from crmtui.forecast.constraint_words import partner
from crmtui.forecast.model import World
from crmtui.forecast.relations import Relations
from crmtui.forecast.suspects import Suspect, attractions, keepers, suspects
from crmtui.forecast.why_answer import Answer, Cause, WhyAnswer, lines, to_text
from tests.unit.cluster_values import holder, node, primitive

_RESOURCES = """
<primitive id="ip" class="ocf"/>
<group id="g"><primitive id="fs" class="ocf"/><primitive id="app" class="ocf"/></group>
<clone id="db-clone"><primitive id="db" class="ocf"/></clone>
<bundle id="web"><docker/></bundle>
<primitive id="fence" class="stonith"/>
"""
_WORLD = World((node("n1"), node("n2")), (primitive("ip", "Stopped"),))


def _relations(
    resources: str = _RESOURCES,
    constraints: str = "",
    properties: str = "",
    status: str = "",
    defaults: str = "",
    attributes: str = "",
) -> Relations:
    options = "".join(
        f"<nvpair id='{at}' name='{each.partition('=')[0]}' value='{each.partition('=')[2]}'/>"
        for at, each in enumerate(properties.split())
    )
    return Relations.of(
        ElementTree.fromstring(
            f"<cib {attributes}><configuration><crm_config><cluster_property_set id='o'>{options}"
            f"</cluster_property_set></crm_config><resources>{resources}</resources>"
            f"<constraints>{constraints}</constraints><rsc_defaults>{defaults}</rsc_defaults>"
            f"</configuration><status>{status}</status></cib>"
        )
    )


def _meta(resource: str, name: str, value: str) -> str:
    start = f'<primitive id="{resource}" class="ocf"'
    nvpair = f'<nvpair id="m1" name="{name}" value="{value}"/>'
    return _RESOURCES.replace(
        f"{start}/>", f'{start}><meta_attributes id="m">{nvpair}</meta_attributes></primitive>'
    )


def _found(relations: Relations, name: str = "ip", at: str = "") -> list[tuple[str, str]]:
    return [(each.sentence, each.fix) for each in suspects(relations, _WORLD, name, at)]


@pytest.mark.parametrize(
    ("attribute", "name", "sentence", "fix"),
    [
        ("ip target-role Stopped", "ip", "the target role of ip is Stopped", "resource start ip"),
        (
            "fs target-role stopped",
            "app",
            "the target role of fs is Stopped, and app depends on it",
            "resource start fs",
        ),
        ("ip target-role Started", "ip", "", ""),
        (
            "ip is-managed no",
            "ip",
            "ip is unmanaged, so the cluster does not start it",
            "resource manage ip",
        ),
        (
            "app maintenance on",
            "g",
            "app is in maintenance, so the cluster does not start it",
            "resource maintenance app off",
        ),
    ],
)
def test_an_attribute_that_stops_a_resource_is_suspected(
    attribute: str, name: str, sentence: str, fix: str
) -> None:
    """A role, and what is not managed, of the resource or of what it needs."""
    relations = _relations(_meta(*attribute.split()))

    assert _found(relations, name) == ([(sentence, fix)] if sentence else [])


@pytest.mark.parametrize(
    ("properties", "attributes", "sentences"),
    [
        ("maintenance-mode=true", "", ["the whole cluster is in maintenance"]),
        ("stop-all-resources=1", "", ["the property stop-all-resources stops everything"]),
        ("", "have-quorum='0'", ["the cluster has no quorum"]),
        ("no-quorum-policy=ignore", "have-quorum='0'", []),
    ],
)
def test_what_stops_all_resources_is_suspected(
    properties: str, attributes: str, sentences: list[str]
) -> None:
    """Properties of the whole cluster, and quorum."""
    relations = _relations(properties=properties, attributes=attributes)

    assert [sentence for sentence, _ in _found(relations)] == sentences


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ("", "stonith-enabled"),
        ("stonith-enabled=true", "stonith-enabled"),
        ("stonith-enabled=false fencing-enabled=true", "fencing-enabled"),
        ("stonith-enabled=false", ""),
        ("stonith-enabled=true fencing-enabled=false", ""),
    ],
)
def test_fencing_without_a_device_is_suspected_by_the_name_that_counts(
    properties: str, name: str
) -> None:
    """Pacemaker 3.0.3 has another name for the property, which wins."""
    relations = _relations('<primitive id="ip" class="ocf"/>', properties=properties)

    found = suspects(relations, _WORLD, "ip")

    assert len(found) == bool(name)
    assert name in str(found)


def test_nodes_that_take_nothing_are_suspected() -> None:
    """Standby, maintenance and health of the node that is asked about, or of all."""
    ill = replace(node("n1", "standby"), is_maintenance=True, health="red")
    world = World((ill, replace(node("n2", "standby"), is_online=False)))
    relations = _relations()

    of_one = suspects(relations, world, "ip", "n1")

    assert [each.sentence for each in of_one] == [
        "n1 is in standby", "n1 is in maintenance", "the health of n1 is red",
    ]  # fmt: skip
    assert [each.fix for each in of_one] == ["node online n1", "node ready n1", ""]
    assert "n2 is in standby" in {each.sentence for each in suspects(relations, world, "ip")}
    (nobody,) = suspects(relations, World(), "ip")
    assert nobody == Suspect("no node is online", (), is_certain=True)


_LOCATION = "<rsc_location id='{}' rsc='ip' node='{}' score='{}'/>"


@pytest.mark.parametrize(
    ("constraint", "at", "found"),
    [
        (_LOCATION.format("l", "n1", "-INFINITY"), "n1",
         [("l bans it from n1 (-INFINITY)", "configure delete l")]),
        (_LOCATION.format("cli-ban-ip-on-n1", "n1", "-INFINITY"), "",
         [("cli-ban-ip-on-n1 bans it from n1 (-INFINITY)", "resource clear ip")]),
        (_LOCATION.format("l", "n1", "-50"), "n1",
         [("l has it avoid n1 (-50)", "configure delete l")]),
        (_LOCATION.format("l", "n2", "100"), "n1",
         [("l draws it to n2 (100)", "configure delete l")]),
        (_LOCATION.format("l", "n1", "100"), "n1", []),
        ("<rsc_location id='p' rsc-pattern='^i.$' node='n1' score='-1'/>", "n1",
         [("p has it avoid n1 (-1)", "configure delete p")]),
        ("<rsc_location id='p' rsc-pattern='[' node='n1' score='-1'/>", "n1", []),
        ("<rsc_location id='r' rsc='ip'><rule id='x'/></rsc_location>", "n1",
         [("the rules of r decide where it may run", "configure delete r")]),
        ("<rsc_ticket id='t' rsc='ip' ticket='site'/>", "",
         [("t ties it to the ticket site", "configure delete t")]),
        ("<rsc_order id='o' first='fence' then='ip'/>", "",
         [("o has it wait for fence", "configure delete o")]),
        ("<rsc_order id='o' first='db-clone' then='ip' first-action='promote'/>", "",
         [("o has it wait until db-clone is promoted", "configure delete o")]),
        ("<rsc_order id='o' first='fence' then='ip' kind='Optional'/>", "", []),
        ("<rsc_order id='o'><resource_set id='s'><resource_ref id='ip'/></resource_set></rsc_order>",
         "", [("o has it wait for others of its set", "configure delete o")]),
        ("<rsc_colocation id='c' rsc='ip' with-rsc='db-clone' with-rsc-role='Master' score='INFINITY'/>",
         "", [("c has it run only where db-clone is Promoted", "configure delete c")]),
        ("<rsc_colocation id='c' rsc='ip' with-rsc='fence' score='-INFINITY'/>", "",
         [("c has it run nowhere where fence runs", "configure delete c")]),
        ("<rsc_colocation id='c' rsc='ip' rsc-role='Promoted' with-rsc='fence' score='-5'/>", "",
         [("c has it avoid where fence runs (-5)", "configure delete c")]),
        ("<rsc_colocation id='c' rsc='ip' with-rsc='fence' score='5'/>", "",
         [("c draws it to where fence runs (5)", "configure delete c")]),
        ("<rsc_colocation id='c' score='7'><resource_set id='s'><resource_ref id='ip'/>"
         "</resource_set></rsc_colocation>", "",
         [("c has it run together with others of its set (7)", "configure delete c")]),
    ],
)  # fmt: skip
def test_a_constraint_against_a_node_is_suspected(
    constraint: str, at: str, found: list[tuple[str, str]]
) -> None:
    """Each kind of constraint is told in words; one that is for the node is not suspected."""
    assert _found(_relations(constraints=constraint), "ip", at) == found


def test_what_a_resource_needs_is_followed_through_constraints_and_groups() -> None:
    """Earlier members of the group, partners, what starts before, and what these need."""
    relations = _relations(
        constraints="<rsc_colocation id='c' rsc='ip' with-rsc='app'/>"
        "<rsc_order id='o' first='db-clone' then='fs'/>"
        "<rsc_order id='s'><resource_set id='x'><resource_ref id='db-clone'/>"
        "<resource_ref id='fence'/></resource_set></rsc_order>"
    )

    assert relations.needed("ip") == ("ip", "app", "g", "fs", "db-clone", "db", "fence")
    assert relations.chain("fs") == ("fs", "g")
    assert list(relations.within("g")) == ["g", "fs", "app"]


def _state(operations: str = "", attributes: str = "", resource: str = "ip", at: str = "n1") -> str:
    return (
        f"<node_state id='1' uname='{at}'><lrm id='1'><lrm_resources><lrm_resource id='{resource}'>"
        f"{operations}</lrm_resource></lrm_resources></lrm><transient_attributes id='1'>"
        f"<instance_attributes id='i'>{attributes}</instance_attributes></transient_attributes>"
        "</node_state>"
    )


def _operation(code: int, reason: str = "", **other: str) -> str:
    given = {"id": "ip_last_failure_0", "operation": "start", "interval": "0", **other}
    written = " ".join(f"{name}='{value}'" for name, value in given.items())
    return f"<lrm_rsc_op {written} rc-code='{code}' exit-reason='{reason}'/>"


@pytest.mark.parametrize(
    ("status", "name", "at", "sentences"),
    [
        (_state(_operation(5)), "ip", "n1",
         ['ip cannot run on n1, where its start ended with "not installed": its agent, or a program'
          " that it needs, is missing there"]),
        (_state(_operation(5)), "ip", "n2", []),
        (_state(_operation(6, "no address", operation="monitor")), "ip", "n2",
         ['ip cannot run on n1, where its probe ended with "not configured": no address']),
        (_state(_operation(2), resource="web-docker-0"), "web", "",
         ['web-docker-0 cannot run on n1, where its start ended with "invalid parameter": its agent'
          " refuses its parameters, and web depends on it"]),
        (_state(_operation(1, "no route"),
                "<nvpair id='f' name='fail-count-ip#start_0' value='INFINITY'/>"), "ip", "",
         ["ip failed too often on n1 (start: no route)"]),
        (_state("", "<nvpair id='f' name='fail-count-ip:0#monitor_10' value='1'/>"), "ip", "n1",
         ["ip failed once on n1 (monitor)"]),
        (_state("", "<nvpair id='f' name='fail-count-ip' value='3'/>"), "ip", "n1",
         ["ip failed 3 times on n1 (an operation)"]),
        (_state("", "<nvpair id='f' name='fail-count-other#start_0' value='3'/>"), "ip", "n1", []),
    ],
)  # fmt: skip
def test_failures_that_keep_a_resource_away_are_suspected(
    status: str, name: str, at: str, sentences: list[str]
) -> None:
    """An exit status that Pacemaker obeys counts before a fail count, some of them on all nodes."""
    found = suspects(_relations(status=status), _WORLD, name, at)

    assert [each.sentence for each in found] == sentences
    assert all(each.fix.startswith("resource cleanup ") for each in found)


def test_what_holds_a_resource_where_it_is() -> None:
    """Constraints for its nodes, its stickiness and the default one."""
    relations = _relations(
        _meta("ip", "resource-stickiness", "200"),
        constraints=_LOCATION.format("here", "n1", "100")
        + _LOCATION.format("there", "n2", "-INFINITY")
        + _LOCATION.format("other", "n2", "100")
        + "<rsc_colocation id='c' rsc='ip' with-rsc='fence' score='INFINITY'/>",
        defaults="<meta_attributes id='d'><nvpair id='s' name='resource-stickiness' value='5'/>"
        "</meta_attributes>",
    )
    world = World(_WORLD.nodes, (primitive("fence", "Started", "n1"),))

    found = attractions(relations, world, "ip", ["n1"])

    assert [(each.sentence, each.is_certain) for each in found] == [
        ("here draws it to n1 (100)", False),
        ("there bans it from n2 (-INFINITY)", False),
        ("c has it run only where fence runs, which is on n1", True),
        ("the stickiness of ip keeps it where it is (200)", False),
        ("the default stickiness keeps resources where they are (5)", False),
    ]
    assert not attractions(relations, World(), "ip", ["n1"])[2].is_certain


@pytest.mark.parametrize(
    ("constraint", "other"),
    [
        (
            "<rsc_colocation with-rsc='db' with-rsc-role='Master' score='INFINITY'/>",
            ("db", "Promoted"),
        ),
        ("<rsc_colocation with-rsc='db' score='-INFINITY'/>", ("", "")),
        ("<rsc_colocation with-rsc='db' score='10'/>", ("", "")),
        ("<rsc_order first='db' score='INFINITY'/>", ("", "")),
    ],
)
def test_only_a_mandatory_colocation_has_a_partner(constraint: str, other: tuple[str, str]) -> None:
    """Old names of roles are written as the new ones."""
    assert partner(ElementTree.fromstring(constraint)) == other


def test_what_is_not_managed_stays_where_it_is() -> None:
    """That is certain, without a trial."""
    world = World(
        (),
        (
            primitive("ip", "Started", "n1", flags=("unmanaged",)),
            holder("group", "g", primitive("fs", "Started", "n1", flags=("maintenance",))),
        ),
    )

    assert [each.sentence for each in keepers(_relations(), world, "ip")] == [
        "ip is unmanaged, so the cluster leaves it where it is"
    ]
    assert [each.sentence for each in keepers(_relations(), world, "g")] == [
        "fs is in maintenance, so the cluster leaves it where it is"
    ]


def test_an_explanation_tells_the_proved_causes_first() -> None:
    """Causes with the work and the line that take them away, then what was tried in vain."""
    answer = Answer(
        "n1",
        "it does not run on n1",
        (
            Cause("it was tried", "none"),
            Cause("it is banned", "alone", "resource clear ip", "Mend it first."),
            Cause("there were too many", "untried"),
            Cause("it is unmanaged", "certain"),
        ),
    )
    why = WhyAnswer("ip", "ip is stopped", (answer, Answer("n2", "nothing keeps it from n2")))

    assert answer.is_known
    assert not why.answers[1].is_known
    assert to_text(why).splitlines() == [
        "ip is stopped",
        "",
        "it does not run on n1",
        "  proved:   it is banned",
        "      Mend it first.",
        "      crm resource clear ip",
        "  certain:  it is unmanaged",
        "  Tried, and not the reason:",
        "    it was tried",
        "  Not tried:",
        "    there were too many",
        "",
        "nothing keeps it from n2",
    ]
    assert ("      crm resource clear ip", "fix") in list(lines(why))
