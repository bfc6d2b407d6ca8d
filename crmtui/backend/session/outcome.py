"""Outcome of a line, found from its errors and from changes, since crm reports no status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import is_commit, may_be_in_vain, stages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.session.evidence import SeenOutcome


Outcome = Literal["done", "failed", "staged", "no effect", "unknown"]
"""Outcome of a line.

``staged``: crm reported an error, but staged the change of the line all the same. ``unknown``: crm
reported no error, and the CIB does not show the effect of the line; or the line was interrupted."""

_WORDS: Mapping[Outcome, str] = {
    "staged": "staged in spite of the error",
    "unknown": "outcome unknown",
}


def told(outcome: Outcome, seconds: float) -> str:
    """Return the outcome and the duration of a line in a few words."""
    duration = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"{_WORDS.get(outcome, outcome)} {duration}"


def changes_cib(level: Sequence[str], line: str) -> bool:
    """Return True if ``line``, typed at ``level``, changes the configuration at once."""
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
    seen: SeenOutcome | None = None,
) -> Outcome:
    """Return the outcome of ``line``.

    Args:
        level: Level that the line was typed at.
        line: The line.
        has_errors: True if crm reported an error of its own.
        complaints: Text from standard error.
        was_interrupted: True if the user has stopped the programs of the line.
        was_declined: True if the user, asked, chose to change nothing.
        has_staged: True if the line has changed the uncommitted configuration.
        moved: True if the configuration in the CIB has changed; None if unknown.
        seen: Visible outcome of a line that does not change the configuration; None if unknown.
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
