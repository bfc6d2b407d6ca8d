"""The guided forms on the screen: fields, text, review, and what is kept."""

from __future__ import annotations

import stat
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from textual.app import App
from textual.widgets import Input, Static, TextArea

from crmtui import keymap, tui
from crmtui.backend.process.run import run
from crmtui.backend.scheduler.rehearsal import Rehearsed
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.forecast.model import Forecast
from crmtui.paths import state_dir
from crmtui.settings import Settings
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.forms.drafts import Drafts, FormDraft
from crmtui.tui.screens.forms.field_row import FieldRow
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.forms.form_services import FormServices
from crmtui.tui.screens.forms.hand_editor import HandEditorScreen
from crmtui.tui.screens.forms.pick_list import PickScreen
from crmtui.tui.screens.question_screen import QuestionScreen
from crmtui.tui.theming.appearance import Appearance
from crmtui.wizard.catalogue import BY_NAME
from crmtui.wizard.guided import GuidedForm
from tests.unit.completion_world import SMALL, World
from tests.unit.wizard_world import FENCE, IPADDR2, begun, facts, form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from textual.pilot import Pilot

    from crmtui.wizard.form import Form, FormCommand

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


class Desk(App[None]):
    """A form alone on a screen, and what it asked for."""

    CSS_PATH = Path(tui.__file__).parent / "crmtui.tcss"

    def __init__(
        self,
        made: Form,
        answers: Mapping[str, str],
        rehearsed: Rehearsed | None = None,
    ) -> None:
        self._appearance = Appearance(Settings())
        super().__init__()
        self._appearance.begin(self)
        self.asked: list[tuple[str, list[str]]] = []
        self.saved: dict[str, str] = {}
        self.result: bool | None = None
        self._rehearsed = rehearsed or Rehearsed(forecast=Forecast("x", "vip starts on n1"))
        self.form = FormScreen(made, answers, self._services())

    def _services(self) -> FormServices:
        def go(
            how: Literal["commit", "stage"], commands: Sequence[FormCommand], _known: Sequence[str]
        ) -> None:
            self.asked.append((how, [command.line() for command in commands]))

        def save(answers: Mapping[str, str], _step: int) -> None:
            self.saved = dict(answers)

        return FormServices(
            "SANDBOX demo",
            rehearse=lambda _commands: self._rehearsed,
            go=go,
            undo=lambda: self.asked.append(("undo", [])),
            save=save,
            note=lambda: "",
            knowledge=World(SMALL),
        )

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, as the whole app has them."""
        return self._appearance.variables(super().get_css_variables())

    def on_mount(self) -> None:
        """Open the form."""
        self.push_screen(self.form, self._left)

    def _left(self, result: bool | None) -> None:
        self.result = result

    def text(self, name: str) -> str:
        """Return what a part of the form shows."""
        return str(self.form.query_one(f"#{name}", Static).render())

    def row(self) -> str:
        """Return the label of the field in focus."""
        focused = self.form.focused
        return focused.parent.field.label if isinstance(focused, Input) else ""  # type: ignore[union-attr]


async def _until(pilot: Pilot[None] | Pilot[int], is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        if time.monotonic() > deadline:
            pytest.fail("waited in vain")
        await pilot.pause(0.01)


async def _type(pilot: Pilot[None] | Pilot[int], text: str) -> None:
    await pilot.press(*("space" if char == " " else char for char in text))


async def test_typing_becomes_crm_text() -> None:
    """Fields are filled by typing, the crm text follows, and what is missing is said until it is not."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        assert "id is needed" in desk.text("wizard-missing")
        await _type(pilot, "web 2")
        assert "cannot be an id" in desk.text("wizard-missing")
        await pilot.press("backspace", "backspace", "enter")
        assert desk.row() == "ip"
        await _type(pilot, "10.0.0.9")
        assert "primitive web ocf:heartbeat:IPaddr2" in desk.text("wizard-text")
        assert "ip=10.0.0.9" in desk.text("wizard-text")
        assert "Nothing is missing" in desk.text("wizard-missing")
        await _until(pilot, lambda: desk.saved.get("params.ip") == "10.0.0.9")


