"""Session view: shows crm's events on the screen, and passes lines and answers to crm."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.backend.gate.presenter import Presenter
from crmtui.backend.session.events import (
    CommandFinished,
    CommandStarted,
    OutputArrived,
    SideSession,
)
from crmtui.backend.session.own_questions import PENDING
from crmtui.crmsh.words import without_colon
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.textual_ext.stillness import Stillness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.gate.frontend import Kept, SayingTone
    from crmtui.backend.session.events import CrmReply, PendingShown, SessionEvent
    from crmtui.backend.session.outcome import Outcome
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.errors import CrmtuiError
    from crmtui.tui.screens.main import MainScreen


class SessionView:
    """Shows the events of the sessions, and passes the user's lines and answers on.

    Args:
        dispatcher: The way of lines and answers to crm.
        screen: The main screen.
        edit: Called with the path of a file of the target that the user is to edit for crm.
        quit_app: Called after a line that ends crm, such as ``quit``.
        finished: Called with each reply.
        show_pending: Called with the uncommitted changes, on request of the user.
        returned: Called with unsent lines; returns those that the user had typed.
        asked: Called with a request that needs an approval.
    """

    def __init__(
        self,
        dispatcher: CommandDispatcher,
        screen: MainScreen,
        *,
        edit: Callable[[str], None],
        quit_app: Callable[[], object],
        finished: Callable[[CrmReply], None],
        show_pending: Callable[[PendingShown], object],
        returned: Callable[[tuple[str, ...]], tuple[str, ...]],
        asked: Callable[[ChangeRequest], None],
    ) -> None:
        self._dispatcher = dispatcher
        self._screen = screen
        self._presenter = Presenter(self, dispatcher)
        self._edit = edit
        self._quit_app = quit_app
        self._finished = finished
        self._show_pending = show_pending
        self._stillness = Stillness(screen)
        self._returned = returned
        self._asked = asked
        self._question: CrmQuestion | None = None
        """The open question on the screen."""
        self._commits_pending = False
        """True while crm quits and is to commit all uncommitted changes."""

    def tick(self) -> None:
        """Show the running line and its time, once the line takes a second."""
        running = self._presenter.running
        if running is None:
            self._screen.show_running("")
            return
        line = running.words
        seconds = int(time.monotonic() - running.since)
        if self._question is not None:
            self._screen.show_running(f"{line} waits for an answer")
        elif seconds >= 1:
            is_typing = self._screen.focused is self._screen.command
            action = "command.clear" if is_typing else "app.stop"
            key = key_names(self._screen.keys[action][:1])
            # The first Ctrl-C does not always end the program of a change.
            how = f"{key}, twice if need be, stops it" if running.is_change else f"{key} stops it"
            if is_typing and self._screen.command.command_text:
                how = f"{key} clears the line first, then {key} stops it"
            stops = f"; {how}" if key else ""
            self._screen.show_running(f"{line} runs for {seconds} s{stops}")

    def submit(self, line: str) -> None:
        """Pass a typed line to crm."""
        line = without_colon(line)
        if line.strip():
            self._stillness.begin()
            self._dispatcher.submit(line)
        else:
            self._presenter.show_prompt()

    def quit_committing(self) -> None:
        """Commit from any level of crm, and quit after a successful commit."""
        self._commits_pending = True
        self._dispatcher.submit("quit")

    def answer(self, text: str) -> None:
        """Pass an answer to crm."""
        # The field is closed at once; a session that refuses the answer asks again.
        question = self._question
        self.stop_asking()
        self._dispatcher.answer(text, question)

    def hear(self, event: SessionEvent) -> None:
        """Show an event of a session."""
        was_running = self._presenter.running
        self._presenter.hear(event)
        if was_running != self._presenter.running:
            self.tick()
        told = event.event if isinstance(event, SideSession) else event
        if isinstance(event, CommandFinished):
            self._commits_pending = False
        if isinstance(told, CommandFinished):
            self._finished(told.reply)
        if not isinstance(told, CommandStarted | OutputArrived):
            self._stillness.end()

    # Called by the presenter.

    def show_output(self, text: str, *, is_error: bool) -> None:
        """Show a piece of crm's output."""
        self._screen.output.stream(text, is_error=is_error)

    def begin_line(self, prompt: str, line: str, *, is_step: bool) -> None:  # noqa: ARG002
        """Show a line with its prompt; the outcome follows later in the same row."""
        self._screen.output.say(f"{prompt}{line}", "command")

    def finish_line(self, line: str, outcome: Outcome, seconds: float, *, is_step: bool) -> None:  # noqa: ARG002
        """Show the outcome of a line in the line's row."""
        self._screen.output.end_line()
        self._screen.output.finish(line, outcome, seconds)

    def say(self, text: str, tone: SayingTone) -> None:
        """Show a sentence in the output."""
        self._screen.output.say(text, tone)

    def ask(self, question: CrmQuestion) -> None:
        """Make the command line the answer field of ``question``."""
        if question == PENDING and self._commits_pending:
            self._dispatcher.answer("y", question)
            return
        self._screen.output.end_line()
        self._screen.command.ask(question)
        self._question = question
        if self._screen.focused is not self._screen.command:
            self.say("crm asks something: go to the command line to answer.", "note")

    def stop_asking(self) -> None:
        """Give the command line back to commands."""
        self._screen.command.stop_asking()
        self._question = None

    def ask_approval(self, request: ChangeRequest) -> None:
        """Ask in a dialog, if the forecast demands it."""
        self._asked(request)

    def edit(self, path: str) -> None:
        """Let the user edit a file of the target."""
        self._edit(path)

    def typed_of(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return lines that the user typed: those of keys and forms do not come back."""
        return self._returned(lines)

    def give_back(self, lines: Sequence[str]) -> Kept:
        """Return lines to the command line, or to the history if a line is being typed."""
        return "line" if self._screen.command.give_back("\n".join(lines)) else "history"

    def show_pending(self, pending: PendingShown) -> None:
        """Show the uncommitted changes in a dialog."""
        self._show_pending(pending)

    def show_prompt(self, text: str, *, is_waiting: bool) -> None:
        """Show the prompt of the command line."""
        self._screen.command.show_prompt(text, is_waiting=is_waiting)

    def quit(self) -> None:
        """Quit, or ask about uncommitted changes."""
        self._quit_app()

    def fail(self, error: CrmtuiError) -> None:
        """Show why crm cannot be started."""
        self._screen.output.say(str(error), "error")
