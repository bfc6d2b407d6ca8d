"""Configuration file for crm to load: made on the target for one command, and removed after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import finish, run, start
from crmtui.errors import CrmtuiError
from crmtui.text import plain

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target

_MAKE = (
    'umask 077; f=$(mktemp "${TMPDIR:-/tmp}/crmtui-load.XXXXXX") && cat > "$f" && printf "%s" "$f"'
)


def make(target: Target, text: str) -> str:
    """Write ``text`` to a new file on ``target`` that only its user may read; return its path.

    The text goes through a pipe, so that no list of processes shows it.

    Raises:
        CrmtuiError: The file cannot be written.
        ClusterUnavailable: The target does not answer.
    """
    child = start(target, ("sh", "-c", _MAKE), reads=True)
    done = finish(child, "sh", given=f"{text}\n".encode())
    if done.status != 0:
        raise CrmtuiError(
            f"The configuration could not be written to a file on {target.name}.",
            hint=plain(done.errors).strip()[-300:] or "Is /tmp full?",
        )
    return done.output


def remove(target: Target, path: str) -> None:
    """Remove the file."""
    run(target, ("rm", "-f", "--", path))
