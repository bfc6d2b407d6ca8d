"""What came of a line: crm tells no status, so it is judged by its errors and by what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import is_commit, may_be_in_vain, stages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.session.evidence import Seen


Outcome = Literal["done", "failed", "staged", "no effect", "unknown"]
"""``staged``: crm reported an error, and what the line stages waits for a commit all the same.
``unknown``: crm reported no error, and what the line was to do cannot be seen in the CIB, or the
line was interrupted."""

_WORDS: Mapping[Outcome, str] = {
    "staged": "staged in spite of the error",
    "unknown": "outcome unknown",
}


def told(outcome: Outcome, seconds: float) -> str:
    """Return what came of a line, and how long it took, in a few words."""
    duration = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"{_WORDS.get(outcome, outcome)} {duration}"


def changes_cib(level: Sequence[str], line: str) -> bool:
    """Say whether ``line``, typed at ``level``, is to change the configuration at once."""
    found = parse(level, line)
    if is_commit(level, line):
        return True
    return "configure" not in level and found.effect == "write" and found.has("configures")


def outcome(
    level: Sequence[str],
    line: str,
    *,
    has_errors: bool,
    complaints: str,
    was_interrupted: bool,
    was_declined: bool,
    has_staged: bool,
    moved: bool | None,
    seen: Seen | None = None,
) -> Outcome:
    """Return what came of ``line``.

    Args:
        level: Where it was typed.
        line: The line.
        has_errors: Whether crm reported an error of its own.
        complaints: What came on standard error.
        was_interrupted: Whether the user stopped what it ran.
        was_declined: Whether the user, asked, chose to leave all as it is.
        has_staged: Whether it changed what waits for a commit.
        moved: Whether the configuration is another now; None where that is not known.
        seen: What can be seen to have come of a line that changes no configuration.
    """
    if was_declined:
        return "no effect"
    if was_interrupted and not (may_be_in_vain(level, line) and not has_staged):
        return "unknown"
    if has_errors:
        return "staged" if stages(level, line) and has_staged else "failed"
    if stages(level, line):
        return "done" if has_staged else "no effect"
    if changes_cib(level, line):
        if moved is None:
            return "unknown"
        if not moved:
            return "failed" if complaints else "no effect"
        return "done"
    return (seen or "unknown") if parse(level, line).effect == "write" else "done"
