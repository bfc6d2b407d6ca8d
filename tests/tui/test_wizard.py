"""The guided forms on the screen: fields, text, review, and what is kept."""

from __future__ import annotations

import stat
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static, TextArea

from crmtui.backend.scheduler.rehearsal import Rehearsed
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.paths import state_dir
from crmtui.tui.screens.forms.drafts import Drafts, FormDraft
from crmtui.tui.screens.forms.hand_editor import HandEditorScreen
from crmtui.tui.screens.forms.pick_list import PickScreen
from crmtui.wizard.catalogue import BY_NAME
from crmtui.wizard.guided import GuidedForm
from tests.tui.form_desk import SIZE, Desk, type_text, until
from tests.unit.wizard_world import FENCE, IPADDR2, begun, facts, form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


async def test_typing_becomes_crm_text() -> None:
    """Fields are filled by typing, the crm text follows, and what is missing is said until it is not."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        assert "id is needed" in desk.text("wizard-missing")
        await type_text(pilot, "web 2")
        assert "cannot be an id" in desk.text("wizard-missing")
        await pilot.press("backspace", "backspace", "enter")
        assert desk.row() == "ip"
        await type_text(pilot, "10.0.0.9")
        assert "primitive web ocf:heartbeat:IPaddr2" in desk.text("wizard-text")
        assert "ip=10.0.0.9" in desk.text("wizard-text")
        assert "Nothing is missing" in desk.text("wizard-missing")
        await until(pilot, lambda: desk.saved.get("params.ip") == "10.0.0.9")


async def test_fields_unfold_and_problems_are_gone_to() -> None:
    """F3 shows every field, F6 goes to what is missing, in whatever step it is."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", place="group"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        few = len(desk.form.query(Input))
        await pilot.press("f3")
        await until(pilot, lambda: len(desk.form.query(Input)) > few + 10)
        await pilot.press("f6")
        await until(pilot, lambda: desk.row() == "ip")
        await pilot.press("f6")
        await until(pilot, lambda: desk.row() == "group")


async def test_a_choice_leads_to_more_fields() -> None:
    """A value is chosen from a list that typing narrows, and a field that it calls for appears."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown")
        await until(pilot, lambda: desk.row() == "placement")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(desk.screen, PickScreen))
        await type_text(pilot, "new")
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.form.query(Input)) == 2)
        assert desk.row() == "placement"
        await pilot.press("down")
        await type_text(pilot, "web")
        assert "group web x" in desk.text("wizard-text")


async def test_a_list_is_chosen_one_by_one() -> None:
    """Choosing adds a name to a field of many, and choosing it again takes it out."""
    desk = Desk(GuidedForm(BY_NAME["group"], facts()), {"id": "new"})
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("down")
        for expected in ("d", "d vip", "vip"):
            name = "vip" if expected == "d vip" else "d"
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(desk.screen, PickScreen))
            await type_text(pilot, name)
            await pilot.press("enter")
            await until(pilot, lambda: desk.screen is desk.form)
            await until(pilot, partial(_shows, desk, f"group new {expected}"))


def _shows(desk: Desk, words: str) -> bool:
    return words in desk.text("wizard-text")


async def test_esc_goes_back_without_loss() -> None:
    """Esc goes back a step at a time and leaves from the first, with everything kept."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await type_text(pilot, "vip")
        await pilot.press("pagedown")
        await until(pilot, lambda: desk.row() == "start")
        await pilot.press("escape")
        await until(pilot, lambda: desk.row() == "id")
        assert desk.form.query(Input).first().value == "vip"
        await pilot.press("escape")
        await until(pilot, lambda: desk.result is False)
        assert desk.saved["id"] == "vip"


async def test_what_is_typed_ahead_arrives() -> None:
    """Letters typed right behind the key that moves on belong into the field that comes."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        for key in ("pagedown", "pagedown", "pagedown", "pagedown", "n", "2"):
            desk.simulate_key(key)
        await until(pilot, lambda: "location x-on-n2 x 100: n2" in desk.text("wizard-text"))
        for key in ("down", "5", "down", "d", "down", "7"):
            desk.simulate_key(key)
        await until(pilot, lambda: "x-with-d 7: x d" in desk.text("wizard-text"))
        assert "location x-on-n2 x 5: n2" in desk.text("wizard-text")


async def test_what_is_typed_before_a_key_counts() -> None:
    """All keys in one go, as over a slow link: each letter lands in its field, none is lost."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        keys = "nonsense ctrl+u webs backspace enter 10.9.9.9 pagedown pagedown f8"
        for word in keys.split():
            named = word if word in ("enter", "backspace", "pagedown", "f8", "ctrl+u") else ""
            for key in [named] if named else word:
                desk.simulate_key(key)
        await until(pilot, lambda: "starts on n1" in _review_of(desk))
        assert "primitive web ocf:heartbeat:IPaddr2 params ip=10.9.9.9" in flat(_review_of(desk))
        for key in (*["escape"] * 5, "7", "escape"):
            desk.simulate_key(key)
        await until(pilot, lambda: desk.result is False)
        assert desk.saved["id"] == "web7"


def flat(text: str) -> str:
    """Return a text that was wrapped on one line."""
    return " ".join(text.replace("\\", "").split())


def _review_of(desk: Desk) -> str:
    return "".join(
        str(page.render()) for page in desk.screen.query("#wizard-review").results(Static)
    )


