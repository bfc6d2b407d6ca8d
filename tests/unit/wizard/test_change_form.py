"""Changing what exists: read from the CIB, and only the difference written."""

from __future__ import annotations

import pytest

from crmtui.cib.document import Cib
from crmtui.errors import NotInForm, Unformable
from crmtui.wizard.change_form import ChangeForm
from crmtui.wizard.collection import CollectionForm
from crmtui.wizard.difference import changes
from crmtui.wizard.existing import statement_of
from crmtui.wizard.statements import parse
from tests.unit.completion_world import metadata
from tests.unit.wizard_world import FENCE, facts

OLD = (
    "primitive w Dummy params fake=1 state='x y' op monitor interval=10s timeout=20s "
    "op stop timeout=9s"
)


def _changes(old: str, new: str) -> list[tuple[str, bool]]:
    found = changes(parse(old)[0], parse(new)[0])
    return [(command.line(), command.is_update) for command in found]


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        (OLD, []),
        (OLD.replace("fake=1 state='x y'", "state='x y' fake=1"), []),
        (OLD.replace("fake=1", "fake='1 2'"), [('set w.fake "1 2"', False)]),
        (OLD.replace("20s", "30s"), [("set w.monitor.timeout 30s", False)]),
        (
            OLD.replace("20s", "30s").replace("x y", "z"),
            [("set w.state z", False), ("set w.monitor.timeout 30s", False)],
        ),
        (
            OLD.replace(" state='x y'", ""),
            [
                (
                    OLD.replace(" state='x y'", ""),
                    True,
                )
            ],
        ),
    ],
)
def test_the_least_is_said(new: str, lines: list[tuple[str, bool]]) -> None:
    """Values are set one by one; what ``set`` cannot do replaces the object in place."""
    assert _changes(OLD, new) == lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("primitive a.b Dummy params x=1", "primitive a.b Dummy params x=2"),
        ("primitive w Dummy params x.y=1", "primitive w Dummy params x.y=2"),
        ("primitive w Dummy params x=1 meta x=1", "primitive w Dummy params x=2 meta x=1"),
        (
            "primitive w Dummy op monitor interval=1s op monitor interval=2s role=Promoted",
            "primitive w Dummy op monitor interval=1s op monitor interval=3s role=Promoted",
        ),
        (
            "primitive w Dummy op monitor OCF_CHECK_LEVEL=1",
            "primitive w Dummy op monitor OCF_CHECK_LEVEL=2",
        ),
        ("group g a b", "group g b a"),
        ("clone c a meta notify=true", "clone c a meta notify=false"),
    ],
)
def test_what_set_would_get_wrong_is_not_set(old: str, new: str) -> None:
    """If a path would mean something else, or nothing, the object is replaced in place."""
    assert [is_update for _, is_update in _changes(old, new)] == [True]


def test_members_come_and_go() -> None:
    """A group's members are added where they belong and removed, without touching the others."""
    lines = [line for line, _ in _changes("group g b d", "group g a b c d e")]
    assert lines == [
        "modgroup g add a before b",
        "modgroup g add c after b",
        "modgroup g add e",
    ]
    assert _changes("group g a b", "group g a") == [("modgroup g remove b", False)]


def test_objects_are_read_from_the_cib() -> None:
    """A primitive and a group are read as the statements that would make them."""
    cib = facts().cib
    assert (
        statement_of(cib, "fe").line() == "primitive fe stonith:fence_sbd params devices=/dev/null"
    )
    assert statement_of(cib, "g").line() == "group g a b"
    assert statement_of(cib, "a").line() == (
        "primitive a ocf:heartbeat:Dummy op monitor interval=10s timeout=20s"
    )
    assert statement_of(cib, "cl").line() == "clone cl c meta promotable=true"


