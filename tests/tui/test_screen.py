"""The screen on the demo cluster with the real crm: what keys do, and what they do not."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.binding import Binding

from crmtui import keymap
from crmtui.actions import ACTIONS
from crmtui.crmsh.prompt import CrmQuestion
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.action_log import ActionLogScreen
from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.keys_screen import KeysScreen
from crmtui.tui.screens.pending_screen import PendingScreen
from crmtui.tui.screens.quit_screen import QuitScreen
from crmtui.tui.screens.settings_screen import SettingsScreen
from crmtui.tui.widgets.key_line import KeyLine
from tests.tui.person import Person

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox


def _children_running(program: str) -> list[int]:
    found = []
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            argv = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if any(Path(part.decode()).name == program for part in argv[:2]):
                found.append(int(child))
    return found


async def test_the_first_screen(person: Person) -> None:
    """Nodes, resources and the feed are there, and the top line names target and verdict."""
    header = [part.text for part in person.app.main.header.parts]

    assert header[:3] == ["SANDBOX", "demo", "WARN"]
    assert person.app.main.nodes.selected == "alpha"
    assert person.focused == "command"
    assert any("webip" in line for line in person.app.main.feed.lines)


async def test_standby_by_key(person: Person) -> None:
    """``s`` shows the crm line, Enter runs it, and the panes and the output say what came of it."""
    await person.press("escape", "1", "s")
    await person.confirm()
    await person.until(lambda: person.state_of("alpha") == "standby")
    await person.until(lambda: "settled" in person.output)

    assert "node standby alpha" in person.output
    assert "webip alpha → beta" in person.output
    assert any("alpha: standby" in line for line in person.app.main.feed.changed)


async def test_escape_does_not_run_it(person: Person, sandbox: Sandbox) -> None:
    """Escape on the shown line closes it and changes nothing."""
    before = sandbox.cib.read_bytes()
    await person.press("escape", "1", "s")
    await person.until(lambda: isinstance(person.app.screen, ConfirmScreen))
    await person.press("escape")
    await person.until(lambda: not isinstance(person.app.screen, ConfirmScreen))

    assert "# node standby" not in person.output
    assert sandbox.cib.read_bytes() == before


async def test_a_key_works_beside_pending_changes(person: Person) -> None:
    """Standby by key runs at crm's root while the command line is in configure, and loses nothing."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    await person.press("escape", "1", "s")
    await person.confirm()
    await person.until(lambda: person.state_of("alpha") == "standby")

    assert person.dispatcher.level == ("configure",)
    assert person.dispatcher.staged == ("primitive x ocf:pacemaker:Dummy",)


async def test_letters_in_the_command_line_are_no_keys(person: Person) -> None:
    """Every letter that is a key elsewhere is only typed in the command line."""
    await person.press("escape", "colon")
    await person.type("so1234qrf?:")

    assert person.app.main.command.view.text == "so1234qrf?:"
    assert person.app.screen is person.app.main


async def test_letters_in_panes_are_not_typed(person: Person) -> None:
    """A letter pressed in a pane never reaches the command line."""
    await person.press("escape", "2", "x", "z", "f")

    assert person.app.main.command.view.text == ""
    assert person.focused == "resources"


async def test_focus_goes_round(person: Person) -> None:
    """Tab goes through the panes to the command line, Escape goes back to the list."""
    await person.press("escape", "1")
    seen = []
    for _ in range(5):
        await person.press("tab")
        seen.append(person.focused)
    assert seen == ["resources", "feed", "timeline", "output", "command"]

    await person.press("escape")

    assert person.focused == "timeline"


async def test_completion_by_tab(person: Person) -> None:
    """Tab completes: the menu shows candidates with descriptions and the choice goes into the line."""
    main = person.app.main
    await person.press("escape", "colon")
    await person.type("configure primitive ip2 ocf:heartbeat:IPaddr2 params i")
    await person.until(lambda: any(item.display == "ip" for item in main.command.view.menu))
    await person.until(lambda: main.assistance.menu.visible)
    assert any(item.meta for item in main.command.view.menu)

    await person.press("tab")
    await person.until(lambda: main.command.view.text.endswith("params ip="))