async def test_text_is_edited_by_hand() -> None:
    """The form follows an edited text and keeps the rest; a broken one is told of and stays open."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(desk.screen, HandEditorScreen))
        hand = desk.screen
        area = hand.query_one(TextArea)
        area.text = "primitive x ocf:heartbeat:IPaddr2 params ip='oh"
        await pilot.press("f4")
        assert "not closed" in str(hand.query_one("#hand-trouble", Static).render())
        area.text = "primitive x ocf:heartbeat:IPaddr2 params ip=10.2.2.2\ntag t x"
        await pilot.press("f4")
        await until(pilot, lambda: desk.screen is desk.form)
        assert "ip=10.2.2.2\ntag t x" in desk.text("wizard-text")


async def test_secrets_stay_off_the_screen_and_out_of_files() -> None:
    """A password is shown as stars, in its field, in the text and by hand, and is not stored."""
    answers = begun(FENCE, id="f", params__devices="/dev/x", params__passwd="hush hush")
    desk = Desk(form(FENCE), answers)
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        secret = next(i for i in desk.form.query(Input) if i.value == "hush hush")
        assert secret.password
        assert "passwd=******" in desk.text("wizard-text")
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(desk.screen, HandEditorScreen))
        assert "hush" not in desk.screen.query_one(TextArea).text
        await pilot.press("f4")
        await until(pilot, lambda: desk.screen is desk.form)
        assert desk.saved["params.passwd"] == "hush hush"
    drafts = Drafts(Sandbox.__new__(_Named))
    assert drafts.save(FormDraft("agent", FENCE, desk.saved)) == ""
    (kept,) = drafts.load()
    assert "params.passwd" not in kept.answers
    assert kept.answers["params.devices"] == "/dev/x"
    (file,) = state_dir().glob("wizard-*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("{broken")
    assert drafts.load() == ()


def test_each_draft_is_kept_for_itself() -> None:
    """A second half-filled form leaves the first one alone; an empty one is not kept."""
    drafts = Drafts(Sandbox.__new__(_Named))
    for name, ip in (("1", "10.0.0.1"), ("2", "10.0.0.2")):
        drafts.save(FormDraft("agent", IPADDR2, {"params.ip": ip}, begun=name))
    drafts.save(FormDraft("agent", FENCE, {"op.monitor": "yes"}, {"op.monitor": "yes"}, begun="3"))
    drafts.save(FormDraft("agent", IPADDR2, {"params.ip": "10.0.0.3"}, begun="1"))

    assert [(d.begun, d.answers["params.ip"]) for d in drafts.load()] == [
        ("1", "10.0.0.3"),
        ("2", "10.0.0.2"),
    ]
    drafts.forget("1")
    assert [draft.begun for draft in drafts.load()] == ["2"]
    drafts.forget("2")
    assert not list(state_dir().glob("wizard-*"))


def test_a_draft_of_a_change_leaves_alone_what_others_changed() -> None:
    """Only what was typed comes back: secrets and what was changed meanwhile are as they are now."""
    base = {"params.ip": "10.0.0.1", "params.nic": "eth0", "params.passwd": "hush"}
    drafts = Drafts(Sandbox.__new__(_Named))
    drafts.save(FormDraft("change", "x", {**base, "params.ip": "10.0.0.9"}, base, begun="1"))

    (draft,) = drafts.load()

    assert draft.over({**base, "params.nic": "eth1"}) == {
        "params.ip": "10.0.0.9",
        "params.nic": "eth1",
        "params.passwd": "hush",
    }


class _Named(Sandbox):
    """A target that is only named."""

    @property
    def name(self) -> str:
        """Return a name that is no good for a file."""
        return "/tmp/../a file"


async def test_nothing_is_sent_before_it_is_verified() -> None:
    """The review shows what crm and the scheduler say; commit and stage send the lines, once."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("c", "f8")
        await until(pilot, lambda: "starts on n1" in desk.text("wizard-review"))
        assert "primitive xc" in desk.text("wizard-review")
        await pilot.press("c", "c")
        assert [how for how, _ in desk.asked] == ["commit"]
        desk.form.failed("crm did not take it:\nno")
        await pilot.pause()
        assert "crm did not take it" in desk.text("wizard-review")
        await pilot.press("u", "s")
        assert [how for how, _ in desk.asked] == ["commit", "undo", "stage"]


async def test_what_crm_refuses_is_not_sent() -> None:
    """After an error of the verification there is no way to commit but to change the form."""
    refused = Rehearsed(errors=('x: parameter "y" is not known',))
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"), refused)
    async with desk.run_test(size=SIZE) as pilot:
        await pilot.press("f8")
        await until(pilot, lambda: "is not known" in desk.text("wizard-review"))
        await pilot.press("c", "s")
        assert desk.asked == []


async def test_what_is_wrapped_keeps_its_indent() -> None:
    """In a small terminal a long line goes on below where it began."""
    long = " ".join(f"word{number}" for number in range(30))
    desk = Desk(
        form(IPADDR2),
        begun(IPADDR2, id="x", params__ip="10.1.1.1", params__nic="eth0"),
        Rehearsed(errors=(long,)),
    )
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("f8")
        await until(pilot, lambda: "word29" in desk.text("wizard-review"))
        lines = desk.text("wizard-review").splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("  ! word0"))
        assert lines[at + 1].startswith("    word")
        assert max(map(len, lines)) < SIZE[0]


async def test_the_text_is_copied() -> None:
    """F7 hands the crm lines to the terminal's clipboard, from a step and from the review."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("f7")
        await until(pilot, lambda: desk.clipboard.startswith("primitive x ocf:heartbeat:IPaddr2"))
        await pilot.press("7", "f8", "f7")
        await until(pilot, lambda: desk.clipboard.startswith("primitive x7 "))
