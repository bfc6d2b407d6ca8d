"""The confirmation of a change: the exact lines of crm, and their forecast."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from crmtui.backend.gate.confirmation import COMING, LATE_SECONDS, confirmation, late
from crmtui.tui.textual_ext.stops_waiting import StopsWaiting
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.crm_lines import CrmLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.approval.approval import ConfirmationLevel
    from crmtui.backend.gate.confirmation import Confirmation, Proposal
    from crmtui.forecast.model import Forecast

READING_SECONDS = 0.3
"""Least time between forecast and answer; a key pressed sooner was not meant for the forecast."""
_SCROLLING = frozenset(("up", "down", "pageup", "pagedown", "home", "end"))

ConfirmAnswer = Literal["run", "not", "mistyped"]
"""Confirmed, cancelled, or a key that is no answer."""


class NameField(Input):
    """Field for the name. Typed text counts, pasted text does not: a typed name has been read."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()


class ConfirmScreen(StopsWaiting, ModalScreen[ConfirmAnswer]):
    """Confirmation dialog; the worse the forecast, the more the dialog demands.

    Nothing moves: Enter. Services move: ``y``. Something is lost, or there is no forecast: the name
    of the object. Every other key is no answer: a word typed into the wrong pane may open the dialog,
    and its next letters must not run anything.

    Args:
        proposal: Lines that are asked for.
        forecast: Their forecast, when it is known.
        stray: Takes a key that is no answer and types something: its name, and the character.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        proposal: Proposal,
        forecast: asyncio.Future[Forecast],
        stray: Callable[[str, str], None] | None = None,
    ) -> None:
        super().__init__()
        self._proposal = proposal
        self._coming = forecast
        self._stray = stray
        self._asked: Confirmation | None = None
        """The question; None before the forecast is known, and if there is none."""
        self.forecast: Forecast | None = None
        """Forecast of the lines; None as long as it is not known."""
        self.is_readable = False
        """True once the forecast has been on the screen long enough for an answer to count."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are asked for."""
        return self._proposal.request.lines

    @property
    def confirmation_level(self) -> ConfirmationLevel | None:
        """Kind of confirmation; None before the forecast is there."""
        return self._asked.level if self._asked is not None else None

    @property
    def key(self) -> str:
        """The key that confirms, where one key does; never one that asked."""
        asked = self._asked
        return asked.word if asked is not None and asked.level != "name" else ""

    def compose(self) -> ComposeResult:
        """Lay out the lines, what they would do, and the keys."""
        with Vertical(id="dialog"):
            yield Static(Text(self._proposal.title), classes="title")
            yield Static(Text(COMING), id="sentence")
            yield Static(Text(""), id="anyway")
            with VerticalScroll(id="forecast"):
                yield CrmLines("\n".join(self._proposal.lines), classes="line")
                yield Static(Text(""), id="table")
            yield NameField(id="name", placeholder="the name", select_on_focus=False)
            yield Static(Text("Esc  cancel"), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Wait for the forecast."""
        self.query_one("#name").display = False
        self.query_one("#anyway").display = False
        background(self, self._await_forecast)
        self.set_timer(LATE_SECONDS, self._say_late)

    async def _await_forecast(self) -> None:
        self.forecast = await asyncio.shield(self._coming)
        self._asked = confirmation(self._proposal, self.forecast)
        if self._asked is None:
            # The forecast was only late: a busy machine must not add a question.
            self.dismiss("run")
        else:
            self._show(self._asked)

    def _say_late(self) -> None:
        if self.forecast is None:
            self.query_one("#sentence", Static).update(Text(late("Esc")))

    def _show(self, asked: Confirmation) -> None:
        forecast = asked.forecast
        shown = self.query_one("#sentence", Static)
        shown.update(Text(asked.summary))
        shown.add_class(f"-{forecast.danger}")
        apart = self.query_one("#anyway", Static)
        apart.update(Text("\n".join(asked.side_notes)))
        apart.display = bool(asked.side_notes)
        apart.set_class(forecast.anyway is not None and forecast.anyway.danger == "loss", "-loss")
        self.query_one("#table", Static).update(Text(asked.details, no_wrap=False))
        field = self.query_one("#name", NameField)
        field.display = asked.level == "name"
        if field.display:
            self.set_focus(field)
        self.call_after_refresh(self.set_timer, READING_SECONDS, self._let_read)

    def _keys(self) -> Text:
        if self.confirmation_level == "name":
            name = self._proposal.name
            return Text.assemble("Type ", (name, "bold"), " and Enter to run it      Esc  cancel")
        if self.key == "enter":
            return Text.assemble((" Enter  run it ", "reverse"), "      Esc  cancel")
        return Text.assemble(
            (f" {self.key} ", "bold"), " run it      ", (" Enter, Esc  cancel ", "reverse")
        )

    def _let_read(self) -> None:
        """Let answers count, and show the keys: a shown key always works."""
        self.is_readable = True
        self.query_one("#keys", Static).update(self._keys())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run the lines if the name is right, else show the name again."""
        event.stop()
        if self._asked is not None and self._asked.accepts(event.value):
            if self.is_readable:
                self.dismiss("run")
        elif event.value.strip():
            event.input.clear()
            event.input.placeholder = f"not {self._proposal.name}"
        else:
            self.dismiss("not")

    def on_key(self, event: events.Key) -> None:
        """Run the lines on the key that confirms; every other key cancels."""
        if (
            self.confirmation_level == "name"
            and event.key not in _SCROLLING
            and event.key != "escape"
        ):
            return  # The field's key: the bindings of the field come after this handler.
        event.stop()
        if event.key == "escape":
            self.dismiss("not")
        elif event.key in _SCROLLING:
            self._scroll(event.key)
        elif self.confirmation_level is not None and event.key == self.key:
            if self.is_readable:
                self.dismiss("run")
        elif event.key == "enter":
            if self.is_readable:
                self.dismiss("not")
        else:
            self.dismiss("mistyped")
            if self._stray and event.character is not None and event.is_printable:
                # Before the dialog closes: the next key may be the next letter of the same word.
                self._stray(event.key, event.character)

    def stop_waiting(self) -> bool:
        """Cancel, as Escape does."""
        self.dismiss("not")
        return True

    def _scroll(self, key: str) -> None:
        pane = self.query_one("#forecast", VerticalScroll)
        moves = {
            "up": pane.scroll_up,
            "down": pane.scroll_down,
            "pageup": pane.scroll_page_up,
            "pagedown": pane.scroll_page_down,
            "home": pane.scroll_home,
            "end": pane.scroll_end,
        }
        if key in moves:
            moves[key](animate=False)
