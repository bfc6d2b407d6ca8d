"""Screen and bare terminal hear the same events, and say the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from crmtui.backend.gate.presenter import Presenter
from crmtui.backend.session.outcome import told
from crmtui.editor.returned_line import EXPLANATION
from crmtui.errors import CrmtuiError
from crmtui.shell import terminal_view
from crmtui.shell.interrupts import CtrlC
from crmtui.shell.terminal_view import TerminalView
from crmtui.tui.controllers.session_view import SessionView
from tests.recorded_events import CONFIGURE, EVENTS
from tests.unit.backend.test_gate import LOSS, Nowhere

if TYPE_CHECKING:
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.session.outcome import Outcome
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.forecast.model import Forecast
    from crmtui.tui.screens.main import MainScreen


class Dispatcher:
    """Dispatcher that nothing is sent by."""

    prompt = CONFIGURE
    uncommitted = 1
    is_at_work = False

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.gate = SimpleNamespace(forecast=self._forecast)

    @staticmethod
    def _forecast(_request: object, _cancellation: object) -> Forecast:
        return LOSS

    def masked(self, line: str) -> str:
        """Return a line in which nothing is secret."""
        return line

    def answer(self, text: str, _question: CrmQuestion | None = None) -> None:
        """Note an answer."""
        self.answers.append(text)

    def decide(self, _request: object, approval: object) -> None:
        """Note a decision."""
        self.answers.append(approval)

    def editor_closed(self, *, succeeded: bool) -> None:
        """Note the end of an editor."""
        self.answers.append(succeeded)


class ScreenStub:
    """Panes that note what is said in them."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.begun: list[str] = []
        self.keys = {"command.clear": ("ctrl+c",), "app.stop": ("ctrl+c",)}
        ignored = dict.fromkeys(("ask", "stop_asking", "show_prompt"), self._ignore)
        self.command = SimpleNamespace(give_back=lambda _text: True, command_text="", **ignored)
        self.focused = self.command
        self.output = SimpleNamespace(
            say=self._say, stream=self._ignore, end_line=self._ignore, finish=self._finish
        )
        self.show_running = self._ignore

    @staticmethod
    def _ignore(*_given: object, **_named: object) -> None: ...

    def _say(self, text: str, tone: str) -> None:
        (self.begun if tone == "command" else self.said).extend(text.splitlines())

    def _finish(self, _line: str, outcome: Outcome, seconds: float) -> None:
        self.said.append(told(outcome, seconds))


def _on_screen() -> tuple[ScreenStub, list[str]]:
    """Return the panes after all events, and the parts of the app that were called."""
    screen, called, dispatcher = ScreenStub(), list[str](), Dispatcher()

    def returned(lines: tuple[str, ...]) -> tuple[str, ...]:
        return lines

    view = SessionView(
        cast("CommandDispatcher", dispatcher),
        cast("MainScreen", screen),
        edit=lambda _path: called.append("edit"),
        quit_app=lambda: called.append("quit"),
        finished=lambda _reply: None,
        show_pending=lambda _pending: called.append("pending"),
        returned=returned,
        asked=lambda _request: called.append("approval"),
    )
    for event in EVENTS:
        view.hear(event)
    return screen, called


def _on_terminal(*, is_showing: bool) -> tuple[str, Dispatcher]:
    """Return the error that ends the terminal's session, and the dispatcher that it answered."""
    dispatcher = Dispatcher()
    answers = iter(("no", "c"))
    view = TerminalView(
        Nowhere(),
        cast("CommandDispatcher", dispatcher),
        lambda: None,
        lambda _question: next(answers),
        CtrlC(lambda: None),
        is_showing=is_showing,
    )
    view.expect(is_alone=False)
    presenter = Presenter(view, dispatcher)
    for event in EVENTS[:-1]:
        presenter.hear(event)
    with pytest.raises(CrmtuiError) as raised:
        presenter.hear(EVENTS[-1])
    return str(raised.value), dispatcher


def _edited(*_given: Any) -> bool:
    return True


@pytest.mark.parametrize("is_showing", [True, False])
def test_screen_and_terminal_say_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, is_showing: bool
) -> None:
    """Each sentence of one is said by the other; only a pipe keeps what went well to itself."""
    monkeypatch.setattr(terminal_view, "edit", _edited)
    screen, called = _on_screen()
    error, dispatcher = _on_terminal(is_showing=is_showing)
    printed = capsys.readouterr()

    on_terminal = (printed.out if is_showing else printed.err).splitlines()
    on_terminal += error.splitlines()
    plain = [line.removeprefix("crmtui: ").strip() for line in on_terminal]
    if not is_showing:  # its outcomes name their lines, which stand nowhere above
        plain = [line.split(" ms: ")[0] + " ms" if " ms: " in line else line for line in plain]
    missing = [line for line in screen.said if line not in plain]
    assert [line for line in missing if is_showing or not line.startswith("done ")] == []

    said = [line.removeprefix("crmtui: ") for line in on_terminal if line.startswith("crmtui: ")]
    beside = {EXPLANATION} if is_showing else set()
    own = [line for line in said if line not in beside and not line.startswith("The line was: ")]
    shown = {line.split(" ms: ")[0] + " ms" if " ms: " in line else line for line in own}
    assert shown - {*screen.said} == set()

    assert [line for line in screen.begun if line not in printed.out.splitlines()] == []
    assert called == ["pending", "pending", "approval", "edit", "quit"]
    assert dispatcher.answers == [None, "c", True]
