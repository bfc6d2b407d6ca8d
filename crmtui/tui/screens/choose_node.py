"""The choice of a node for an action, with a forecast for each node."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.actions import BY_ID
from crmtui.tui.screens.action_menu import hanging
from crmtui.tui.textual_ext.bindings import closing
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.forecast.model import Forecast
    from crmtui.verbs import VerbOffer

_STYLES = {"none": "", "moves": "", "loss": "bold"}


class NodeScreen(ModalScreen[str]):
    """List of the nodes that an action may name, each with its forecast as soon as that is there.

    Args:
        offer: The action, and its nodes.
        forecasts: The forecast for each of these nodes, in their order.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("close")

    def __init__(self, offer: VerbOffer, forecasts: Sequence[asyncio.Future[Forecast]]) -> None:
        super().__init__()
        self._offer = offer
        self._forecasts = tuple(forecasts)

    def compose(self) -> ComposeResult:
        """Lay out the nodes."""
        title = f"{BY_ID[self._offer.verb.id].label} {', '.join(self._offer.names)}: choose a node"
        with Vertical(id="dialog"):
            yield Static(Text(title), classes="title")
            yield Options(
                *(
                    Option(self._line(node, "asking the scheduler …"), id=node)
                    for node in self._offer.choices
                )
            )
            yield Static(Text("Enter  choose      Esc  cancel"), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Select the first node, and fill in each forecast as soon as that is there."""
        self.set_focus(self.query_one(Options))
        self.query_one(Options).highlighted = 0
        for node, coming in zip(self._offer.choices, self._forecasts, strict=True):
            background(self, partial(self._fill, node, coming))

    async def _fill(self, node: str, coming: asyncio.Future[Forecast]) -> None:
        forecast = await asyncio.shield(coming)
        line = self._line(node, forecast.sentences, _STYLES[forecast.danger])
        self.query_one(Options).replace_option_prompt(node, line)

    def _line(self, node: str, sentence: str, style: str = "") -> Text:
        head = f"{node:<{max(map(len, self._offer.choices))}}  "
        text = Text(hanging(head, sentence, self.app.size.width), style=style)
        text.stylize("bold", 0, len(head))
        return text

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the list with the selected node."""
        event.stop()
        self.dismiss(event.option.id or "")

    def action_close(self) -> None:
        """Close the list without a node."""
        self.dismiss("")
