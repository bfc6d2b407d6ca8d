"""Tour of the screens: offered in the output at the first start, and begun on Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.screens.tour_screen import TourScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import App

    from crmtui.tui.screens.main import MainScreen

_OFFER = "First time here? Enter takes a tour of five screens; later: crmtui tour"


class TourController:
    """Begins the tour, or offers it by a line in the output; the first key other than Enter declines.

    Args:
        app: The app, which shows the tour.
        main: The main screen, which the tour explains.
        keys: The keys of each action, by its id.
    """

    def __init__(
        self, app: App[int], main: MainScreen, keys: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._app = app
        self._main = main
        self._keys = keys
        self._is_offered = False

    def start(self, how: Literal["", "offer", "begin"]) -> None:
        """Begin the tour, offer it, or do neither, as the app starts."""
        if how == "begin":
            self.begin()
        elif how:
            self.offer()

    def begin(self) -> None:
        """Open the tour."""
        self._app.push_screen(TourScreen(self._keys, self._main.go))

    def offer(self) -> None:
        """Offer the tour in the output, without a dialog."""
        self._is_offered = True
        finding = key_names(self._keys["app.palette"][:1])
        self._main.output.say(f"{_OFFER}, or {finding}." if finding else f"{_OFFER}.", "note")

    def takes(self, key: events.Key) -> bool:
        """Begin the tour if ``key`` accepts the offer, as only the first key can."""
        was_offered, self._is_offered = self._is_offered, False
        if not was_offered or key.key != "enter" or self._main.command.view.text:
            return False
        self.begin()
        return True
