"""Bindings of Enter: a word that crm would guess is written out first, and the line not yet run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.document import Document
from prompt_toolkit.filters import is_searching
from prompt_toolkit.key_binding import KeyBindings

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from crmtui.lint import LintFinding


def accept_bindings(
    written_out: Callable[[str], LintFinding | None], say: Callable[[str], None]
) -> KeyBindings:
    """Return the bindings of Enter for a line of commands.

    Args:
        written_out: Returns the replacement for a word that crm would guess.
        say: Called with a sentence for the user if the line was changed instead of accepted.
    """
    bindings = KeyBindings()

    @bindings.add("enter", filter=~is_searching)
    def _accept(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        fix = written_out(buffer.text)
        if fix is None:
            buffer.validate_and_handle()
            return
        before, typed, after = (
            buffer.text[: fix.start],
            buffer.text[fix.start : fix.end],
            buffer.text[fix.end :],
        )
        text = f"{before}{fix.fix}{after}"
        buffer.document = Document(text, len(text))
        say(f'"{typed}" would be "{fix.fix}" to crm: it is written out, Enter runs it.')

    return bindings
