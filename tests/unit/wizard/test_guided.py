"""Groups, clones, constraints, topology, properties and defaults as guided forms."""

from __future__ import annotations

import pytest

from crmtui.wizard.catalogue import BY_NAME, RECIPES
from crmtui.wizard.guided import GuidedForm
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import parse
from tests.unit.wizard_world import facts


def _form(name: str) -> GuidedForm:
    return GuidedForm(BY_NAME[name], facts())


@pytest.mark.parametrize(
    ("name", "answers", "lines"),
    [
        ("group", {"id": "new", "members": "d fe"}, ["group new d fe"]),
        ("clone", {"resource": "d", "meta.notify": "true"}, ["clone d-clone d meta notify=true"]),
        ("location", {"resource": "g", "node": "n1"}, ["location g-on-n1 g 100: n1"]),
        (
            "location",
            {"resource": "cl", "node": "n2", "score": "-INFINITY", "role": "Promoted", "id": "l"},
            ["location l cl role=Promoted -INFINITY: n2"],
        ),
        (
            "colocation",
            {"resource": "d", "other": "cl", "other_role": "Promoted"},
            ["colocation d-with-cl INFINITY: d cl:Promoted"],
        ),
        (
            "order",
            {
                "resource": "d",
                "other": "cl",
                "first": "promote",
                "then": "start",
                "symmetrical": "false",
            },
            ["order d-after-cl Mandatory: cl:promote d:start symmetrical=false"],
        ),
        (
            "topology",
            {"level.n1": "fe", "level.n2": "fe,fe fe"},
            ["fencing_topology n1: fe n2: fe,fe fe"],
        ),
        (
            "node",
            {"node": "n1", "new.name": "site", "new.value": "it's a"},
            ['node n1 attributes site="it\'s a"'],
        ),
        ("property", {"property.no-quorum-policy": "stop"}, ["property no-quorum-policy=stop"]),
        (
            "defaults",
            {"rsc.resource-stickiness": "5", "op.timeout": "30s"},
            ["rsc_defaults resource-stickiness=5", "op_defaults timeout=30s"],
        ),
    ],
)
def test_answers_make_lines(name: str, answers: dict[str, str], lines: list[str]) -> None:
    """Each form makes what it says, understands its own text, and has nothing to complain of."""
    form = _form(name)
    assert [command.line() for command in form.commands(answers)] == lines
    assert form.problems(answers) == ()
    text = form.text(answers)
    assert form.text(form.read(text, answers)) == text


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_an_empty_form_says_what_is_missing_or_changes_nothing(recipe: object) -> None:
    """A form that was only opened makes nothing, or says where to go on."""
    form = GuidedForm(BY_NAME[recipe.name], facts())  # type: ignore[attr-defined]
    answers = form.recipe.initial(facts(), ())
    assert form.problems(answers) or form.commands(answers) == ()
    keys = {field.key for step in form.steps(answers) for field in step.fields}
    assert all(problem.key in keys for problem in form.problems(answers))


@pytest.mark.parametrize(
    ("name", "ids", "begun"),
    [
        ("group", ("d", "fe"), {"members": "d fe"}),
        ("group", ("fe", "cl", "a", "d"), {"members": "fe d"}),
        ("group", ("cl",), {}),
        ("clone", ("a", "g"), {"resource": "g"}),
        ("order", ("a", "d"), {"resource": "d", "other": "a"}),
        ("order", ("c", "d"), {"resource": "d", "other": "cl"}),
        ("colocation", ("g", "d"), {"resource": "d", "other": "g"}),
        ("colocation", ("d",), {"resource": "d"}),
        ("location", ("a",), {"resource": "a"}),
        ("location", ("n2",), {"node": "n2"}),
    ],
)
def test_marked_resources_begin_a_form(
    name: str, ids: tuple[str, ...], begun: dict[str, str]
) -> None:
    """Marked or selected resources are filled in, as far as the form can take them."""
    assert BY_NAME[name].initial(facts(), ids) == begun


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("group", {"id": "x", "members": "a"}, "a is in g already"),
        ("group", {"id": "x", "members": "cl"}, "cl is a clone"),
        ("group", {"id": "x", "members": "d d"}, "named twice"),
        ("clone", {"resource": "cl"}, "cannot be cloned"),
        ("clone", {"resource": "a"}, "a is in g"),
        ("colocation", {"resource": "d", "other": "d"}, "another resource"),
        ("location", {"resource": "c", "node": "n1"}, "c is in cl"),
        ("location", {"resource": "nosuch", "node": "n1"}, "no resource nosuch"),
        ("location", {"resource": "d", "node": "n1", "score": "much"}, "INFINITY"),
        ("topology", {"level.n1": "d"}, "no fencing device d"),
        ("node", {"node": "n1", "new.name": "standby", "new.value": "on"}, "keys of its own"),
        ("node", {"node": "n1", "new.name": "a b", "new.value": "on"}, "cannot be the name"),
        ("node", {"node": "n1", "new.name": "a"}, "a needs a value"),
        ("node", {"node": "n1", "new.name": "a", "new.value": "C:"}, "for a score"),
    ],
)
def test_what_would_not_work_is_said(name: str, answers: dict[str, str], words: str) -> None:
    """A form refuses what crm or Pacemaker would refuse."""
    assert any(words in p.sentence for p in _form(name).problems(answers) if p.is_error)


def test_properties_show_what_holds_now_and_write_the_difference() -> None:
    """A property that is left alone is not written; one that is emptied goes back to its default."""
    form = _form("property")
    now = form.recipe.initial(facts(), ())
    assert now == {"property.no-quorum-policy": "ignore", "property.stonith-enabled": "false"}
    assert form.commands(now) == ()
    emptied = {**now, "property.stonith-enabled": ""}
    assert [command.line() for command in form.commands(emptied)] == [
        "property stonith-enabled=true"
    ]
    step = form.steps(now)[0]
    policy = next(field for field in step.fields if field.label == "no-quorum-policy")
    assert "now ignore" in policy.short
    assert policy.choices


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("location l a -inf: n1", "a never runs on n1."),
        (
            "location l a -100: n1",
            "a avoids n1 (score -100), but runs there when nothing else is left.",
        ),
        ("location l a rule -inf: #uname eq n1", ""),
        ("location l a role=Promoted 50: n1", "a as Promoted prefers n1 (score 50)."),
        ("colocation c -inf: a b", "a never runs where b runs."),
        ("colocation c 10: a b:Promoted", "a prefers to run where b is Promoted (score 10)."),
        ("colocation c inf: a b c", ""),
        (
            "order o Optional: a b",
            "When both are to start, a starts before b. They stop the other way round: b before a.",
        ),
        ("order o Serialize: a b", "a and b never start or stop at the same time."),
        (
            "order o Mandatory: a:promote b:start symmetrical=false",
            "b starts only after a has been promoted.",
        ),
        (
            "order o a b",
            "b starts only after a has started. They stop the other way round: b before a.",
        ),
        ("group g a b", "a, b run on one node, and start in this order."),
    ],
)
def test_constraints_are_read_back(line: str, words: str) -> None:
    """A constraint is a sentence that an administrator can check; what is no plain one stays silent."""
    assert sentence(parse(line)[0]) == words
