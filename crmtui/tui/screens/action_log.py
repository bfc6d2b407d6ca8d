"""The action log: every change with its user, forecast and outcome."""

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
"""Greatest number of changes listed; ``crmtui log`` prints all."""


class ActionLogScreen(ModalScreen[None]):
    """List of the changes, the newest first.

    Args:
        entries: The changes, oldest first.
        export: Writes the changes as a script; returns its path, or the reason of a failure.
        keys: The keys of each action, by its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("close", "app.log", also="q,enter"),
        *bindings_of("log"),
    ]

    def __init__(
        self,
        entries: Sequence[AuditEntry],
        export: Callable[[], str],
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        super().__init__()
        self._keys = keys
        self._entries = list(entries)[-_SHOWN:]
        self._export = export

    def compose(self) -> ComposeResult:
        """Lay out the changes."""
        with Vertical(id="dialog"):
            yield Static(Text("Action log: changes made with crmtui"), classes="title")
            if self._entries:
                yield Options(
                    *(
                        Option(_entry(entry, self.app.size.width))
                        for entry in reversed(self._entries)
                    )
                )
            else:
                yield Static(Text("Nothing has been changed yet."), classes="now")
            told = hints(self._keys, ("log.script", "export as a script"), ("", "Esc  close"))
            yield Static(Text(told), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Focus the list, at the newest change."""
        if self._entries:
            self.set_focus(self.query_one(Options))

    def action_log_script(self) -> None:
        """Export the changes as a script, and show its path."""
        self.query_one("#keys", Static).update(Text(self._export()))

    def action_close(self) -> None:
        """Close the log."""
        self.dismiss(None)


def _entry(entry: AuditEntry, columns: int) -> Text:
    text = Text()
    text.append(f"{entry.clock}  {entry.who}, {entry.origin}, {entry.where}\n")
    at = f"{' '.join(entry.level)} " if entry.level else ""
    for line in entry.lines:
        text.append(
            hanging("  ", f"{f'crm {at}' if entry.is_crm else ''}{line}", columns) + "\n", "bold"
        )
    if entry.forecast:
        text.append(hanging("  forecast: ", entry.forecast, columns) + "\n")
    text.append(hanging("  ", _outcome(entry), columns))
    return text


def _outcome(entry: AuditEntry) -> str:
    words = [entry.outcome or "not known: not finished, or crmtui ended first"]
    if entry.versions:
        words.append(f"CIB {entry.versions}")
    if entry.settled:
        words.append(entry.settled.rstrip("."))
        words += [entry.compared] if entry.compared else []
    elif entry.outcome != "done" and entry.said:
        words.append(entry.said.rstrip("."))
    return f"{'; '.join(words)}."
