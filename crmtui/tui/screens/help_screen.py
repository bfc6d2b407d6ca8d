"""The help: every action with its keys, as the keymap binds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.textual_ext.bindings import SCOPES, closing, listed
from crmtui.tui.widgets.dialogs import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.actions import Scope


class HelpScreen(ModalScreen[None]):
    """Dialog with every action and its keys, those of the focused pane first.

    Args:
        keys: The keys of each action, by its id.
        scope: The pane with the focus; its keys come first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("dismiss", "app.help", also="q,enter"),
    ]

    def __init__(self, keys: Mapping[str, tuple[str, ...]], scope: Scope = "app") -> None:
        super().__init__()
        self._keys = keys
        self._scope = scope

    def compose(self) -> ComposeResult:
        """Lay out one table of all keys."""
        with Vertical(id="dialog"):
            yield Static(Text("Help"), classes="title")
            with Reading():
                yield Static(self._table())
            yield Static(Text("Esc  close      arrows  scroll"), classes="keys")

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column()
        here_first = sorted(SCOPES, key=lambda scope: scope != self._scope)
        for scope, title in ((scope, SCOPES[scope]) for scope in here_first):
            if held := listed(scope, self._keys):
                table.add_row("", Text(title, "bold"))
            for keys, words in held:
                table.add_row(Text(key_names(keys)), Text(words))
        return table
