"""Opening the screen on a terminal that can show it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from crmtui import keymap as keymaps
from crmtui.errors import TerminalUnfit

if TYPE_CHECKING:
    from crmtui.crm.target import Target

_DUMB = ("", "dumb", "unknown")


def check_terminal() -> None:
    """Refuse a terminal that cannot show a screen.

    Raises:
        TerminalUnfit: Input or output is no terminal, or TERM says it cannot move its cursor.
    """
    elsewhere = "crmtui shell needs a plain terminal only; crmtui snapshot needs none."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TerminalUnfit("Input or output is not a terminal.", hint=elsewhere)
    term = os.environ.get("TERM", "")
    if term in _DUMB:
        raise TerminalUnfit(
            f"TERM is {term or 'not set'}: crmtui cannot draw a screen on such a terminal.",
            hint=f"Set TERM to what your terminal is, for example xterm-256color. {elsewhere}",
        )


def knows_utf8() -> bool:
    """Say whether the locale of this terminal is a UTF-8 one."""
    locale = next(
        (os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), ""
    )
    return "utf8" in locale.lower().replace("-", "")


def run_screen(target: Target, *, keymap: str, is_ascii: bool) -> None:
    """Open the screen on ``target`` and return when it is left.

    Raises:
        TerminalUnfit: This terminal cannot show it.
        KeymapInvalid: There is no such keymap, or it cannot be used.
    """
    check_terminal()
    chosen = keymaps.load(keymap)
    from crmtui.tui.app import CrmtuiApp

    app = CrmtuiApp(target, chosen, is_ascii=is_ascii or not knows_utf8())
    status = app.run()
    if status:
        sys.exit(status)
