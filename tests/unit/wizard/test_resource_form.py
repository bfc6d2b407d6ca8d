"""The form of a new resource: metadata to fields, answers to crm's language, and back."""

from __future__ import annotations

import pytest

from crmtui.cib.agents import AgentMetadata
from crmtui.errors import Unformable
from crmtui.wizard.answers import storable
from crmtui.wizard.form import shown
from crmtui.wizard.resource_form import ResourceForm, presets
from tests.unit.wizard_world import FENCE, IPADDR2, STATEFUL, begun, facts, form, hostile


def _lines(made: ResourceForm, answers: dict[str, str]) -> list[str]:
    return [command.line() for command in made.commands(answers)]


def _sentences(made: ResourceForm, answers: dict[str, str]) -> list[str]:
    return [problem.sentence for problem in made.problems(answers)]


def test_an_address_is_made() -> None:
    """Parameters that the agent needs, and its advice, make one line."""
    answers = begun(IPADDR2, id="webip", params__ip="10.0.0.10")
    assert _lines(form(IPADDR2), answers) == [
        "primitive webip ocf:heartbeat:IPaddr2 params ip=10.0.0.10 op start timeout=20s "
        "op stop timeout=20s op monitor interval=10s timeout=20s"
    ]
    assert form(IPADDR2).problems(answers) == ()


def test_needed_parameters_come_first_and_the_rest_is_folded() -> None:
    """The first step shows the id and what is needed; everything else only when asked for."""
    step = form(IPADDR2).steps({})[0]
    assert [field.label for field in shown(step, {}, all_of_it=False)] == ["id", "ip"]
    assert len(shown(step, {}, all_of_it=True)) > 15
    answered = {"params.nic": "eth0"}
    assert [f.label for f in shown(step, answered, all_of_it=False)] == ["id", "ip", "nic"]
    kinds = {field.label: field.kind for field in step.fields}
    assert (kinds["nic"], kinds["lvs_support"], kinds["id"]) == ("interface", "boolean", "id")


def test_what_is_missing_or_wrong_is_said() -> None:
    """Each problem is a sentence that names the field and what would be right."""
    made = form(IPADDR2)
    assert _sentences(made, {}) == ["id is needed.", "ip is needed."]
    answers = {
        "id": "a",
        "params.ip": "10.1.1.1",
        "params.arp_count": "three",
        "params.lvs_support": "maybe",
    }
    assert _sentences(made, answers) == [
        "There is a primitive a already: take another id.",
        "lvs_support is true or false.",
        "arp_count is a whole number.",
    ]
    assert "cannot be an id" in _sentences(made, {"id": "1 2", "params.ip": "10.1.1.1"})[0]
    assert (
        "means something to crm" in _sentences(made, {"id": "Params", "params.ip": "10.1.1.1"})[0]
    )
    assert "a line break" in _sentences(made, {"id": "x", "params.ip": "10.1.1.1\n2"})[0]


def test_a_value_that_must_be_unique_is_looked_up() -> None:
    """An address that another resource of the agent has is refused, also one made of a template."""
    found = _sentences(form(IPADDR2), {"id": "x", "params.ip": "10.0.0.80"})
    assert found == [
        "vip has ip=10.0.0.80 already, and two resources of this agent must not share it."
    ]


def test_an_unknown_parameter_is_warned_of() -> None:
    """A parameter that the agent does not document is kept, with a warning."""
    (problem,) = form(IPADDR2).problems({"id": "x", "params.ip": "10.1.1.1", "params.ipp": "2"})
    assert not problem.is_error
    assert "does not document a parameter ipp" in problem.sentence


def test_of_a_silent_agent_parameters_are_written_by_hand() -> None:
    """One sentence says so, and whatever is written becomes a field."""
    silent = ResourceForm("ocf:x:y", AgentMetadata("y", is_silent=True), facts())
    found = silent.read("primitive fresh ocf:x:y params one=1 op monitor interval=10s", {})
    assert [field.label for field in silent.steps(found)[0].fields] == ["id", "one"]
    (problem,) = silent.problems(found)
    assert not problem.is_error
    assert "says nothing about itself here" in problem.sentence
    assert (
        silent.commands(found)[0].line()
        == "primitive fresh ocf:x:y params one=1 op monitor interval=10s"
    )


def test_a_promotable_clone_has_operations_for_each_role() -> None:
    """Roles are monitored, promoted and demoted only where something is promoted."""
    alone = begun(STATEFUL, id="db")
    assert _lines(form(STATEFUL), alone) == [
        "primitive db ocf:pacemaker:Stateful op start timeout=20s op stop timeout=20s "
        "op monitor interval=10s timeout=20s"
    ]
    promoted = {**alone, "place": "promotable", "clone.notify": "true"}
    assert _lines(form(STATEFUL), promoted) == [
        "primitive db ocf:pacemaker:Stateful op start timeout=20s op stop timeout=20s "
        "op monitor interval=10s timeout=20s role=Promoted "
        "op monitor interval=11s timeout=20s role=Unpromoted op promote timeout=10s "
        "op demote timeout=10s",
        "clone db-clone db meta promotable=true notify=true",
    ]
    assert form(STATEFUL).sentences(promoted) == (
        "db runs on every node that can run it, and one instance is promoted.",
    )


