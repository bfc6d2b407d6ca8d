"""What crm finds in its environment, and the editor it finds there."""

from __future__ import annotations

import re

_EDITOR = r"""sh -c 'printf "\\033]crmtui;edit;{nonce};"; echo "$1"; read -r rc; exit "$rc"' edit"""


def environment(columns: int, nonce: str) -> dict[str, str]:
    """Return the variables that make crm print plain text, unpaged, and hand files to us.

    As an editor crm gets a shell that names the file in an escape sequence, waits for an exit
    status on a line and ends with it. That needs nothing but the terminal, so it works through
    nsenter and ssh alike. crm reads its editor as a configuration value, where ``%`` is forbidden.

    Args:
        columns: How wide crm may make its lists. It asks curses, which believes COLUMNS.
        nonce: What tells crm's request from text of the cluster that poses as one.
    """
    return {
        "TERM": "dumb",
        "PAGER": "cat",
        "LC_ALL": "C.UTF-8",
        "INPUTRC": "/dev/null",  # the user's may turn a typed bracket into two
        "COLUMNS": str(columns),
        "EDITOR": _EDITOR.format(nonce=nonce),
    }


def editor_request(nonce: str) -> re.Pattern[str]:
    """Return what matches a request to edit a file: its ``path`` is named."""
    return re.compile(rf"\x1b\]crmtui;edit;{nonce};(?P<path>[^\r\n]*)\r?\n")
