"""The undo dialog: the last changes of the configuration, to choose one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.tui.textual_ext.bindings import closing
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.gate.audit_entry import AuditEntry
    from crmtui.cib.invert import ConfigurationChange

_LINES = 6
"""Greatest number of differences listed for one change."""
_REMARK = (
    "Undo restores the configuration only: not fencing, clean-ups, a standby until reboot, or data that"
    " services changed meanwhile."
)


class UndoScreen(ModalScreen["ConfigurationChange | None"]):
    """List of changes, the newest first. A change that cannot be undone is grey and says why.

    Args:
        changes: The changes, each with the reason against an undo; empty if an undo is possible.
        entries: Entries of the action log, which may have made the changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("close", "app.undo", also="q")

    def __init__(
        self, changes: Sequence[tuple[ConfigurationChange, str]], entries: Sequence[AuditEntry] = ()
    ) -> None:
        super().__init__()
        self._changes = list(changes)
        self._entries = tuple(entries)

    def compose(self) -> ComposeResult:
        """Lay out the changes."""
        with Vertical(id="dialog"):
            yield Static(Text("Undo: choose a change"), classes="title")
            yield Options(
                *(
                    Option(self._entry(change, why_not), id=str(at), disabled=bool(why_not))
                    for at, (change, why_not) in enumerate(self._changes)
                )
            )
            yield Static(Text(_REMARK), classes="keys")
            yield Static(Text("Enter  show the forecast      Esc  close"), classes="keys")

    def on_mount(self) -> None:
        """Select the newest change that can be undone."""
        changes = self.query_one(Options)
        changes.highlighted = next(
            (at for at, (_, why_not) in enumerate(self._changes) if not why_not), None
        )
        self.set_focus(changes)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog with the selected change."""
        event.stop()
        self.dismiss(self._changes[int(event.option.id or "0")][0])

    def action_close(self) -> None:
        """Close the dialog without a change."""
        self.dismiss(None)

    def _entry(self, change: ConfigurationChange, why_not: str) -> Text:
        head = " ".join(filter(None, (change.after.when, change.after.who))) or "time unknown"
        epoch = change.after.version.configuration
        ours = [each for each in self._entries if each.reached(epoch) and each.is_crm]
        here = f"\n  made with crmtui: {'; '.join(ours[0].lines)}" if ours else ""
        what = "undo: " if change.undoes is not None else ""
        lines = [str(each) for each in change.differences]
        if len(lines) > _LINES:
            lines[_LINES:] = [f"… {len(lines) - _LINES} more"]
        written = "\n".join(f"  {line}" for line in lines)
        if why_not:  # the list mutes a disabled option
            return Text(f"{what}{head}{here}\n{written}\n  {why_not}")
        return Text.assemble(f"{what}{head}{here}\n", (written, "bold"))
