"""Guided forms over the whole app on a sandbox: made, changed, sent, overtaken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui import keymap
from crmtui.backend.process.run import run
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.forms.drafts import Drafts
from crmtui.tui.screens.forms.field_row import FieldRow
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.question_screen import QuestionScreen
from tests.tui.form_desk import SIZE, type_text, until
from tests.tui.test_wizard import flat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


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
        await until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await pilot.press("escape", "2")
        # In one go, from the key that opens the list on: "m" would move a resource.
        for key in ("n", *"pacemaker:Dummy", "enter", *"extra", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "extra starts on")
        await pilot.press("c")
        await until(pilot, lambda: app.screen is app.main)
        assert "Committed." in "\n".join(app.main.output.rows)
        assert app.cluster is not None
        await until(pilot, lambda: any(r.id == "extra" for r in app.cluster.walk()))  # type: ignore[union-attr]
        await until(pilot, lambda: Drafts(sandbox).load() == ())

        await pilot.press("2", "home", "e")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("f3")
        await pilot.press("pagedown")
        await until(pilot, lambda: _key(app) == "op.monitor")
        await pilot.press("down")
        await pilot.press("ctrl+u")
        await type_text(pilot, "77s")
        await pilot.press("f8")
        await _review(pilot, app, "set fence-alpha.monitor.interval 77s")
        await pilot.press("s")
        await until(pilot, lambda: app.screen is app.main)
        assert app.crm_link is not None
        assert app.crm_link.dispatcher.staged == ("set fence-alpha.monitor.interval 77s",)


async def test_an_agent_that_only_crm_cannot_read_is_made_all_the_same(sandbox: Sandbox) -> None:
    """One sentence says that crm does not check it; crm's question whether to commit is answered."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await until(
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
        sentence = "crm cannot read its metadata, and checks none of its parameters."
        await until(pilot, lambda: sentence in flat(_page(app)))
        assert "Verified by crm; but" in _page(app)
        assert "aoe starts on" in _page(app)
        await pilot.press("c")
        await until(pilot, lambda: app.screen is app.main)
        assert "Committed." in "\n".join(app.main.output.rows)
        assert app.main.command.command_text == ""


def _page(app: CrmtuiApp) -> str:
    pages = app.screen.query("#wizard-review").results(Static)
    return "".join(str(page.render()) for page in pages)


async def test_what_others_change_meanwhile_is_told_and_kept(sandbox: Sandbox) -> None:
    """A form that was overtaken is not sent: it says by what, and goes on over what there is now."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await pilot.press("escape", "2", "home", "down", "down", "down")
        await until(pilot, lambda: app.main.resources.names == ("backup",))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("f3", "pagedown")
        await until(pilot, lambda: _key(app).startswith("op."))
        while _key(app) != "op.monitor.interval":
            await pilot.press("down")
        for key in ("ctrl+u", *"77s", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "set backup.monitor.interval 77s")
        _another_administrator(sandbox, "--set-parameter fake --parameter-value theirs")
        await pilot.press("c")
        await until(pilot, lambda: "params fake=theirs" in _page(app))
        assert "was changed while the form was open" in _page(app)
        await _review(pilot, app, "set backup.monitor.interval 77s")
        await pilot.press("c")
        await until(pilot, lambda: app.screen is app.main)
        told = run(sandbox, ("cibadmin", "--query", "--xpath", "//primitive[@id='backup']")).output
        assert 'value="theirs"' in told
        assert 'interval="77s"' in told


async def test_what_crm_asks_below_a_form_is_asked_over_it(sandbox: Sandbox) -> None:
    """Lines that waited are not committed with a form over what others did, unless somebody says so."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        assert app.crm_link is not None
        dispatcher = app.crm_link.dispatcher
        for line in ("configure", "primitive waits ocf:pacemaker:Dummy"):
            await type_text(pilot, line)
            await pilot.press("enter")
        await until(pilot, lambda: len(dispatcher.staged) == 1 and not dispatcher.is_busy)
        _another_administrator(sandbox, "--set-parameter fake --parameter-value theirs")
        await pilot.press("escape", "2")
        for key in ("n", *"pacemaker:Dummy", "enter", *"extra", "f8"):
            app.simulate_key(key)
        await _review(pilot, app, "waits and extra start on")
        assert "1 change waits for a commit already" in _page(app)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen))
        for words in ("fake=theirs", "The configuration has changed since you began: commit all"):
            await until(pilot, partial(_is_told, app, words))
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing was committed" in _page(app))
        assert len(dispatcher.staged) == 2
        await until(pilot, lambda: dispatcher.prompt is not None and not dispatcher.is_busy)


def _is_told(app: CrmtuiApp, words: str) -> bool:
    parts = app.screen.query(Static).results(Static)
    return any(words in flat(str(part.render())) for part in parts)


def _another_administrator(sandbox: Sandbox, does: str) -> None:
    done = run(sandbox, ("crm_resource", "--resource", "backup", *does.split()))
    assert done.status == 0, done.errors


async def test_the_program_ends_with_a_form_open(sandbox: Sandbox) -> None:
    """Ended from outside while something is chosen, crmtui ends in peace; Escape gives it up."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=SIZE) as pilot:
        await until(
            pilot, lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        for _ in range(2):
            await pilot.press("escape", "2", "n")
            await until(pilot, lambda: isinstance(app.screen, ChooserScreen))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.main)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, ChooserScreen))


def _key(app: CrmtuiApp) -> str:
    row = app.screen.focused.parent if app.screen.focused is not None else None
    return row.field.key if isinstance(row, FieldRow) else ""


async def _review(pilot: Pilot[int], app: CrmtuiApp, words: str) -> None:
    await until(
        pilot,
        lambda: any(
            words in str(page.render()) and "Verified" in str(page.render())
            for page in app.screen.query("#wizard-review").results(Static)
        ),
    )