async def test_a_question_is_answered_in_the_line(person: Person) -> None:
    """Leaving configure with a change pending asks; ``c`` stays, ``y`` commits, once confirmed."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    await person.type("cd")
    await person.press("enter")
    await person.until(lambda: "commit them (y)" in str(person.app.main.command.render()))
    usage = person.app.main.assistance.usage
    await person.until(lambda: "c or Ctrl-C cancels" in str(usage.render()))
    await person.type("c")
    await person.press("enter")
    await person.until(lambda: not person.dispatcher.is_busy)
    assert person.dispatcher.level == ("configure",)
    await person.until(lambda: "shows what can be typed" in str(usage.render()))

    await person.type("cd")
    await person.press("enter")
    await person.until(lambda: "commit them (y)" in str(person.app.main.command.render()))
    await person.type("y")
    await person.press("enter")
    await person.confirm()
    await person.until(lambda: person.dispatcher.level == () and not person.dispatcher.is_busy)
    await person.until(lambda: any(r.id == "x" for r in person.app.cluster.walk()))  # type: ignore[union-attr]

    assert person.dispatcher.staged == ()


async def test_leaving_with_changes_asks(person: Person) -> None:
    """Quitting with uncommitted changes asks; stay stays, commit commits and leaves."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    await person.press("ctrl+q")
    await person.until(lambda: isinstance(person.app.screen, QuitScreen))
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)
    assert person.dispatcher.staged

    await person.press("ctrl+q")
    await person.until(lambda: isinstance(person.app.screen, QuitScreen))
    await person.press("c")
    await person.confirm()
    await person.until(lambda: person.app.return_code == 0 and not person.app.is_running)


async def test_typing_on_neither_commits_nor_discards(person: Person) -> None:
    """Keys typed before the uncommitted changes can be read do nothing to them."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    await person.press("f2")
    await person.until(lambda: isinstance(person.app.screen, PendingScreen))
    shown = person.app.screen
    assert isinstance(shown, PendingScreen)
    shown.is_readable = False
    shown.action_choose("discard")
    shown.action_choose("commit")
    assert isinstance(person.app.screen, PendingScreen)

    await person.until(lambda: shown.is_readable)
    await person.press("d")
    await person.until(lambda: "All changes will be dropped" in person.output)


async def test_the_keys_of_leaving_stand_in_one_line(person: Person) -> None:
    """The possible answers are not broken over two lines."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    await person.press("ctrl+q")
    await person.until(lambda: isinstance(person.app.screen, QuitScreen))
    await person.until(lambda: person.app.screen.query_one(".keys").size.width > 0)

    assert person.app.screen.query_one(".keys").size.height == 1


@pytest.mark.parametrize("size", [(39, 11), (20, 6), (8, 3)])
async def test_the_sentence_of_a_small_terminal_is_in_sight(
    sandbox: Sandbox, size: tuple[int, int]
) -> None:
    """A screen that does not fit is not scrolled away from the sentence that says so."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=size) as pilot:
        await Person(app, pilot).until(lambda: app.main.is_too_small)
        app.main.command.focus()
        await pilot.pause()

        assert app.main.scroll_offset == (0, 0)
        assert not app.main.show_vertical_scrollbar


async def test_quit_in_crm_leaves(person: Person) -> None:
    """``quit`` typed at crm's prompt leaves the program."""
    person.app.main.command.focus()
    await person.type("quit")
    await person.press("enter")
    await person.until(lambda: not person.app.is_running)


