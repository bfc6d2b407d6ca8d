"""The menu of actions on the selected objects; an action that is not possible now says why."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.actions import BY_ID
from crmtui.tui.presentation.key_names import key_name
from crmtui.tui.textual_ext.bindings import closing
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.verbs import VerbOffer


_FRAME = 12
"""Columns of the screen beside an option: border, padding, scroll bar."""
_WIDEST = 92


def hanging(head: str, text: str, columns: int) -> str:
    """Return ``text`` behind ``head``, wrapped for a dialog on a screen of ``columns``."""
    width = max(20, min(_WIDEST, columns - _FRAME) - len(head))
    return head + f"\n{' ' * len(head)}".join(
        textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action chosen in the menu, and the key that chose it."""

    offer: VerbOffer
    key: str


class ActionsScreen(ModalScreen[Chosen | None]):
    """Menu of actions, each with its crm line. An action that is not possible now is grey and says why.

    An action is chosen with the arrows and Enter, or at once by its own key.

    Args:
        title: The objects of the actions.
        offers: The actions, each with the reason why not; empty if the action is possible.
        keys: The keys of each action, by its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("close", "app.actions")

    def __init__(
        self,
        title: str,
        offers: Sequence[tuple[VerbOffer, str]],
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        super().__init__()
        self._title = title
        self._offers = list(offers)
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the actions."""
        with Vertical(id="dialog"):
            yield Static(Text(f"Actions on {self._title}"), classes="title")
            yield Options(*(self._option(*each) for each in self._offers), id="actions")
            yield Static(
                Text("Enter or its key  choose      Esc  close"), classes="keys", id="keys"
            )

    def on_mount(self) -> None:
        """Select the first action that is possible."""
        actions = self.query_one(Options)
        actions.highlighted = next(
            (at for at, (_, why_not) in enumerate(self._offers) if not why_not), None
        )
        self.set_focus(actions)

    def _option(self, offer: VerbOffer, why_not: str) -> Option:
        action = BY_ID[offer.verb.id]
        key = " ".join(map(key_name, self._keys.get(action.id, ())))
        head = f"{key:<3} {action.label:<21} "
        what = why_not or f"crm {'; '.join(offer.lines())}"
        text = Text(hanging(head, what, self.app.size.width))  # the list mutes a disabled option
        if not why_not:
            text.stylize("bold", len(head))
        return Option(text, id=action.id, disabled=bool(why_not))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the menu with the selected action."""
        event.stop()
        self._choose(event.option.id or "", "enter")

    def on_key(self, event: events.Key) -> None:
        """Close the menu with the action of the pressed key."""
        for action, keys in self._keys.items():
            if event.key in keys or event.character in keys:
                self._choose(action, event.key)

    def _choose(self, action: str, key: str) -> None:
        for offer, why_not in self._offers:
            if offer.verb.id == action and not why_not:
                self.dismiss(Chosen(offer, key))

    def action_close(self) -> None:
        """Close the menu without an action."""
        self.dismiss(None)