async def test_fields_unfold_and_problems_are_gone_to() -> None:
    """F3 shows every field, F6 goes to what is missing, in whatever step it is."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", place="group"))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        few = len(desk.form.query(Input))
        await pilot.press("f3")
        await _until(pilot, lambda: len(desk.form.query(Input)) > few + 10)
        await pilot.press("f6")
        await _until(pilot, lambda: desk.row() == "ip")
        await pilot.press("f6")
        await _until(pilot, lambda: desk.row() == "group")


async def test_a_choice_leads_to_more_fields() -> None:
    """A value is chosen from a list that typing narrows, and a field that it calls for appears."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown")
        await _until(pilot, lambda: desk.row() == "placement")
        await pilot.press("f2")
        await _until(pilot, lambda: isinstance(desk.screen, PickScreen))
        await _type(pilot, "new")
        await pilot.press("enter")
        await _until(pilot, lambda: len(desk.form.query(Input)) == 2)
        assert desk.row() == "placement"
        await pilot.press("down")
        await _type(pilot, "web")
        assert "group web x" in desk.text("wizard-text")


async def test_a_list_is_chosen_one_by_one() -> None:
    """Choosing adds a name to a field of many, and choosing it again takes it out."""
    desk = Desk(GuidedForm(BY_NAME["group"], facts()), {"id": "new"})
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        await pilot.press("down")
        for expected in ("d", "d vip", "vip"):
            name = "vip" if expected == "d vip" else "d"
            await pilot.press("f2")
            await _until(pilot, lambda: isinstance(desk.screen, PickScreen))
            await _type(pilot, name)
            await pilot.press("enter")
            await _until(pilot, lambda: desk.screen is desk.form)
            await _until(pilot, partial(_shows, desk, f"group new {expected}"))


def _shows(desk: Desk, words: str) -> bool:
    return words in desk.text("wizard-text")


async def test_esc_goes_back_without_loss() -> None:
    """Esc goes back a step at a time and leaves from the first, with everything kept."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        await _type(pilot, "vip")
        await pilot.press("pagedown")
        await _until(pilot, lambda: desk.row() == "start")
        await pilot.press("escape")
        await _until(pilot, lambda: desk.row() == "id")
        assert desk.form.query(Input).first().value == "vip"
        await pilot.press("escape")
        await _until(pilot, lambda: desk.result is False)
        assert desk.saved["id"] == "vip"


async def test_what_is_typed_ahead_arrives() -> None:
    """Letters typed right behind the key that moves on belong into the field that comes."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        for key in ("pagedown", "pagedown", "pagedown", "pagedown", "n", "2"):
            desk.simulate_key(key)
        await _until(pilot, lambda: "location x-on-n2 x 100: n2" in desk.text("wizard-text"))
        for key in ("down", "5", "down", "d", "down", "7"):
            desk.simulate_key(key)
        await _until(pilot, lambda: "x-with-d 7: x d" in desk.text("wizard-text"))
        assert "location x-on-n2 x 5: n2" in desk.text("wizard-text")


async def test_what_is_typed_before_a_key_counts() -> None:
    """All keys in one go, as over a slow link: each letter lands in its field, none is lost."""
    desk = Desk(form(IPADDR2), begun(IPADDR2))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        keys = "nonsense ctrl+u webs backspace enter 10.9.9.9 pagedown pagedown f8"
        for word in keys.split():
            named = word if word in ("enter", "backspace", "pagedown", "f8", "ctrl+u") else ""
            for key in [named] if named else word:
                desk.simulate_key(key)
        await _until(pilot, lambda: "starts on n1" in _review_of(desk))
        assert "primitive web ocf:heartbeat:IPaddr2 params ip=10.9.9.9" in _flat(_review_of(desk))
        for key in (*["escape"] * 5, "7", "escape"):
            desk.simulate_key(key)
        await _until(pilot, lambda: desk.result is False)
        assert desk.saved["id"] == "web7"