async def test_a_dead_crm_is_started_again(person: Person) -> None:
    """After crm's death the screen says so with what was uncommitted, and it is back at its level."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    for pid in _children_running("crm"):
        os.kill(pid, signal.SIGKILL)
    await person.until(lambda: "not committed" in person.output)
    await person.until(lambda: "started again" in person.output)
    await person.until(lambda: person.dispatcher.level == ("configure",))

    assert "primitive x ocf:pacemaker:Dummy" in person.output


async def test_ctrl_c_clears_the_line(person: Person) -> None:
    """Ctrl-C empties the line and crm lives on."""
    await person.press("escape", "colon")
    await person.type("node standby alp")
    await person.press("ctrl+c")

    assert person.app.main.command.view.text == ""
    await person.run("ra classes")
    assert "systemd" in person.output or "ocf" in person.output


async def test_help_shows_the_real_keys(person: Person) -> None:
    """``?`` opens the keys, Escape closes them."""
    await person.press("escape", "1", "question_mark")
    await person.until(lambda: isinstance(person.app.screen, HelpScreen))
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)


async def test_a_click_on_a_key_in_the_last_line_presses_it(person: Person) -> None:
    """The last line names the keys; with a mouse they can be clicked there."""
    await person.press("escape", "1")
    await person.until(lambda: "Standby" in person.key_line)
    await person.click(KeyLine, person.key_line.index("Standby"))
    await person.until(lambda: isinstance(person.app.screen, ConfirmScreen))
    await person.press("escape")


async def test_the_sandbox_refuses_what_acts_on_machines(person: Person) -> None:
    """A line that would act on this machine is not run, is said why, and stays in the line."""
    person.app.main.command.focus()
    await person.type("cluster stop")
    await person.press("enter")
    await person.until(lambda: "not run" in person.output)

    assert person.app.main.command.view.text == "cluster stop"


_DIALOGS = (SettingsScreen, KeysScreen, ActionLogScreen, PendingScreen, QuitScreen)


async def test_every_action_is_there(person: Person) -> None:
    """Each action of the registry is a method of the app or of a widget that binds it."""
    main = person.app.main
    holders = [
        *(person.app, main, main.nodes, main.resources, main.feed, main.timeline, main.page),
        *(main.output, main.command, FormScreen, *_DIALOGS),
    ]
    bound = {
        binding.id: binding.action
        for dialog in _DIALOGS
        for binding in dialog.BINDINGS
        if isinstance(binding, Binding)
    }
    for action in ACTIONS:
        method = bound.get(action.id, action.method)
        name = f"action_{method.removeprefix('app.').partition('(')[0]}"

        assert any(hasattr(holder, name) for holder in holders), action.id


async def test_the_output_scrolls_from_the_command_line(person: Person) -> None:
    """PgUp and PgDn in the command line scroll the output and type nothing."""
    await person.run("configure show")
    output = person.app.main.output
    await person.until(lambda: output.max_scroll_y > 0 and output.is_vertical_scroll_end)
    await person.press("pageup")
    await person.until(lambda: not output.is_vertical_scroll_end)
    await person.press("pagedown")
    await person.until(lambda: output.is_vertical_scroll_end)

    assert person.app.main.command.view.text == ""


async def test_a_word_typed_into_the_wrong_pane_runs_nothing(
    person: Person, sandbox: Sandbox
) -> None:
    """Somebody types ``status`` and Enter in the nodes: nothing is run."""
    before = sandbox.cib.read_bytes()
    await person.press("escape", "1")
    await person.press("s")
    await person.until(lambda: isinstance(person.app.screen, ConfirmScreen))
    await person.type("tatus")
    await person.press("enter")
    await person.until(lambda: "Not run: node standby alpha" in person.output)

    assert "crm(live/" not in person.output
    assert sandbox.cib.read_bytes() == before


async def test_a_line_with_brackets_is_no_markup(person: Person) -> None:
    """The running line is named in a title, and is not taken for markup there."""

    def is_shown() -> bool:
        person.app.main.show_running("help [/ runs for 1 s [b]x[/b]")
        return "[b]x[/b]" in person.app.export_screenshot()

    await person.until(is_shown)


async def test_a_key_acts_on_the_cluster_not_on_a_shadow(person: Person) -> None:
    """While crm is on a shadow CIB, a key still acts on the cluster that is shown."""
    await person.run("cib new plan")
    await person.press("escape", "1", "s")
    await person.confirm()

    await person.until(lambda: person.state_of("alpha") == "standby")


async def test_pasted_lines_stop_at_the_first_error(person: Person) -> None:
    """Lines run one after the other; from the one that fails on they stand in the line again."""
    line = person.app.main.command
    line.post_message(
        events.Paste("configure\nprimitive x Dummy\nprimitive y\nprimitive z Dummy\n")
    )
    await person.until(lambda: line.view.text.count("\n") == 3)
    await person.press("enter")
    await person.until(lambda: line.view.text == "primitive y\nprimitive z Dummy")

    assert person.dispatcher.staged == ("primitive x Dummy",)


async def test_a_command_that_is_being_typed_is_no_answer(person: Person) -> None:
    """Keys of a command go on into it when a question comes up, until there is a pause."""
    line = person.app.main.command
    await person.type("node stan")
    line.ask(CrmQuestion("Really (y/n)? ", "yes_no", ("y", "n")))
    await person.press("d", "enter")
    assert line.command_text == "node stand"
    assert line.view.text == ""

    await person.until(lambda: not line.is_caught)
    await person.press("y")
    assert line.view.text == "y"
    line.stop_asking()
    assert line.view.text == "node stand"