def test_placement_and_constraints_name_the_outermost_resource() -> None:
    """Constraints are made for the group or the clone, and read back as sentences."""
    answers = begun(
        IPADDR2,
        id="ip",
        params__ip="10.1.1.1",
        place="new group",
        place__group="web",
        prefer__node="n1",
        prefer__score="INFINITY",
        with__resource="d",
        after__resource="g",
    )
    made = form(IPADDR2)
    assert _lines(made, answers)[1:] == [
        "group web ip",
        "location web-on-n1 web INFINITY: n1",
        "colocation web-with-d INFINITY: web d",
        "order web-after-g Mandatory: g web",
    ]
    assert made.sentences(answers)[1:] == (
        "web runs on n1 whenever n1 can run it, elsewhere only when it cannot.",
        "web runs only where d runs; without d it does not run.",
        "web starts only after g has started. They stop the other way round: web before g.",
    )
    existing = {
        **begun(IPADDR2, id="ip", params__ip="10.1.1.1"),
        "place": "group",
        "place.group": "g",
    }
    assert _lines(made, existing)[1:] == ["modgroup g add ip"]


def test_a_fencing_device_joins_the_topology() -> None:
    """A new device is added to the levels of its nodes, and the whole topology is replaced."""
    answers = begun(FENCE, id="f2", params__devices="/dev/x", fences__nodes="n1 n2")
    made = form(FENCE)
    assert [step.name for step in made.steps(answers)][-1] == "topology"
    last = made.commands(answers)[-1]
    assert last.line().startswith("fencing_topology n1: ")
    assert last.line().count("f2") == 2


@pytest.mark.parametrize(
    "answers",
    [
        begun(IPADDR2, id="x", params__ip="10.1.1.1"),
        begun(STATEFUL, id="x", place="promotable", place__clone="c", clone__notify="true"),
        begun(
            IPADDR2,
            id="x",
            params__ip="a b",
            place="new group",
            place__group="gg",
            meta__priority="3",
        ),
        begun(FENCE, id="x", params__devices="C:"),
    ],
)
def test_text_is_read_back_into_the_form(answers: dict[str, str]) -> None:
    """A text that the form wrote, it understands, and writes the same again."""
    agent = {"params.ip": IPADDR2, "params.devices": FENCE}
    made = form(next((name for key, name in agent.items() if key in answers), STATEFUL))
    text = made.text(answers)
    assert made.text(made.read(text, answers)) == text


def test_a_hand_edit_is_followed_and_the_rest_kept() -> None:
    """The form takes over what it has fields for, and keeps every other word and statement."""
    made = form(IPADDR2)
    text = (
        "primitive x ocf:heartbeat:IPaddr2 description='a note' params ip=9.9.9.9 rule #uname eq n1 \\\n"
        "  utilization cpu=2 operations $id=o op monitor interval=5s op_params depth=1\n"
        "tag t x\nlocation far x rule -inf: #uname eq n2\nlocation near x 50: n1\n"
    )
    found = made.read(text, begun(IPADDR2, id="x"))
    assert found["params.ip"] == "9.9.9.9"
    assert found["op.monitor.interval"] == "5s"
    assert (found["prefer.node"], found["prefer.score"]) == ("n1", "50")
    assert found["op.start"] == "no"
    lines = [command.line() for command in made.commands(found)]
    assert lines == [
        'primitive x ocf:heartbeat:IPaddr2 description="a note" params rule #uname eq n1 ip=9.9.9.9 '
        "utilization cpu=2 operations $id=o op monitor interval=5s op_params depth=1",
        "location near x 50: n1",
        "tag t x",
        "location far x rule -inf: #uname eq n2",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("group g a", "no primitive"),
        ("primitive x ocf:heartbeat:Dummy", "is about ocf:heartbeat:Dummy"),
        ("primitive x ocf:heartbeat:IPaddr2 nonsense", "nonsense cannot follow"),
    ],
)
def test_text_that_is_something_else_is_refused(text: str, sentence: str) -> None:
    """The form says why it cannot follow a text, and its answers stay."""
    with pytest.raises(Unformable, match=sentence):
        form(IPADDR2).read(text, {})


def test_secrets_are_not_stored() -> None:
    """Answers kept over a restart have no password in them, nor a text that holds one."""
    answers = {"id": "f", "params.passwd": "s3cret", "kept": "tag t s3cret", "params.login": "root"}
    assert storable(answers) == {"id": "f", "params.login": "root"}


def test_hostile_metadata_makes_no_wrong_line() -> None:
    """Names that crm would take apart are no fields, and huge or empty metadata is a form, too."""
    bad = "".join(f'<parameter name="{name}"/>' for name in ("a b", "a=b", "$id", "@ref", "", "ok"))
    made = ResourceForm("ocf:x:y", hostile(bad), facts())
    assert [f.label for f in made.steps({})[0].fields] == ["id", "ok"]
    huge = "".join(
        f'<parameter name="p{n}"><longdesc>{"x" * 99}</longdesc></parameter>' for n in range(2000)
    )
    assert len(ResourceForm("ocf:x:y", hostile(huge), facts()).steps({})[0].fields) == 2001
    empty = ResourceForm("ocf:x:y", hostile(""), facts())
    answers = {**presets("ocf:x:y", hostile("")), "id": "e"}
    assert [c.line() for c in empty.commands(answers)] == [
        "primitive e ocf:x:y op monitor interval=10s timeout=20s"
    ]