@pytest.mark.parametrize(
    "inside",
    [
        '<instance_attributes id="i" id-ref="j"/>',
        '<instance_attributes id="i"><rule id="r" score="1"/></instance_attributes>',
        '<instance_attributes id="i"/><instance_attributes id="j"/>',
        '<operations><op id="o" name="monitor"><meta_attributes id="m"/></op></operations>',
        '<instance_attributes id="i"><nvpair id-ref="x" name="y"/></instance_attributes>',
    ],
)
def test_what_a_form_might_lose_is_refused(inside: str) -> None:
    """Rules, references and the like are told of, and not dropped."""
    cib = (
        "<cib><configuration><resources><primitive id='x' class='ocf' provider='p' type='t'>"
        f"{inside}</primitive></resources></configuration></cib>"
    )
    with pytest.raises(NotInForm) as told:
        statement_of(Cib.parse(cib), "x")
    assert "configure edit x" in told.value.hint


def _fence() -> ChangeForm:
    return ChangeForm(statement_of(facts().cib, "fe"), FENCE, metadata("fence_sbd"), facts())


def test_a_form_that_is_left_as_it_is_changes_nothing() -> None:
    """Opening the form of an existing resource makes no lines, and nothing is wrong with it."""
    form = _fence()
    assert form.commands(form.initial()) == ()
    assert form.problems(form.initial()) == ()


def test_the_form_shows_the_difference_only() -> None:
    """A changed parameter is one line; a hand edit of the whole is understood."""
    form = _fence()
    answers = {**form.initial(), "params.devices": "/dev/my disk"}
    assert [command.line() for command in form.commands(answers)] == [
        'set fe.devices "/dev/my disk"'
    ]
    text = form.text(form.initial()).replace("/dev/null", "/dev/zero")
    assert dict(form.read(text, form.initial()))["params.devices"] == "/dev/zero"
    for wrong in ("primitive other stonith:fence_sbd", "primitive fe Dummy", "group g a"):
        with pytest.raises(Unformable):
            form.read(wrong, form.initial())


def test_membership_changes() -> None:
    """A member can leave its group or join another one; one of a clone stays there."""
    dummy = metadata("Stateful")
    member = ChangeForm(statement_of(facts().cib, "a"), "ocf:heartbeat:Dummy", dummy, facts())
    assert member.initial()["place.group"] == "g"
    alone = {**member.initial(), "place": "alone"}
    assert [command.line() for command in member.commands(alone)] == ["modgroup g remove a"]
    held = ChangeForm(statement_of(facts().cib, "c"), "ocf:pacemaker:Stateful", dummy, facts())
    assert "placement" not in [step.name for step in held.steps(held.initial())]


def test_a_resource_of_a_template_is_left_to_crm() -> None:
    """A resource that is mostly its template's is not put into a form."""
    statement = statement_of(facts().cib, "vip")
    with pytest.raises(NotInForm, match="template t"):
        ChangeForm(statement, "ocf:heartbeat:IPaddr2", metadata("IPaddr2"), facts())


def test_a_group_and_a_clone_are_changed() -> None:
    """Members move by modgroup, meta attributes replace the object, and the id stays."""
    group = CollectionForm(statement_of(facts().cib, "g"), facts())
    assert group.commands(group.initial()) == ()
    assert group.problems(group.initial()) == ()
    longer = {**group.initial(), "members": "a b d"}
    assert [command.line() for command in group.commands(longer)] == ["modgroup g add d"]
    assert "id" not in [field.key for step in group.steps({}) for field in step.fields]
    assert dict(group.read("group g b a", {}))["members"] == "b a"
    with pytest.raises(Unformable):
        group.read("group other a b", {})

    clone = CollectionForm(statement_of(facts().cib, "cl"), facts())
    answers = {**clone.initial(), "meta.notify": "true"}
    (command,) = clone.commands(answers)
    assert command.is_update
    assert command.line() == "clone cl c meta promotable=true notify=true"
    assert clone.problems(answers) == ()
