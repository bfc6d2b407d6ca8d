"""Forecast line above the command line: the effect of the typed line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from crmtui.forecast.model import Forecast

_TONES = {"none": "calm", "moves": "moves", "loss": "loss"}


class ForecastLine(Widget):
    """Shows a forecast in one sentence, in the tone of its danger; hidden without a forecast."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"forecast-line--{tone}" for tone in ("calm", "moves", "loss", "waiting", "refusal")
    }

    class Shown(Message):
        """Another forecast is on the screen, or none."""

        def __init__(self, forecast: Forecast | None) -> None:
            super().__init__()
            self.forecast = forecast

    class Resized(Message):
        """The height of the line has changed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.forecast: Forecast | None = None
        """Forecast on the screen; None without one."""
        self._words = ""
        self._tone = "calm"
        self._refusal = ""

    def on_mount(self) -> None:
        """Hide the line until there is a forecast."""
        self.display = False

    def show(self, forecast: Forecast | None) -> None:
        """Show a forecast; None hides the line."""
        words = forecast.headline if forecast is not None else ""
        self._say(words, _TONES[forecast.danger] if forecast is not None else "calm")
        if forecast is not self.forecast:
            self.forecast = forecast
            self.post_message(self.Shown(forecast))

    def refuse(self, reason: str) -> None:
        """Show the reason why the line will not run, before anything else; empty where it may run."""
        if reason != self._refusal:
            self._refusal = reason
            self._resize()

    def say(self, words: str) -> None:
        """Show the reason why there is no forecast, or not yet."""
        self.show(None)
        self._say(words, "waiting")

    def _say(self, words: str, tone: str) -> None:
        if (words, tone) != (self._words, self._tone):
            self._words, self._tone = words, tone
            self._resize()

    def _resize(self) -> None:
        self.display = bool(self._words or self._refusal)
        self.refresh(layout=True)
        self.call_after_refresh(self.post_message, self.Resized())

    def render(self) -> Text:
        """Paint the sentence; the style sheet limits its height."""
        parts = ((self._refusal, "refusal"), (self._words, self._tone))
        return Text("\n").join(
            Text(words, self.get_component_rich_style(f"forecast-line--{tone}", partial=True))
            for words, tone in parts
            if words
        )
