"""Key bindings of a line engine, beside prompt_toolkit's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindingsBase, merge_key_bindings
from prompt_toolkit.key_binding.bindings.auto_suggest import load_auto_suggest_bindings

from crmtui.editor.accepting import accept_bindings
from crmtui.editor.modes import escape_bindings, line_bindings

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.editor.checking import CrmCheck
    from crmtui.editor.returned_line import ReturnedLine


def engine_bindings(
    check: CrmCheck | None, say: Callable[[str], None], returned: ReturnedLine, *, remembers: bool
) -> KeyBindingsBase:
    """Return the bindings of one line.

    Args:
        check: The check of its commands; None for a line of answers.
        say: Called with a sentence when Enter changed the line instead of accepting it.
        returned: The line that came back.
        remembers: True where lines have a history, and so may have several rows.
    """
    bindings: list[KeyBindingsBase] = [load_auto_suggest_bindings(), escape_bindings()]
    if check is not None:
        bindings.append(accept_bindings(check.written_out, say))
    if remembers:
        bindings.append(line_bindings())
    return merge_key_bindings([*bindings, returned.bindings()])
