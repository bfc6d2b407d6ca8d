"""Modes of editing: the keys of Emacs or of vi, and lines of more than one row."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, emacs_mode, is_searching, vi_insert_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.vi_state import InputMode

from crmtui.text import plain


def editing_mode(editing: str) -> EditingMode:
    """Return prompt_toolkit's editing mode for ``emacs`` or ``vi``."""
    return EditingMode.VI if editing == "vi" else EditingMode.EMACS


def pasted(text: str) -> str:
    """Return ``text`` made safe for a line, without the new lines at its end."""
    return plain(text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n")


def line_bindings() -> KeyBindings:
    """Return the bindings of more than one line: Alt-Enter or Ctrl-J, and Enter behind a backslash."""
    bindings = KeyBindings()

    @Condition
    def _is_continued() -> bool:
        document = get_app().current_buffer.document
        return document.is_cursor_at_the_end and document.text.endswith("\\")

    @bindings.add("c-j", filter=~is_searching)
    @bindings.add("escape", "enter", filter=~is_searching & emacs_mode)
    @bindings.add("enter", filter=_is_continued & ~is_searching)
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings


def escape_bindings() -> KeyBindings:
    """Return vi's Escape for an engine that is fed whole keys.

    prompt_toolkit waits for a following key, as a terminal sends Alt and a key as Escape and that key.
    """
    bindings = KeyBindings()

    @bindings.add("escape", eager=True, filter=vi_insert_mode)
    def _escape(event: KeyPressEvent) -> None:
        event.app.vi_state.input_mode = InputMode.NAVIGATION
        buffer = event.current_buffer
        buffer.cursor_position += buffer.document.get_cursor_left_position()

    return bindings
