"""The confirmation of a change: the exact lines of crm, and their forecast."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from crmtui.backend.approval.approval import ConfirmationLevel, confirmation_level
from crmtui.forecast.forecast_report import blocked, side_tables, table
from crmtui.text import sentence
from crmtui.tui.textual_ext.stops_waiting import StopsWaiting
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.crm_lines import CrmLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.forecast.model import Forecast

READING_SECONDS = 0.3
"""Least time between forecast and answer; a key pressed sooner was not meant for the forecast."""
_LATE_SECONDS = 2.0
"""Time until the dialog says that the forecast is late."""
_SCROLLING = frozenset(("up", "down", "pageup", "pagedown", "home", "end"))

_YES = ("y", "Y", "o", "O", "j", "J", "a", "A")
"""Keys that confirm a move of services; the next one stands in for a key that opened the dialog."""

_BACK = {"undo": "undo:", "redo": "redo:"}
"""The word before a difference of the configuration, by the origin of the request."""

Answer = Literal["run", "not", "mistyped"]
"""Confirmed, cancelled, or a key that is no answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for confirmation: the lines, the cluster, and the keys that asked."""

    request: ChangeRequest
    shown: tuple[str, ...]
    """The lines with secrets masked, behind the uncommitted lines that run before them."""
    where: str
    """The cluster of the lines, with its badge."""
    name: str
    """The name to type, where the name confirms."""
    asked_by: tuple[str, ...] = ()
    """The keys that opened the dialog, in Textual's names; none of them confirms."""
    remarks: Sequence[str] = ()
    """Further remarks below the forecast, each a sentence."""
    runs_unasked: Callable[[Forecast], bool] = lambda _forecast: False
    """Returns True for a forecast that needs no confirmation."""
    stray: Callable[[str, str], None] | None = None
    """Callback for a printable key that is no answer: its name, and its character."""


class NameField(Input):
    """Field for the name. Typed text counts, pasted text does not: a typed name has been read."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()


class ConfirmScreen(StopsWaiting, ModalScreen[Answer]):
    """Confirmation dialog; the worse the forecast, the more the dialog demands.

    Nothing moves: Enter. Services move: ``y``. Something is lost, or there is no forecast: the name
    of the object. Every other key is no answer: a word typed into the wrong pane may open the dialog,
    and its next letters must not run anything.

    Args:
        asked: The lines, and the cluster.
        forecast: The forecast of the lines, as it comes.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, asked: Asked, forecast: asyncio.Future[Forecast]) -> None:
        super().__init__()
        self._asked = asked
        self._coming = forecast
        self.forecast: Forecast | None = None
        """The forecast of the lines; None until the scheduler has answered."""
        self.is_readable = False
        """True once the forecast has been on the screen for `READING_SECONDS`; then an answer counts."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines to confirm."""
        return self._asked.request.lines

    @property
    def confirmation_level(self) -> ConfirmationLevel | None:
        """The level of confirmation; None before the forecast is there."""
        return (
            confirmation_level(self._asked.request, self.forecast)
            if self.forecast is not None
            else None
        )

    @property
    def key(self) -> str:
        """The key that confirms, where one key does; never a key that opened the dialog."""
        keys = ("enter", *_YES) if self.confirmation_level == "enter" else _YES
        return next(key for key in keys if key not in self._asked.asked_by)

    def compose(self) -> ComposeResult:
        """Lay out the lines, their forecast, and the keys."""
        request = self._asked.request
        crm = " ".join(("crm", *request.level)) if request.is_crm else _BACK[request.origin]
        lines = "\n".join(f"{crm} {line}" for line in self._asked.shown)
        with Vertical(id="dialog"):
            yield Static(Text(f"Run on {self._asked.where}?"), classes="title")
            yield Static(Text("Asking the scheduler what this would do …"), id="sentence")
            yield Static(Text(""), id="anyway")
            with VerticalScroll(id="forecast"):
                yield CrmLines(lines, classes="line")
                yield Static(Text(""), id="table")
            yield NameField(id="name", placeholder="the name", select_on_focus=False)
            yield Static(Text("Esc  cancel"), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Wait for the forecast."""
        self.query_one("#name").display = False
        self.query_one("#anyway").display = False
        background(self, self._await_forecast)
        self.set_timer(_LATE_SECONDS, self._say_late)

    async def _await_forecast(self) -> None:
        forecast = await asyncio.shield(self._coming)
        if self._asked.runs_unasked(forecast):
            # The forecast was only late: a busy machine must not add a question.
            self.forecast = forecast
            self.dismiss("run")
        else:
            self._show(forecast)

    def _say_late(self) -> None:
        if self.forecast is None:
            self.query_one("#sentence", Static).update(
                Text("The forecast is late: the scheduler has not answered yet. Esc cancels.")
            )

    def _show(self, forecast: Forecast) -> None:
        self.forecast = forecast
        shown = self.query_one("#sentence", Static)
        shown.update(Text(sentence(forecast.summary)))
        shown.add_class(f"-{forecast.danger}")
        apart = self.query_one("#anyway", Static)
        apart.update(Text("\n".join(f"{each}." for each in forecast.side_notes)))
        apart.display = bool(forecast.side_notes)
        apart.set_class(forecast.anyway is not None and forecast.anyway.danger == "loss", "-loss")
        rest = "\n".join(self._rest(forecast))
        self.query_one("#table", Static).update(Text(rest, no_wrap=False))
        field = self.query_one("#name", NameField)
        field.display = self.confirmation_level == "name"
        if field.display:
            self.set_focus(field)
        self.call_after_refresh(self.set_timer, READING_SECONDS, self._let_read)

    def _rest(self, forecast: Forecast) -> list[str]:
        blocks = [
            "\n".join(table(forecast.actions)) if len(forecast.actions) > 1 else "",
            "\n".join(blocked(forecast)),
            "\n".join(side_tables(forecast)),
            "\n".join((*forecast.caveats, *self._asked.remarks)),
        ]
        return "\n\n".join(filter(None, blocks)).splitlines()

    def _keys(self) -> Text:
        if self.confirmation_level == "name":
            return Text.assemble(
                "Type ", (self._asked.name, "bold"), " and Enter to run it      Esc  cancel"
            )
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
        if event.value.strip() == self._asked.name:
            if self.is_readable:
                self.dismiss("run")
        elif event.value.strip():
            event.input.clear()
            event.input.placeholder = f"not {self._asked.name}"
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
            if self._asked.stray and event.character is not None and event.is_printable:
                # Before the dialog closes: the next key may be the next letter of the same word.
                self._asked.stray(event.key, event.character)

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
