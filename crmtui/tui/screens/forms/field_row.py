"""The row of a field: its label and its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Static

from crmtui.tui.screens.forms.text_entry import TextEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from crmtui.wizard.fields import Field


class FieldRow(Horizontal):
    """Row with the label and the input of a field.

    Args:
        field: The field.
        value: The present answer.
    """

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(classes="field")
        self.field = field
        self.input = TextEntry(
            value,
            placeholder=self._placeholder(),
            password=field.is_secret,
            suggester=SuggestFromList(field.choices, case_sensitive=False)
            if field.choices
            else None,
            compact=True,
            select_on_focus=False,
        )
        self.input.cursor_blink = False  # a blinking cursor costs traffic over ssh

    def compose(self) -> ComposeResult:
        """Lay out the label beside the input."""
        yield Static(self._label(), classes="field--label")
        yield self.input

    def _label(self) -> Text:
        mark = " *" if self.field.is_required else ""
        return Text(f"{self.field.label}{mark}", no_wrap=True, overflow="ellipsis")

    def _placeholder(self) -> str:
        field = self.field
        if field.default:
            return field.default
        words = " | ".join(field.choices) if len(field.choices) < 5 else ""
        if field.is_required:
            return f"needed: {words}" if words else "needed"
        return words

    def mark(self, state: str) -> None:
        """Mark the answer as ``wrong`` or ``doubtful``; an empty state clears the mark."""
        self.set_class(state == "wrong", "-wrong")
        self.set_class(state == "doubtful", "-doubtful")


def documentation(field: Field, key: Callable[[str], str]) -> Text:
    """Return the documentation of a field; ``key`` returns the key of an action, empty for none."""
    text = Text(field.label.strip(), "bold")
    facts = [
        *(["needed"] if field.is_required else []),
        *([field.kind] if field.kind not in ("text", "choice", "id") else []),
        *(["unique"] if field.is_unique else []),
        *([f"default {field.default}"] if field.default else []),
    ]
    text.append(f"  {', '.join(facts)}\n", "not bold dim")
    text.append(f"{field.short}\n", "not bold")
    if field.choices:
        shown = ", ".join(field.choices[:12])
        text.append(f"{key('wizard.choices') or 'Choices'}: {shown}\n", "not bold dim")
    if field.long and field.long != field.short:
        text.append(f"\n{field.long}", "not bold")
    return text
