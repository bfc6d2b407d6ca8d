"""How a line is edited: with the keys of Emacs or of vi, and over more than one line."""

from __future__ import annotations

import os

from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from crmtui.cluster.text import plain

VARIABLE = "CRMTUI_EDITING"
"""The variable that says ``emacs`` or ``vi``; the option ``--editing`` sets it."""


def editing_mode() -> EditingMode:
    """Return which keys edit a line; Emacs's where nothing else is said."""
    return EditingMode.VI if os.environ.get(VARIABLE) == "vi" else EditingMode.EMACS


def pasted(text: str) -> str:
    """Return ``text`` as it may stand in a line: plain, without the new lines at its end."""
    return plain(text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(4).rstrip("\n")


def line_bindings() -> KeyBindings:
    """Return the bindings of more than one line: Alt-Enter, and Enter behind a backslash."""
    bindings = KeyBindings()

    @Condition
    def _is_continued() -> bool:
        from prompt_toolkit.application import get_app

        document = get_app().current_buffer.document
        return document.is_cursor_at_the_end and document.text.endswith("\\")

    @bindings.add("escape", "enter", filter=~is_searching)
    @bindings.add("enter", filter=_is_continued & ~is_searching)
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
