"""The one door out: whatever is to run on a cluster, typed or made by a key, is a line given here."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from crmtui.crm.events import (
    CommandFinished,
    LinesReturned,
    QuestionAsked,
    QuestionWithdrawn,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionStarted,
)
from crmtui.crm.gate import refusal
from crmtui.crm.session import CrmSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.crm.prompt import CrmPrompt
    from crmtui.crm.target import Target


class Door:
    """Passes lines through the gate to crm.

    Typed lines go to one warm crm. A line made by a key is meant for crm's root; where the warm crm
    is at another level, perhaps with uncommitted changes, it goes to a crm of its own beside it, so
    that it neither means something else there nor disturbs what is being done.

    Args:
        target: Where crm runs.
        post: Called with each event, from the threads of the sessions.
        columns: The width of what shows the output, in characters.
    """

    def __init__(
        self, target: Target, post: Callable[[SessionEvent], None], *, columns: int = 100
    ) -> None:
        self._target = target
        self._post = post
        self._columns = columns
        self._main = CrmSession(target, self._heard_main, columns=columns)
        self._aside: CrmSession | None = None
        self._asker = self._main

    @property
    def prompt(self) -> CrmPrompt | None:
        """The prompt of the warm crm; None before it first showed one."""
        return self._main.prompt

    @property
    def level(self) -> tuple[str, ...]:
        """Where typed lines run."""
        return self._main.prompt.level if self._main.prompt is not None else ()

    @property
    def staged(self) -> tuple[str, ...]:
        """The lines that wait for a commit."""
        return self._main.staged

    @property
    def is_busy(self) -> bool:
        """Whether a line is running or waits for an answer."""
        return self._main.state in ("running", "asking", "editing") or self._aside is not None

    def start(self) -> None:
        """Start the warm crm; its prompt comes as an event."""
        self._main.start()

    def submit(self, line: str) -> None:
        """Run a typed line at the level that crm is at."""
        if self._passes(self.level, line):
            self._main.submit(line)

    def submit_at_root(self, line: str) -> None:
        """Run a line of crm's root, wherever the warm crm is."""
        if not self._passes((), line):
            return
        if self._main.state == "idle" and not self.level:
            self._main.submit(line)
        elif self._aside is not None:
            self._aside.submit(line)
        else:
            self._aside = CrmSession(self._target, self._heard_aside, columns=self._columns)
            self._aside.start()
            self._aside.submit(line)

    def _passes(self, level: tuple[str, ...], line: str) -> bool:
        reason = refusal(self._target.kind, level, line)
        if reason is not None:
            self._post(LinesReturned((line,), reason))
        return reason is None

    def answer(self, text: str) -> None:
        """Answer the question that is open."""
        self._asker.answer(text)

    def editor_closed(self, *, succeeded: bool) -> None:
        """Tell crm that the editor is done."""
        self._asker.editor_closed(succeeded)

    def interrupt(self) -> None:
        """Stop what runs, or withdraw from the open question, without ending crm."""
        (self._aside or self._main).interrupt()

    def resize(self, columns: int) -> None:
        """Tell crm how wide its output may be."""
        self._columns = columns
        self._main.resize(columns)

    def close(self) -> None:
        """End crm; what is uncommitted is not committed."""
        self._main.close()
        if self._aside is not None:
            self._aside.close()

    def _heard_main(self, event: SessionEvent) -> None:
        self._note_asker(self._main, event)
        self._post(event)

    def _heard_aside(self, event: SessionEvent) -> None:
        aside = self._aside
        if aside is not None:
            self._note_asker(aside, event)
        if isinstance(event, (CommandFinished, SessionFailed, SessionDied)):
            self._aside = None
            if aside is not None:  # its own thread is calling, so another one has to end it
                threading.Thread(target=aside.close, name="crmtui aside end").start()
        if not isinstance(event, SessionStarted):
            self._post(event)

    def _note_asker(self, session: CrmSession, event: SessionEvent) -> None:
        if isinstance(event, QuestionAsked):
            self._asker = session
        elif isinstance(event, (QuestionWithdrawn, CommandFinished, SessionDied)):
            self._asker = self._main
