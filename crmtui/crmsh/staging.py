"""Staging in ``configure``: lines that wait for a commit, and lines that would leave them behind.

Inside ``configure`` crm keeps changes in memory until ``commit``. On leaving ``configure`` it asks
about them. From a sublevel it loses them without a word (crmsh 4.4.1 and 5.x), and 4.4.1 offers no
way to stay. So the session counts the lines itself and asks first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import levels_passed, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

_ERROR = re.compile(r"^ERROR: (?!\(\w+\))", re.MULTILINE)
_SYNTAX = re.compile(
    r"^ERROR: (?:syntax in |\S+: No such command|Cannot create \S+ with ID )", re.MULTILINE
)
_ACCEPTED = re.compile(r'^INFO: "(?P<typed>[^"]+)" is accepted as "(?P<name>[^"]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Way in which a line leaves uncommitted changes behind."""

    kind: Literal["up", "quit", "switch"]
    """``up``: out of ``configure``; ``quit``: out of crm; ``switch``: on to another CIB."""


def leaving(level: Sequence[str], line: str) -> Leaving | None:
    """Return the way in which ``line``, typed at ``level``, would leave ``configure`` or crm."""
    found = parse(level, line)
    if found.command == "quit":
        return Leaving("quit")
    if "configure" not in level:
        return None
    if found.has("switches"):
        return Leaving("switch")
    is_out = any("configure" not in path for path in levels_passed(found) if found.command)
    return Leaving("up") if is_out else None


def stages(level: Sequence[str], line: str) -> bool:
    """Return true if ``line``, typed at ``level``, changes what ``commit`` would commit.

    crm commits a whole ``configure primitive …`` from outside ``configure`` at once.
    """
    found = parse(level, line)
    if "configure" not in level or not found.command:
        return False
    # A forced delete, an upgrade and a guess of crm may act at once, yet also change what is
    # pending.
    is_more = found.level == "configure" and found.effect == "write"
    is_hidden = not found.is_known and found.command.startswith("_")
    more = is_more and not is_hidden and not found.has("on-nodes")
    return found.effect == "stage" or more


def may_be_in_vain(level: Sequence[str], line: str) -> bool:
    """Return true if ``line``, typed at ``level``, may stage nothing while crm keeps silent."""
    found = parse(level, line)
    return tuple(level) == ("configure",) == found.path and found.has("silent")


def is_commit(level: Sequence[str], line: str) -> bool:
    """Return true if ``line``, typed at ``level``, commits what waits."""
    return parse(level, line).effect == "commit"


def in_configure(level: Sequence[str], line: str) -> str:
    """Return the words to type in ``configure`` instead of ``line`` at ``level``, a sublevel of it."""
    below = list(level)[list(level).index("configure") + 1 :] if "configure" in level else []
    return " ".join([*below, line.strip()])


def has_failed(output: str) -> bool:
    """Return true if crm reported an error of its own.

    ``ERROR: (unpack_config) …`` comes from crm_verify, about the CIB as a whole, and is no failure.
    """
    return _ERROR.search(output) is not None


def settle(
    staged: tuple[str, ...],
    level: Sequence[str],
    line: str,
    *,
    output: str,
    answer: str,
    level_after: Sequence[str],
) -> tuple[str, ...]:
    """Return the lines that wait for a commit after ``line``.

    A failed line counts, too, unless crm did not even understand it and other lines wait. One
    question too many is harmless, one too few loses work. See `is_doubtful`.

    Args:
        staged: Lines that waited before.
        level: Levels in which the line was typed.
        line: The line.
        output: Output since the last answer, or else since the line was sent.
        answer: Last answer given while the line ran; empty for none.
        level_after: Present levels of crm.
    """
    if "configure" not in level_after:
        return ()
    declined = answer.lower().startswith("n")
    found = parse(level, _as_accepted(line, output))
    if found.level == "configure" and found.command in ("commit", "refresh"):
        return staged if declined or has_failed(output) else ()
    if not stages(level, _as_accepted(line, output)):
        return staged
    if staged and has_failed(output) and _is_all_syntax(output):
        return staged
    return staged if declined and found.has("declinable") else (*staged, line)


def loaded(
    before: str, level: Sequence[str], line: str, level_after: Sequence[str], output: str
) -> str:
    """Return the name of the configuration of ``template`` loaded after ``line``; empty for none.

    Args:
        before: Name of the configuration loaded before.
        level: Levels in which the line was typed.
        line: The line.
        level_after: Present levels of crm.
        output: Output of the line.
    """
    if tuple(level_after[-1:]) != ("template",):
        return ""
    found = parse(level, line)
    if found.level != "template" or has_failed(output):
        return before
    if found.command in ("load", "new"):
        return found.arguments[0] if found.arguments else ""
    is_gone = found.command == "delete" and before in found.arguments
    return "" if is_gone else before


def _is_all_syntax(output: str) -> bool:
    """Return true if every complaint of crm is about a line that it did not understand."""
    return len(_SYNTAX.findall(output)) == len(_ERROR.findall(output))


def is_doubtful(
    before: tuple[str, ...],
    after: tuple[str, ...],
    level_after: Sequence[str],
    output: str,
    *,
    was_interrupted: bool,
) -> bool:
    """Return true if only crm can tell whether the line just counted has staged anything.

    A line that ends in an error may have staged: ``delete a nosuch`` deletes ``a``. While other
    lines wait, leaving asks anyway, and only ``configure`` can tell.

    Args:
        before: Lines that waited before the line.
        after: Lines that wait now, by `settle`.
        level_after: Present levels of crm.
        output: Output of the line.
        was_interrupted: True if the user interrupted the line.
    """
    is_first = not before and bool(after)
    is_open = has_failed(output) or was_interrupted
    return is_first and is_open and tuple(level_after[-1:]) == ("configure",)


def _as_accepted(line: str, output: str) -> str:
    """Return ``line`` with crm's names in place of the abbreviations that it accepted."""
    names = {match["typed"]: match["name"] for match in _ACCEPTED.finditer(output)}
    first, blank, rest = line.strip().partition(" ")
    return f"{names.get(first, first)}{blank}{rest}"
