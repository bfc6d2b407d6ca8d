"""Text typed ahead on a terminal: taken before a question, since it cannot be the answer."""

from __future__ import annotations

import os
import select
from typing import TYPE_CHECKING

from prompt_toolkit.input.typeahead import get_typeahead

from crmtui.text import plain

if TYPE_CHECKING:
    from prompt_toolkit.input import Input

_CHUNK = 4096


def take_typed_ahead(terminal: Input) -> str:
    """Return the text that was typed and not read yet; the terminal holds none of it any more.

    Keys are left out, such as arrows: they make no text.
    """
    text = "".join(press.data for press in get_typeahead(terminal))
    # An unfinished line can be read only where the terminal does not wait for its end.
    with terminal.raw_mode():
        while select.select([terminal.fileno()], [], [], 0)[0]:
            data = os.read(terminal.fileno(), _CHUNK)
            if not data:
                break
            text += data.decode(errors="replace")
    return plain(text.replace("\r", "\n")).strip()