def _flat(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def _review_of(desk: Desk) -> str:
    return "".join(
        str(page.render()) for page in desk.screen.query("#wizard-review").results(Static)
    )


async def test_text_is_edited_by_hand() -> None:
    """The form follows an edited text and keeps the rest; a broken one is told of and stays open."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        await pilot.press("f4")
        await _until(pilot, lambda: isinstance(desk.screen, HandEditorScreen))
        hand = desk.screen
        area = hand.query_one(TextArea)
        area.text = "primitive x ocf:heartbeat:IPaddr2 params ip='oh"
        await pilot.press("f4")
        assert "not closed" in str(hand.query_one("#hand-trouble", Static).render())
        area.text = "primitive x ocf:heartbeat:IPaddr2 params ip=10.2.2.2\ntag t x"
        await pilot.press("f4")
        await _until(pilot, lambda: desk.screen is desk.form)
        assert "ip=10.2.2.2\ntag t x" in desk.text("wizard-text")


async def test_secrets_stay_off_the_screen_and_out_of_files() -> None:
    """A password is shown as stars, in its field, in the text and by hand, and is not stored."""
    answers = begun(FENCE, id="f", params__devices="/dev/x", params__passwd="hush hush")
    desk = Desk(form(FENCE), answers)
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        secret = next(i for i in desk.form.query(Input) if i.value == "hush hush")
        assert secret.password
        assert "passwd=******" in desk.text("wizard-text")
        await pilot.press("f4")
        await _until(pilot, lambda: isinstance(desk.screen, HandEditorScreen))
        assert "hush" not in desk.screen.query_one(TextArea).text
        await pilot.press("f4")
        await _until(pilot, lambda: desk.screen is desk.form)
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
        await _until(pilot, lambda: desk.row() == "id")
        await pilot.press("c", "f8")
        await _until(pilot, lambda: "starts on n1" in desk.text("wizard-review"))
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
        await _until(pilot, lambda: "is not known" in desk.text("wizard-review"))
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
        await _until(pilot, lambda: desk.row() == "id")
        await pilot.press("f8")
        await _until(pilot, lambda: "word29" in desk.text("wizard-review"))
        lines = desk.text("wizard-review").splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("  ! word0"))
        assert lines[at + 1].startswith("    word")
        assert max(map(len, lines)) < SIZE[0]


async def test_the_text_is_copied() -> None:
    """F7 hands the crm lines to the terminal's clipboard, from a step and from the review."""
    desk = Desk(form(IPADDR2), begun(IPADDR2, id="x", params__ip="10.1.1.1"))
    async with desk.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: desk.row() == "id")
        await pilot.press("f7")
        await _until(pilot, lambda: desk.clipboard.startswith("primitive x ocf:heartbeat:IPaddr2"))
        await pilot.press("7", "f8", "f7")
        await _until(pilot, lambda: desk.clipboard.startswith("primitive x7 "))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


async def test_a_resource_is_made_and_changed_by_keys(sandbox: Sandbox) -> None:
    """From n to a commit in the real crm on the demo; then e, one value, and only that is set."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=(120, 40)) as pilot:
        await _until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await pilot.press("escape", "2")
        # In one go, from the key that opens the list on: "m" would move a resource.
        for key in ("n", *"pacemaker:Dummy", "enter", *"extra", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "extra starts on")
        await pilot.press("c")
        await _until(pilot, lambda: app.screen is app.main)
        assert "Committed." in "\n".join(app.main.output.rows)
        assert app.cluster is not None
        await _until(pilot, lambda: any(r.id == "extra" for r in app.cluster.walk()))  # type: ignore[union-attr]
        await _until(pilot, lambda: Drafts(sandbox).load() == ())

        await pilot.press("2", "home", "e")
        await _until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("f3")
        await pilot.press("pagedown")
        await _until(pilot, lambda: _key(app) == "op.monitor")
        await pilot.press("down")
        await pilot.press("ctrl+u")
        await _type(pilot, "77s")
        await pilot.press("f8")
        await _review(pilot, app, "set fence-alpha.monitor.interval 77s")
        await pilot.press("s")
        await _until(pilot, lambda: app.screen is app.main)
        assert app.crm_link is not None
        assert app.crm_link.dispatcher.staged == ("set fence-alpha.monitor.interval 77s",)


async def test_an_agent_that_only_crm_cannot_read_is_made_all_the_same(sandbox: Sandbox) -> None:
    """One sentence says that crm does not check it; crm's question whether to commit is answered."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await _until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await pilot.press("escape", "2")
        for key in (
            "n",
            *"AoEtarget",
            "enter",
            *"aoe",
            "down",
            *"/dev/x",
            "down",
            "down",
            "1",
            "f8",
        ):
            app.simulate_key(key)
        sentence = "crm cannot read what it says about itself, and checks none of its parameters."
        await _until(pilot, lambda: sentence in _flat(_page(app)))
        assert "Verified by crm; but" in _page(app)
        assert "aoe starts on" in _page(app)
        await pilot.press("c")
        await _until(pilot, lambda: app.screen is app.main)
        assert "Committed." in "\n".join(app.main.output.rows)
        assert app.main.command.command_text == ""


