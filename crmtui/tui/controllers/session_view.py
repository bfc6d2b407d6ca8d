"""What crm and the user say to each other: session events to the screen, lines and answers to crm."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from crmtui.backend.session.events import (
    ApprovalRequested,
    ChangeBegan,
    CommandFinished,
    CommandStarted,
    CrmReply,
    EditorWanted,
    HintGiven,
    LinesReturned,
    LookBegan,
    LookEnded,
    OutputArrived,
    PendingShown,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionStarted,
    SideSession,
    StepBegan,
    StepFinished,
)
from crmtui.backend.session.own_questions import PENDING
from crmtui.crmsh.words import without_colon
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.textual_ext.stillness import Stillness

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.tui.screens.main import MainScreen

Crm = Literal["warm", "aside"]
"""The crm that typed lines go to, or one that was made beside it for the line of a key."""


class SessionView:
    """Shows what the sessions tell, and passes on what is typed.

    Args:
        dispatcher: Where lines and answers go.
        screen: Where events are shown.
        edit: Called with a file of the target that crm wants edited.
        approval: Called when a line asked crm to end.
        finished: Called with each reply.
        show_pending: Called with what waits for a commit, as it was asked for.
        returned: Called with lines that were not sent; returns those that somebody had typed.
        asked: Called with what somebody has to give leave for.
    """

    def __init__(
        self,
        dispatcher: CommandDispatcher,
        screen: MainScreen,
        *,
        edit: Callable[[str], None],
        leave: Callable[[], object],
        finished: Callable[[CrmReply], None],
        show_pending: Callable[[PendingShown], object],
        returned: Callable[[tuple[str, ...]], tuple[str, ...]],
        asked: Callable[[ChangeRequest], None],
    ) -> None:
        self._dispatcher = dispatcher
        self._screen = screen
        self._edit = edit
        self._leave = leave
        self._finished = finished
        self._show_pending = show_pending
        self._stillness = Stillness(screen)
        self._returned = returned
        self._asked = asked
        self._running: dict[Crm, tuple[str, float]] = {}
        """The line that each crm runs, and since when."""
        self._changing: set[Crm] = set()
        """Each crm whose line changes the cluster."""
        self._question: CrmQuestion | None = None
        """The question that is open on the screen."""
        self._commits_pending = False

    def tick(self) -> None:
        """Say what runs, and for how long, once it takes long enough to wonder."""
        if not self._running:
            self._screen.show_running("")
            return
        crm: Crm = "warm" if "warm" in self._running else "aside"
        line, since = self._running[crm]
        seconds = int(time.monotonic() - since)
        if self._question is not None:
            self._screen.show_running(f"{line} waits for an answer")
        elif seconds >= 1:
            is_typing = self._screen.focused is self._screen.command
            action = "command.clear" if is_typing else "app.stop"
            key = key_names(self._screen.keys[action][:1])
            # A change is not cut off at the first, where its program does not let go.
            how = (
                f"{key}, twice if need be, stops it" if crm in self._changing else f"{key} stops it"
            )
            if is_typing and self._screen.command.command_text:
                how = f"{key} clears the line first, then {key} stops it"
            stops = f"; {how}" if key else ""
            self._screen.show_running(f"{line} runs for {seconds} s{stops}")

    def submit(self, line: str) -> None:
        """Pass a typed line on."""
        line = without_colon(line)
        if line.strip():
            self._stillness.begin()
            self._dispatcher.submit(line)
        else:
            self._show_prompt()

    def quit_committing(self) -> None:
        """Commit from wherever crm is, and leave when that went well."""
        self._commits_pending = True
        self._dispatcher.submit("quit")

    def answer(self, text: str) -> None:
        """Pass an answer on."""
        # A session that does not take it asks again, and the field comes back.
        question = self._question
        self._stop_asking()
        self._dispatcher.answer(text, question)

    def hear(self, event: SessionEvent) -> None:
        """Show ``event``."""
        told = event.event if isinstance(event, SideSession) else event
        self._show(told, "aside" if isinstance(event, SideSession) else "warm")
        if not isinstance(event, SideSession):
            self._show_warm(event)
        if isinstance(told, CommandFinished):
            self._finished(told.reply)
        if not isinstance(told, CommandStarted | OutputArrived):
            self._stillness.end()

    def _show(self, event: SessionEvent, crm: Crm) -> None:
        """Show an event of either crm; the prompt stays as it is."""
        output = self._screen.output
        match event:
            case OutputArrived(text, is_error):
                output.stream(text, is_error=is_error)
            case CommandStarted(prompt, line):
                output.say(f"{prompt.text}{line}", "command")
                self._running[crm] = (line, time.monotonic())
            case ChangeBegan():
                self._changing.add(crm)
            case LookBegan():
                self._running[crm] = ("The look at the uncommitted changes", time.monotonic())
            case LookEnded():
                self._ended(crm)
            case StepBegan(prompt, line):
                output.say(f"{prompt.text}{line}", "command")
            case StepFinished(line, outcome, seconds):
                output.end_line()
                output.finish(line, outcome, seconds)
            case CommandFinished(reply):
                self._hear_reply(reply, crm)
            case QuestionAsked(question) if question == PENDING and self._commits_pending:
                self._dispatcher.answer("y", question)
            case QuestionAsked(question):
                self._ask(question)
            case QuestionWithdrawn():
                self._stop_asking()
            case EditorWanted(path):
                self._edit(path)
            case HintGiven(text):
                output.say(text, "note")
            case LinesReturned(lines, reason):
                output.say(reason, "warning")
                self._give_back(self._returned(lines))
            case SessionDied():
                self._hear_death(event, crm)
            case SessionFailed(error):
                output.say(str(error), "error")

    def _show_warm(self, event: SessionEvent) -> None:
        """Show the change of an event for the line that is typed, which goes to the warm crm."""
        command = self._screen.command
        match event:
            case CommandStarted(prompt):
                here = prompt.with_count(self._dispatcher.uncommitted)
                command.show_prompt(here, is_waiting=True)
            case CommandFinished():
                self._commits_pending = False
                self._show_prompt()
            case QuitRequested():
                self._leave()
            case PendingShown():
                self._show_pending(event)
            case ApprovalRequested(request):
                command.show_prompt("looking ahead> ", is_waiting=True)
                self._asked(request)
            case LinesReturned() if self._dispatcher.is_at_work:
                return  # lines behind the one that runs, or that asks
            case SessionStarted() | LinesReturned():
                self._show_prompt()
            case SessionDied():
                command.show_prompt("starting crm> ", is_waiting=True)
            case SessionFailed():
                command.show_prompt("crm is not running> ", is_waiting=True)

    def _ask(self, question: CrmQuestion) -> None:
        self._screen.output.end_line()
        self._screen.command.ask(question)
        self._question = question
        if self._screen.focused is not self._screen.command:
            words = "crm asks something: go to the command line to answer."
            self._screen.output.say(words, "note")

    def _stop_asking(self) -> None:
        self._screen.command.stop_asking()
        self._question = None

    def _hear_reply(self, reply: CrmReply, crm: Crm) -> None:
        self._screen.output.end_line()
        self._ended(crm)
        self._screen.output.finish(reply.line, reply.outcome, reply.seconds)

    def _ended(self, crm: Crm) -> None:
        self._running.pop(crm, None)
        self._changing.discard(crm)
        self.tick()

    def _hear_death(self, event: SessionDied, crm: Crm) -> None:
        output = self._screen.output
        self._ended(crm)
        output.say(event.reason, "error")
        if event.line:
            output.say(f"It was running: {event.line}", "error")
        if event.staged:
            output.say(event.fate, "warning")
            output.say("\n".join(event.staged))
        if event.will_restart and crm == "warm":
            where = " ".join(event.level) or "the top level"
            output.say(f"It is started again, at {where}.", "note")
        self._give_back(self._returned(event.unsent))

    def _give_back(self, lines: tuple[str, ...]) -> None:
        """Put lines that were not run where they can be corrected, beside what is being typed."""
        if lines and not self._screen.command.give_back("\n".join(lines)):
            self._screen.output.say("They are in the history: clear the line and press Up.", "note")

    def _show_prompt(self) -> None:
        if self._dispatcher.prompt is not None:
            prompt = self._dispatcher.prompt.with_count(self._dispatcher.uncommitted)
            self._screen.command.show_prompt(prompt, is_waiting=False)
