"""Line that came back unsent, still untouched: typing replaces it, so that no mixture is ever sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.filters import Condition, emacs_insert_mode, is_searching, vi_insert_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from crmtui.editor.modes import pasted

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer

EXPLANATION = "It came back: typing replaces it (Up has it), arrows edit it, Enter runs it."
"""The sentence beside a returned line; it fits into 80 columns."""


class ReturnedLine:
    """Keeps a line that came back apart from what is typed behind it.

    Somebody types on while a line is judged: the keys under way when it comes back belong to the next
    line. The first key decides. One that inserts puts the returned line into the history and begins
    anew; any other, such as an arrow or Backspace, takes the line up to be edited.
    """

    def __init__(self) -> None:
        self._text = ""

    @property
    def stands(self) -> bool:
        """True while a returned line stands in the buffer, untouched."""
        return bool(self._text)

    def put(self, text: str) -> None:
        """Take note that ``text`` came back and stands in the buffer."""
        self._text = text

    def take_up(self) -> None:
        """Let the line be one like any other from here on."""
        self._text = ""

    def bindings(self) -> KeyBindings:
        """Return the bindings of the keys that insert; they have to come after all others."""
        bindings = KeyBindings()
        is_inserting = emacs_insert_mode | vi_insert_mode
        is_untouched = Condition(lambda: self.stands) & is_inserting & ~is_searching

        @bindings.add(Keys.Any, filter=is_untouched)
        def _insert(event: KeyPressEvent) -> None:
            self._begin_anew(event.current_buffer, event.data * event.arg)

        @bindings.add(Keys.BracketedPaste, filter=is_untouched)
        def _paste(event: KeyPressEvent) -> None:
            self._begin_anew(event.current_buffer, pasted(event.data))

        @bindings.add("c-j", filter=is_untouched)
        def _new_line(event: KeyPressEvent) -> None:
            self._begin_anew(event.current_buffer, "")

        return bindings

    def follow(self, app: Application[Any]) -> None:
        """Take the line up after any key of ``app``."""
        app.key_processor.after_key_press += lambda _keys: self.take_up()

    def _begin_anew(self, buffer: Buffer, text: str) -> None:
        returned, self._text = self._text, ""
        if buffer.text == returned:
            buffer.history.append_string(returned)
            buffer.reset()
            buffer.load_history_if_not_yet_loaded()
        buffer.insert_text(text)
