"""Prompt for an approval on a bare terminal: the forecast as text, and a word to type."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval
from crmtui.backend.gate.confirmation import (
    LATE_SECONDS,
    confirmation,
    forecast_note,
    late,
    propose,
)
from crmtui.backend.process.cancellation import Cancellation
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.crmsh.prompt import CrmQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast
    from crmtui.shell.interrupts import CtrlC

_NO_ANSWER = "Text that was typed before the question is no answer to it."


class ApprovalPrompt:
    """Prompt that asks for the approval of lines, if their forecast demands it.

    Args:
        target: The cluster.
        dispatcher: Masks lines, and has the gate that makes forecasts.
        cluster: Returns the last snapshot.
        ask: Reads a line after a prompt.
        ctrl_c: Ctrl-C while the forecast is made.
        show: Prints a text on lines of its own.
        note: Prints a sentence.
        typed_ahead: Takes the text that was typed before the question.
        give_back: Puts that text into the next prompt.
    """

    def __init__(
        self,
        target: Target,
        dispatcher: CommandDispatcher,
        cluster: Callable[[], Cluster | None],
        ask: Callable[[CrmQuestion], str],
        ctrl_c: CtrlC,
        *,
        show: Callable[[str], None],
        note: Callable[[str], None],
        typed_ahead: Callable[[], str],
        give_back: Callable[[Sequence[str]], object],
    ) -> None:
        self._target = target
        self._dispatcher = dispatcher
        self._cluster = cluster
        self._ask = ask
        self._ctrl_c = ctrl_c
        self._show = show
        self._note = note
        self._typed_ahead = typed_ahead
        self._give_back = give_back

    def approval_for(self, request: ChangeRequest) -> Approval | None:
        """Return the approval of ``request``; None if it was not given."""
        forecast = self._foreseen(request)
        if forecast is None:
            return None
        proposal = propose(request, self._target, self._cluster(), self._dispatcher.masked)
        asked = confirmation(proposal, forecast)
        if asked is None:
            self._note(forecast_note(forecast))
            return Approval(request, forecast)
        self._show(asked.report)
        if ahead := self._typed_ahead():
            self._note(_NO_ANSWER)
            self._give_back(ahead.splitlines())
        try:
            answer = self._ask(CrmQuestion(asked.question, "value"))
        except (KeyboardInterrupt, EOFError):
            return None
        return Approval(request, forecast) if asked.accepts(answer) else None

    def _foreseen(self, request: ChangeRequest) -> Forecast | None:
        """Return the forecast of a request; None if Ctrl-C is pressed before it is known."""
        cancellation = Cancellation(reason=PRESSED)
        made: queue.SimpleQueue[Forecast | None] = queue.SimpleQueue()

        def make() -> None:
            made.put(self._dispatcher.gate.forecast(request, cancellation))

        with self._ctrl_c.calling(lambda: made.put(None)):
            # In a thread of its own: this one has to hear Ctrl-C.
            threading.Thread(target=make, name="crmtui forecast", daemon=True).start()
            try:
                forecast = self._first(made)
            except KeyboardInterrupt:  # of a shell without a terminal, whose Ctrl-C is an exception
                forecast = None
        if forecast is None:
            self._ctrl_c.take()
            cancellation.cancel()
        return forecast

    def _first(self, made: queue.SimpleQueue[Forecast | None]) -> Forecast | None:
        try:
            return made.get(timeout=LATE_SECONDS)
        except queue.Empty:
            self._note(late("Ctrl-C"))
            return made.get()
