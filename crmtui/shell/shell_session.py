"""Session of ``crmtui shell``: sends lines to the dispatcher and waits for their events."""

from __future__ import annotations

import queue
from contextlib import nullcontext
from typing import TYPE_CHECKING

from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.presenter import Presenter
from crmtui.backend.session.events import (
    CommandFinished,
    HintGiven,
    LinesReturned,
    PendingShown,
    SessionDied,
    SessionEvent,
    SessionReady,
)
from crmtui.backend.session.output_lines import complete_lines
from crmtui.shell.interrupts import CtrlC
from crmtui.shell.terminal_view import TerminalView

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.gate.gate import Gate
    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.shell.shell_line import WordedOutcome


class ShellSession:
    """Session with crm on a bare terminal.

    Args:
        target: The cluster.
        gate: Decides of each line if it may be sent.
        ask: Reads a line after a prompt, hidden for a secret.
        is_showing: True if ``ask`` itself shows the question and the answer.
        is_kept: True if uncommitted lines outlive the shell, and earlier ones are offered.
        typed_ahead: Takes the text that was typed before a question; empty where there is none.
    """

    def __init__(
        self,
        target: Target,
        gate: Gate,
        ask: Callable[[CrmQuestion], str],
        *,
        is_showing: bool = False,
        is_kept: bool = False,
        typed_ahead: Callable[[], str] = str,
    ) -> None:
        self._target = target
        self.cluster: Cluster | None = None
        """The last snapshot of the cluster; None before the first."""
        self._is_showing = is_showing
        self._events: queue.SimpleQueue[SessionEvent | None] = queue.SimpleQueue()
        self.ctrl_c = CtrlC(lambda: self._events.put(None))
        """Ctrl-C pressed while a line runs, or before its question is shown."""
        log = AuditLog(self._where, trouble=lambda why: self._events.put(HintGiven(why)))
        auditor = Auditor(log, "typed" if gate.is_attended else "script")
        self.dispatcher = CommandDispatcher(
            target, gate, self._events.put, auditor=auditor, is_kept=is_kept
        )
        self._view = TerminalView(
            target,
            self.dispatcher,
            lambda: self.cluster,
            ask,
            self.ctrl_c,
            is_showing=is_showing,
            typed_ahead=typed_ahead,
        )
        self._presenter = Presenter(self._view, self.dispatcher)
        self.has_failed = False
        """True once a line ended in an error."""

    def _where(self) -> str:
        named = self.cluster.name if self.cluster is not None else ""
        return f"{self._target.kind.upper()} {named or self._target.name}"

    def start(self) -> None:
        """Start crm and wait for its prompt.

        Raises:
            CrmtuiError: crm did not start.
        """
        self.dispatcher.start()
        self._until(SessionReady)

    @property
    def prompt(self) -> str:
        """Crm's own prompt, with the number of uncommitted objects."""
        if self.dispatcher.prompt is None:
            return "crm# "
        return self.dispatcher.prompt.with_count(self.dispatcher.uncommitted)

    @property
    def told(self) -> WordedOutcome:
        """Outcome of the last line; None if none was run."""
        return self._view.told

    def run(self, text: str) -> bool:
        """Run the lines of ``text`` up to the first that fails; return False if the shell ends.

        A line that would lose uncommitted changes asks about them first.
        """
        lines = complete_lines(text)
        self._view.told = None
        self._catch_up()
        for at, line in enumerate(lines):
            self._view.expect(is_alone=len(lines) == 1)
            self.dispatcher.submit(line)
            ended = self._until(CommandFinished, LinesReturned, SessionReady)
            if not isinstance(ended, CommandFinished) or ended.reply.has_errors:
                self.has_failed = True
                is_to_correct = isinstance(ended, CommandFinished) and len(lines) > 1
                self._presenter.give_back(lines[at:] if is_to_correct else lines[at + 1 :])
                break
            if ended.reply.quits:
                return False
        return True

    def show_pending(self) -> None:
        """Print the uncommitted changes."""
        self.dispatcher.look_at_pending()
        self._until(PendingShown, HintGiven)

    def take_returned(self) -> str:
        """Return lines that were not run, for the user to correct and try again; once."""
        returned, self._view.returned = self._view.returned, ""
        return returned

    def leave(self) -> bool:
        """Ask about uncommitted changes; return True if the shell may end."""
        return not self.run("quit")

    def _catch_up(self) -> None:
        """Print events that came while the user typed, such as the death of crm."""
        while not self._events.empty():
            event = self._events.get()
            if event is None:
                continue
            self._presenter.hear(event)
            if isinstance(event, SessionDied):
                self._until(SessionReady)

    def _until(self, *last: type[SessionEvent]) -> SessionEvent:
        # Without a terminal, Ctrl-C has to break off the reading of an answer.
        with self.ctrl_c.heeded() if self._is_showing else nullcontext():
            return self._hear_until(last)

    def _hear_until(self, last: tuple[type[SessionEvent], ...]) -> SessionEvent:
        while True:
            try:
                event = self._events.get()
            except KeyboardInterrupt:
                self.dispatcher.interrupt()
                continue
            if event is None:
                if self.ctrl_c.take():
                    self._view.echo("^C")
                    self.dispatcher.interrupt()
                continue
            self._presenter.hear(event)
            if isinstance(event, SessionDied):
                last = (SessionReady,)  # crm was restarted and stages its uncommitted lines again
            if isinstance(event, last):
                self._view.end_line()
                return event
