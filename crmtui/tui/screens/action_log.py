"""The action log: what was changed, by whom, what was foreseen and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.option_list import Option

from crmtui.tui.presentation.key_names import hints
from crmtui.tui.screens.action_menu import hanging
from crmtui.tui.textual_ext.bindings import bindings_of, closing
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.gate.audit_entry import AuditEntry

_SHOWN = 200
"""Changes that are listed; ``crmtui log`` prints all."""


class ActionLogScreen(ModalScreen[None]):
    """Lists changes, the newest first.

    Args:
        deeds: The changes, oldest first.
        export: Writes them as a script, and says where that lies or why it could not.
        keys: The keys of each action, by its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("close", "app.log", also="q,enter"),
        *bindings_of("log"),
    ]

    def __init__(
        self,
        deeds: Sequence[AuditEntry],
        export: Callable[[], str],
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        super().__init__()
        self._keys = keys
        self._deeds = list(deeds)[-_SHOWN:]
        self._export = export

    def compose(self) -> ComposeResult:
        """Lay out the changes."""
        with Vertical(id="dialog"):
            yield Static(Text("Action log: what crmtui has changed"), classes="title")
            if self._deeds:
                yield Options(
                    *(Option(_entry(deed, self.app.size.width)) for deed in reversed(self._deeds))
                )
            else:
                yield Static(Text("Nothing has been changed yet."), classes="now")
            told = hints(self._keys, ("log.script", "write it as a script"), ("", "Esc  close"))
            yield Static(Text(told), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Begin at the newest."""
        if self._deeds:
            self.set_focus(self.query_one(Options))

    def action_log_script(self) -> None:
        """Write the changes as a script."""
        self.query_one("#keys", Static).update(Text(self._export()))

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


def _entry(deed: AuditEntry, columns: int) -> Text:
    text = Text()
    text.append(f"{deed.clock}  {deed.who}, {deed.origin}, {deed.where}\n")
    at = f"{' '.join(deed.level)} " if deed.level else ""
    for line in deed.lines:
        text.append(
            hanging("  ", f"{f'crm {at}' if deed.is_crm else ''}{line}", columns) + "\n", "bold"
        )
    if deed.forecast:
        text.append(hanging("  forecast: ", deed.forecast, columns) + "\n")
    text.append(hanging("  ", _outcome(deed), columns))
    return text


def _outcome(deed: AuditEntry) -> str:
    words = [deed.outcome or "not finished, or crmtui ended before it was"]
    if deed.versions:
        words.append(f"CIB {deed.versions}")
    if deed.settled:
        words.append(deed.settled.rstrip("."))
        words += [deed.compared] if deed.compared else []
    elif deed.outcome != "done" and deed.said:
        words.append(deed.said.rstrip("."))
    return f"{'; '.join(words)}."
