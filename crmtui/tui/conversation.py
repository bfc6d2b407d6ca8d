"""What crm and the user say to each other: session events to the screen, lines and answers to crm."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.crm.asking import PENDING
from crmtui.crm.events import (
    ChangeBegan,
    CommandFinished,
    CommandStarted,
    CrmReply,
    EditorWanted,
    HintGiven,
    LeaveAsked,
    LinesReturned,
    OutputArrived,
    PendingShown,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionReady,
    SessionStarted,
)
from crmtui.tui.key_names import key_names
from crmtui.tui.stillness import Stillness

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.crm.door import Door
    from crmtui.crm.leave import Request
    from crmtui.tui.screens.main import MainScreen


class Conversation:
    """Shows what the sessions tell, and passes on what is typed.

    Args:
        door: Where lines and answers go.
        screen: Where events are shown.
        edit: Called with a file of the target that crm wants edited.
        leave: Called when a line asked crm to end.
        finished: Called with each reply.
        show_pending: Called with what waits for a commit, as it was asked for.
        returned: Called with lines that were not sent; returns those that somebody had typed.
        asked: Called with what somebody has to give leave for.
    """

    def __init__(
        self,
        door: Door,
        screen: MainScreen,
        *,
        edit: Callable[[str], None],
        leave: Callable[[], None],
        finished: Callable[[CrmReply], None],
        show_pending: Callable[[PendingShown], object],
        returned: Callable[[tuple[str, ...]], tuple[str, ...]],
        asked: Callable[[Request], None],
    ) -> None:
        self._door = door
        self._screen = screen
        self._edit = edit
        self._leave = leave
        self._finished = finished
        self._show_pending = show_pending
        self._stillness = Stillness(screen)
        self._returned = returned
        self._asked = asked
        self._running: tuple[str, float] | None = None
        self._is_asking = False
        self._commits_pending = False

    def tick(self) -> None:
        """Say what runs, and for how long, once it takes long enough to wonder."""
        if self._running is None:
            self._screen.show_running("")
            return
        line, since = self._running
        seconds = int(time.monotonic() - since)
        if self._is_asking:
            self._screen.show_running(f"{line} waits for an answer")
        elif seconds >= 1:
            key = key_names(self._screen.keys["command.clear"][:1])
            stops = f"; {key} stops it" if key else ""
            self._screen.show_running(f"{line} runs for {seconds} s{stops}")

    def submit(self, line: str) -> None:
        """Pass a typed line on."""
        if line.strip():
            self._stillness.begin()
            self._door.submit(line)
        else:
            self._show_prompt()

    def quit_committing(self) -> None:
        """Commit from wherever crm is, and leave when that went well."""
        self._commits_pending = True
        self._door.submit("quit")

    def answer(self, text: str) -> None:
        """Pass an answer on."""
        # A session that does not take it asks again, and the field comes back.
        self._screen.command.stop_asking()
        self._is_asking = False
        self._door.answer(text)

    def hear(self, event: SessionEvent) -> None:
        """Show ``event``."""
        self._show(event)
        if not isinstance(event, CommandStarted | OutputArrived):
            self._stillness.end()

    def _show(self, event: SessionEvent) -> None:
        output, command = self._screen.output, self._screen.command
        match event:
            case OutputArrived(text, is_error):
                output.stream(text, is_error=is_error)
            case CommandStarted(prompt, line):
                output.say(f"{prompt.text}{line}", "command")
                here = prompt.with_count(len(self._door.staged))
                command.show_prompt(here, is_waiting=True)
                self._running = (line, time.monotonic())
            case CommandFinished(reply):
                self._hear_reply(reply)
            case QuestionAsked(question) if question == PENDING and self._commits_pending:
                self._door.answer("y")
            case QuestionAsked(question):
                output.end_line()
                command.ask(question)
                self._is_asking = True
                if self._screen.focused is not command:
                    output.say("crm asks something: go to the command line to answer.", "note")
            case QuestionWithdrawn():
                command.stop_asking()
                self._is_asking = False
            case EditorWanted(path):
                self._edit(path)
            case QuitRequested():
                self._leave()
            case HintGiven(text):
                output.say(text, "note")
            case PendingShown():
                self._show_pending(event)
            case LinesReturned(lines, reason):
                output.say(reason, "warning")
                self._show_prompt()
                self._give_back(self._returned(lines))
            case LeaveAsked(request):
                command.show_prompt("looking ahead> ", is_waiting=True)
                self._asked(request)
            case SessionReady() | ChangeBegan():
                return
            case SessionStarted():
                self._show_prompt()
            case SessionDied():
                self._hear_death(event)
            case SessionFailed(error):
                output.say(str(error), "error")
                command.show_prompt("crm is not running> ", is_waiting=True)

    def _hear_reply(self, reply: CrmReply) -> None:
        self._screen.output.end_line()
        self._running, self._commits_pending, self._is_asking = None, False, False
        self.tick()
        self._screen.output.finish(reply.outcome, reply.seconds)
        self._screen.command.stop_asking()
        self._show_prompt()
        self._finished(reply)

    def _hear_death(self, event: SessionDied) -> None:
        output = self._screen.output
        self._running, self._is_asking = None, False
        self.tick()
        output.say(event.reason, "error")
        if event.line:
            output.say(f"It was running: {event.line}", "error")
        if event.staged:
            output.say("These lines were not committed; they are kept:", "warning")
            output.say("\n".join(event.staged))
        if event.will_restart:
            where = " ".join(event.level) or "the top level"
            output.say(f"It is started again, at {where}.", "note")
        self._screen.command.stop_asking()
        self._screen.command.show_prompt("starting crm> ", is_waiting=True)
        self._give_back(self._returned(event.unsent))

    def _give_back(self, lines: tuple[str, ...]) -> None:
        """Put lines that were not run where they can be corrected, beside what is being typed."""
        if lines and not self._screen.command.give_back("\n".join(lines)):
            self._screen.output.say("They are in the history: clear the line and press Up.", "note")

    def _show_prompt(self) -> None:
        if self._door.prompt is not None:
            prompt = self._door.prompt.with_count(len(self._door.staged))
            self._screen.command.show_prompt(prompt, is_waiting=False)
