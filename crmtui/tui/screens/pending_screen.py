"""What waits for a commit: the lines that were typed, and what they make of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

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

Choice = Literal["commit", "discard", "close"]
_WORDS = {"added": "added", "removed": "deleted", "changed": "changed"}


class PendingScreen(ModalScreen[Choice]):
    """Shows the pending changes; Escape closes it, and nothing in it changes anything by itself.

    crm is asked first, so it may come while somebody types on: what was pressed before it could be
    read neither commits nor discards.

    Args:
        pending: What waits.
        can_settle: Whether crm stands where a commit can be typed.
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
        """Whether it has been on the screen long enough for a choice to count."""

    def compose(self) -> ComposeResult:
        """Lay out the differences above the lines that made them."""
        with Vertical(id="dialog"):
            yield Static(Text(self._title()), classes="title")
            with Reading(id="pending"):
                yield Static(id="changes")
            yield Static(Text(self._hints()), classes="keys")

    def on_mount(self) -> None:
        """Paint with the theme's colours, which are known now."""
        self.query_one("#changes", Static).update(self._changes())
        self.call_after_refresh(self.set_timer, READING_SECONDS, self._let_read)

    def _let_read(self) -> None:
        self.is_readable = True

    def _title(self) -> str:
        count = len(self._pending.lines)
        if not count:
            return "Nothing waits for a commit."
        lines = f"{count} line{'s' * (count != 1)}"
        changed = len(self._pending.differences)
        if not changed:
            return f"{lines} wait{'s' * (count == 1)} for a commit"
        objects = f"{changed} changed object{'s wait' if changed != 1 else ' waits'}"
        return f"{objects} for a commit, by {lines}"

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
                text.append("No object of the configuration differs.\n\n")
            text.append("Typed, in this order\n", "bold")
            for line in self._pending.lines:
                text.append("  ").append_text(self._painted(line)).append("\n")
            text.append("\n" + self._where(), self._style("note"))
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

    def _where(self) -> str:
        if self._pending.trouble:
            return f"Not on disk, in memory only: {self._pending.trouble}"
        return "Kept in a private journal: they outlive crm, crmtui and this terminal."

    def _style(self, part: str) -> str:
        return str(self.get_component_rich_style(f"pending--{part}", partial=True))

    def action_choose(self, choice: Choice) -> None:
        """Give the choice to who asked."""
        if choice == "close" or (self._can_settle and self.is_readable):
            self.dismiss(choice)
