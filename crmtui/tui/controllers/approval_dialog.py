"""Dialog for the approval of lines, opened if their forecast demands it or comes late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.gate.confirmation import confirmation, forecast_note
from crmtui.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from textual.app import App

    from crmtui.backend.gate.confirmation import Proposal
    from crmtui.backend.process.target import TargetKind
    from crmtui.forecast.model import Forecast
    from crmtui.tui.controllers.resting_keys import RestingKeys
    from crmtui.tui.screens.main import MainScreen

_TYPED_ON = "That key is no answer: it is typed into the command line, where more may be under way."
_SOON_SECONDS = 1.5
"""Seconds that a typed line waits for its forecast before the dialog opens."""


class ApprovalDialog:
    """Dialog that asks for approvals, one after the other.

    Args:
        app: Shows the dialog.
        main: Screen with output and command line.
        kind: Kind of the target.
        rest: Rest of the keys after a stray one.
    """

    def __init__(
        self, app: App[int], main: MainScreen, kind: TargetKind, rest: RestingKeys
    ) -> None:
        self._app = app
        self._main = main
        self._kind = kind
        self._rest = rest
        self._waiting: tuple[ChangeRequest, asyncio.Future[Forecast]] | None = None
        """Typed lines that wait for their forecast."""

    async def approval_for(
        self, proposal: Proposal, foreseen: asyncio.Future[Forecast]
    ) -> Approval | None:
        """Return the approval of the proposed lines; None if the user declines.

        Args:
            proposal: The proposed lines.
            foreseen: Their forecast; cancelled after the decision.
        """
        request = proposal.request
        try:
            if request.origin == "typed":
                self._waiting = request, foreseen
                # In a sandbox most lines need no approval, so no dialog opens for the wait.
                patience = None if self._kind == "sandbox" else _SOON_SECONDS
                await asyncio.wait([foreseen], timeout=patience)
                if self._waiting is None or self._waiting[0] is not request:
                    return None  # Ctrl-C meanwhile
                forecast = foreseen.result() if foreseen.done() else None
                if forecast and confirmation(proposal, forecast) is None:
                    self._note(forecast)
                    return Approval(request, forecast)
            return await self._confirmed(proposal, foreseen)
        finally:
            foreseen.cancel()

    def returned(self, lines: tuple[str, ...]) -> None:
        """Wait no longer for the forecast of lines that were returned meanwhile."""
        if self._waiting is not None and set(self._waiting[0].lines) & set(lines):
            self._waiting[1].cancel()
            self._waiting = None

    async def _confirmed(
        self, proposal: Proposal, foreseen: asyncio.Future[Forecast]
    ) -> Approval | None:
        request = proposal.request
        stray = self._main.command.press if self._is_typing_on(request) else None
        screen = ConfirmScreen(proposal, foreseen, stray)
        answer = await self._app.push_screen_wait(screen)
        if answer == "run" and screen.forecast is not None:
            self._note(screen.forecast)
            return Approval(request, screen.forecast)
        if answer == "mistyped" and self._is_typing_on(request):
            self._main.output.say(_TYPED_ON, "note")
        elif answer == "mistyped":
            self._rest.begin()
        if request.origin != "typed":
            self._main.output.say(proposal.not_run, "note")
        return None

    def _is_typing_on(self, request: ChangeRequest) -> bool:
        """Return True if a stray key in the dialog belongs to the next typed line."""
        return request.origin == "typed" and self._main.focused is self._main.command

    def _note(self, forecast: Forecast) -> None:
        if note := forecast_note(forecast):
            self._main.output.say(note, "note")
