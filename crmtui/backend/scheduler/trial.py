"""Trials of lines by a warm crm that works on a copy of the CIB.

The crm rests in ``configure``, where each trial begins with ``refresh``: crm keeps the CIB that it has
read, and would fail, or worse, on the next copy (seen on crmsh 4.4.1).
"""

from __future__ import annotations

import contextlib
import queue
import time
from importlib import resources
from typing import TYPE_CHECKING

from crmtui.backend.approval.sandbox_rules import SandboxPolicy
from crmtui.backend.process.cancellation import heeded
from crmtui.backend.process.run import last_words, put
from crmtui.backend.session.events import (
    CommandFinished,
    EditorWanted,
    LinesReturned,
    QuestionAsked,
    SessionDied,
    SessionFailed,
    SessionStarted,
)
from crmtui.backend.session.session import CrmSession
from crmtui.errors import CrmNotStarted, TrialRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.scheduler.cib_copy import Copy
    from crmtui.backend.session.events import CrmReply, SessionEvent

_STAND_INS = ("crm_node", "crm_resource", "ping", "python/sitecustomize.py")
_COLUMNS = 200
_PENDING = "pending.xml"
_HURRIED_SECONDS = 0.5
"""Grace period for crm after a trial was cancelled, in seconds; a line takes some milliseconds."""


def equip(copy: Copy) -> None:
    """Install the stand-ins in a copy, so that crm works on it and keeps trials out of its log.

    Raises:
        ClusterUnavailable: The files cannot be written.
    """
    for name in _STAND_INS:
        source = resources.files("crmtui.backend.targets").joinpath("stand_ins", *name.split("/"))
        put(copy, source.read_bytes(), f"{copy.folder}/bin/{name}")


class Trial:
    """Trial of lines on a copy, for one thread at a time.

    Args:
        copy: Copy that crm works on.
        timeout: Seconds that each line may take.

    Raises:
        SessionFailed: crm does not start.
    """

    def __init__(self, copy: Copy, timeout: float) -> None:
        self._copy = copy
        self._timeout = timeout
        self._events: queue.Queue[SessionEvent | None] = queue.Queue()
        """Events of the session; None when the trial is cancelled."""
        self.asked: list[str] = []
        """Questions of crm in the last trial, each answered with yes."""
        self.is_hurried = False
        """True after the cancellation of the trial."""
        self._read = ""
        """Configuration that crm has read and not changed; empty if it has to read one."""
        self._is_reading = False
        """True while crm reads the configuration ahead of the next trial."""
        equip(copy)
        self._session = CrmSession(copy, SandboxPolicy(copy.kind), self._hear, columns=_COLUMNS)
        self._session.start()
        with heeded().ending(self.hurry):
            self._next(SessionStarted)

    def configure(self, lines: Sequence[str], configuration: str = "") -> None:
        """Apply lines of ``configure`` to the copy, as a ``commit`` after them would.

        All lines but the last were typed before, and errors in them were reported then.

        Args:
            lines: Lines of ``configure``, in order.
            configuration: Text of the copy's configuration, if crm may have read it before.

        Raises:
            TrialRefused: crm or the schema refuses them.
            SessionFailed: crm died or does not answer.
        """
        self._begin(configuration)
        for line in lines[:-1]:
            with contextlib.suppress(TrialRefused):
                self._say(line)
        self._say(lines[-1])
        file = f"{self._copy.folder}/{_PENDING}"
        self._say(f"save xml {file}")
        done = self._copy.run(replacing(file))
        if done.status != 0:
            raise TrialRefused(last_words(done))

    def run(self, line: str) -> None:
        """Run a line of crm's root on the copy.

        Raises:
            TrialRefused: crm refuses it.
            SessionFailed: crm died or does not answer.
        """
        self._begin()
        self._say("up")
        self._say(line)

    def get_ready(self, configuration: str) -> None:
        """Let crm read the copy ahead of the next trial.

        Reading takes most of crm's time for a line, and the next line mostly has the same configuration.

        Args:
            configuration: Text of the copy's configuration.
        """
        prompt = self._session.prompt
        if configuration and prompt is not None and prompt.level == ("configure",):
            self._read, self._is_reading = configuration, True
            self._session.submit("refresh")

    def forget(self) -> None:
        """Let crm read the copy again before the next trial, as other programs change it."""
        self._read = ""

    def hurry(self) -> None:
        """Cancel the trial: no further line runs, and crm is ended after its grace period."""
        self.is_hurried = True
        self._events.put(None)

    def close(self) -> None:
        """End crm."""
        self._session.close()

    def _hear(self, event: SessionEvent) -> None:
        """Queue an event of the session, in its thread; answer a question at once while crm reads."""
        if self._is_reading and isinstance(event, QuestionAsked):
            self._session.answer("y")  # crm may drop the last trial
        else:
            self._events.put(event)

    def _begin(self, configuration: str = "") -> None:
        self.asked = []
        read, self._read = self._read, ""
        if self._is_reading:
            try:
                finished = self._next(CommandFinished)
            finally:
                self._is_reading = False
            assert isinstance(finished, CommandFinished)
            self.asked = []
            if configuration == read and not finished.reply.has_errors:
                return
        prompt = self._session.prompt
        if prompt is None or prompt.level != ("configure",):
            self._say("configure")
        self._say("refresh")
        self.asked = []

    def _say(self, line: str) -> CrmReply:
        if self.is_hurried:
            raise TrialRefused("This trial was cancelled.")
        self._session.submit(line)
        finished = self._next(CommandFinished)
        assert isinstance(finished, CommandFinished)
        reply = finished.reply
        if reply.has_errors:
            errors = [each for each in reply.output.splitlines() if each.startswith("ERROR:")]
            raise TrialRefused("; ".join(each.removeprefix("ERROR:").strip() for each in errors))
        return reply

    def _next(self, wanted: type[SessionEvent]) -> SessionEvent:
        """Wait for an event of the type ``wanted``, and answer the questions before it."""
        deadline = time.monotonic() + self._timeout
        while True:
            try:
                event = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty as error:
                self._session.close()
                raise CrmNotStarted(
                    f"crm gave no answer within {round(self._timeout, 1):g} s."
                ) from error
            if event is None:
                if self.is_hurried:
                    deadline = min(deadline, time.monotonic() + _HURRIED_SECONDS)
            elif isinstance(event, wanted):
                return event
            elif isinstance(event, QuestionAsked):
                self.asked.append(event.question.text.strip())
                self._session.answer("y")
            elif isinstance(event, EditorWanted):
                self._session.editor_closed(succeeded=False)
            elif isinstance(event, LinesReturned):
                raise TrialRefused(event.reason)
            elif isinstance(event, SessionFailed):
                raise event.error
            elif isinstance(event, SessionDied):
                self._session.close()
                raise CrmNotStarted(event.reason, hint=event.output.strip()[-300:])


def replacing(file: str) -> tuple[str, ...]:
    """Return the command that replaces a copy's configuration by that of the CIB in ``file``."""
    return ("cibadmin", "--replace", "--scope", "configuration", "--xml-file", file)
