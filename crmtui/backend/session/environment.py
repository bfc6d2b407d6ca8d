"""Environment of crm: its variables, and the shell that poses as its editor."""

from __future__ import annotations

import re

_EDITOR = r"""sh -c 'printf "\\033]crmtui;edit;{nonce};"; echo "$1"; read -r rc; exit "$rc"' edit"""


def environment(columns: int, nonce: str) -> dict[str, str]:
    """Return the variables that make crm print plain, unpaged text and hand files to crmtui.

    crm's editor is a shell. The shell prints the file's path in an escape sequence, reads an exit status
    from a line, and exits with it. This needs only the terminal, so it works through nsenter and ssh.
    crm reads its editor as a configuration value, where ``%`` is forbidden.

    Args:
        columns: Width of crm's lists in characters. crm asks curses, which believes COLUMNS.
        nonce: Secret of this crm, which text from the cluster cannot contain to pose as a request.
    """
    return {
        "TERM": "dumb",
        "PAGER": "cat",
        "LC_ALL": "C.UTF-8",
        "INPUTRC": "/dev/null",  # the user's own may turn a typed bracket into two
        "COLUMNS": str(columns),
        "EDITOR": _EDITOR.format(nonce=nonce),
    }


def editor_request(nonce: str) -> re.Pattern[str]:
    """Return the pattern of a request to edit a file; its group ``path`` is the file."""
    return re.compile(rf"\x1b\]crmtui;edit;{nonce};(?P<path>[^\r\n]*)\r?\n")