def _page(app: CrmtuiApp) -> str:
    pages = app.screen.query("#wizard-review").results(Static)
    return "".join(str(page.render()) for page in pages)


async def test_what_others_change_meanwhile_is_told_and_kept(sandbox: Sandbox) -> None:
    """A form that was overtaken is not sent: it says by what, and goes on over what there is now."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await _until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await pilot.press("escape", "2", "home", "down", "down", "down")
        await _until(pilot, lambda: app.main.resources.names == ("backup",))
        await pilot.press("e")
        await _until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("f3", "pagedown")
        await _until(pilot, lambda: _key(app).startswith("op."))
        while _key(app) != "op.monitor.interval":
            await pilot.press("down")
        for key in ("ctrl+u", *"77s", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "set backup.monitor.interval 77s")
        _another_administrator(sandbox, "--set-parameter fake --parameter-value theirs")
        await pilot.press("c")
        await _until(pilot, lambda: "params fake=theirs" in _page(app))
        assert "was changed while the form was open" in _page(app)
        await _review(pilot, app, "set backup.monitor.interval 77s")
        await pilot.press("c")
        await _until(pilot, lambda: app.screen is app.main)
        told = run(sandbox, ("cibadmin", "--query", "--xpath", "//primitive[@id='backup']")).output
        assert 'value="theirs"' in told
        assert 'interval="77s"' in told


async def test_what_crm_asks_below_a_form_is_asked_over_it(sandbox: Sandbox) -> None:
    """Lines that waited are not committed with a form over what others did, unless somebody says so."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await _until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        assert app.crm_link is not None
        dispatcher = app.crm_link.dispatcher
        for line in ("configure", "primitive waits ocf:pacemaker:Dummy"):
            await _type(pilot, line)
            await pilot.press("enter")
        await _until(pilot, lambda: len(dispatcher.staged) == 1 and not dispatcher.is_busy)
        _another_administrator(sandbox, "--set-parameter fake --parameter-value theirs")
        await pilot.press("escape", "2")
        for key in ("n", *"pacemaker:Dummy", "enter", *"extra", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "waits and extra start on")
        assert "1 change waits for a commit already" in _page(app)
        await pilot.press("c")
        await _until(pilot, lambda: isinstance(app.screen, QuestionScreen))
        for words in ("fake=theirs", "The configuration has changed since you began: commit all"):
            await _until(pilot, partial(_is_told, app, words))
        await pilot.press("escape")
        await _until(pilot, lambda: "Nothing was committed" in _page(app))
        assert len(dispatcher.staged) == 2
        await _until(pilot, lambda: dispatcher.prompt is not None and not dispatcher.is_busy)


def _is_told(app: CrmtuiApp, words: str) -> bool:
    parts = app.screen.query(Static).results(Static)
    return any(words in _flat(str(part.render())) for part in parts)


def _another_administrator(sandbox: Sandbox, does: str) -> None:
    done = run(sandbox, ("crm_resource", "--resource", "backup", *does.split()))
    assert done.status == 0, done.errors


async def test_the_program_ends_with_a_form_open(sandbox: Sandbox) -> None:
    """Ended from outside while something is chosen, crmtui ends in peace; Escape gives it up."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await _until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        for _ in range(2):
            await pilot.press("escape", "2", "n")
            await _until(pilot, lambda: isinstance(app.screen, ChooserScreen))
            await pilot.press("escape")
            await _until(pilot, lambda: app.screen is app.main)
        await pilot.press("n")
        await _until(pilot, lambda: isinstance(app.screen, ChooserScreen))


def _key(app: CrmtuiApp) -> str:
    row = app.screen.focused.parent if app.screen.focused is not None else None
    return row.field.key if isinstance(row, FieldRow) else ""


async def _review(pilot: Pilot[int], app: CrmtuiApp, words: str) -> None:
    await _until(
        pilot,
        lambda: any(
            words in str(page.render()) and "Verified" in str(page.render())
            for page in app.screen.query("#wizard-review").results(Static)
        ),
    )
