"""The uncommitted changes: the typed lines, and the objects that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.backend.gate.presenter import (
    NO_DIFFERENCE,
    TYPED_IN_ORDER,
    pending_place,
    pending_title,
)
from crmtui.tui.presentation import crm_text
from crmtui.tui.presentation.key_names import hints
from crmtui.tui.screens.confirm import READING_SECONDS
from crmtui.tui.textual_ext.bindings import bindings_of, closing
from crmtui.tui.widgets.dialogs import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.session.events import PendingShown
    from crmtui.cib.text_diff import ObjectDiff

PendingChoice = Literal["commit", "discard", "close"]
_WORDS = {"added": "added", "removed": "deleted", "changed": "changed"}


class PendingScreen(ModalScreen[PendingChoice]):
    """Dialog with the uncommitted changes; its keys commit or discard them, Escape closes it.

    The dialog opens after an answer of crm, perhaps in the middle of typing. Keys pressed before the
    dialog is readable neither commit nor discard.

    Args:
        pending: The lines, and the objects that they change.
        can_settle: True while the prompt of crm takes a commit.
        keys: The keys of each action, by its id.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"pending--{part}" for part in ("added", "removed", "changed", "note")),
        *crm_text.COMPONENT_CLASSES,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("choose('close')", "app.pending", also="q,enter"),
        *bindings_of(
            "pending",
            {"pending.commit": "choose('commit')", "pending.discard": "choose('discard')"},
        ),
    ]

    def __init__(
        self, pending: PendingShown, *, can_settle: bool, keys: Mapping[str, tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._keys = keys
        self._pending = pending
        self._can_settle = can_settle and bool(pending.lines)
        self.is_readable = False
        """True once the dialog has been on the screen for `READING_SECONDS`; then a choice counts."""

    def compose(self) -> ComposeResult:
        """Lay out the differences above the lines that made them."""
        with Vertical(id="dialog"):
            yield Static(Text(pending_title(self._pending)), classes="title")
            with Reading(id="pending"):
                yield Static(id="changes")
            yield Static(Text(self._hints()), classes="keys")

    def on_mount(self) -> None:
        """Paint with the theme's colours, which are known now."""
        self.query_one("#changes", Static).update(self._changes())
        self.call_after_refresh(self.set_timer, READING_SECONDS, self._let_read)

    def _let_read(self) -> None:
        self.is_readable = True

    def _hints(self) -> str:
        settling = [("pending.commit", "commit"), ("pending.discard", "discard")]
        told = settling if self._can_settle else []
        return hints(self._keys, *told, ("", "Esc  close"), ("", "arrows  scroll"))

    def _changes(self) -> Text:
        text = Text()
        for change in self._pending.differences:
            self._append(text, change)
        if self._pending.lines:
            if not self._pending.differences:
                text.append(f"{NO_DIFFERENCE}\n\n")
            text.append(f"{TYPED_IN_ORDER}\n", "bold")
            for line in self._pending.lines:
                text.append("  ").append_text(self._painted(line)).append("\n")
            text.append("\n" + pending_place(self._pending), self._style("note"))
        return text

    def _append(self, text: Text, change: ObjectDiff) -> None:
        style = self._style(change.kind)
        text.append(f"{change.name}: {_WORDS[change.kind]}\n", f"bold {style}")
        for sign, line in change.lines:
            part = {"+": "added", "-": "removed"}.get(sign)
            if part:
                text.append(f"  {sign} {line}\n", self._style(part))
            else:
                text.append(f"  {sign} ").append_text(self._painted(line)).append("\n")
        text.append("\n")

    def _painted(self, line: str) -> Text:
        def style(name: str) -> Style:
            return self.get_component_rich_style(name, partial=True)

        return crm_text.crm_text(line, style)

    def _style(self, part: str) -> str:
        return str(self.get_component_rich_style(f"pending--{part}", partial=True))

    def action_choose(self, choice: PendingChoice) -> None:
        """Close the dialog with the choice; commit and discard only once the dialog is readable."""
        if choice == "close" or (self._can_settle and self.is_readable):
            self.dismiss(choice)
