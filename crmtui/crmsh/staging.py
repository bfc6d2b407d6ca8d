"""Which lines wait for a commit, and which lines would leave them behind.

Inside ``configure`` crm keeps changes in memory until ``commit``. Leaving asks what to do with
them, but from a sublevel of ``configure`` it loses them without a word (crmsh 4.4.1 and 5.x), and
4.4.1 offers no way to stay. So the session counts them itself and asks first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

_ERROR = re.compile(r"^ERROR: (?!\(\w+\))", re.MULTILINE)
_SYNTAX = re.compile(
    r"^ERROR: (?:syntax in |\S+: No such command|Cannot create \S+ with ID )", re.MULTILINE
)
_ACCEPTED = re.compile(r'^INFO: "(?P<typed>[^"]+)" is accepted as "(?P<name>[^"]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a line leaves uncommitted changes behind."""

    kind: Literal["up", "quit", "switch"]
    """Out of ``configure``, out of crm, or on to another CIB."""


def leaving(level: Sequence[str], line: str) -> Leaving | None:
    """Say how ``line``, typed at ``level``, would leave ``configure``, or crm as a whole."""
    found = parse(level, line)
    stack = list(found.path)
    if found.command == "quit":
        return Leaving("quit")
    if "configure" not in level:
        return None
    if found.level == "cib" and found.command in ("use", "new", "import"):
        return Leaving("switch")
    steps = [".."] if found.command == "up" else []
    if found.command == "cd":
        steps = (found.arguments[0] if found.arguments else "..").split("/")
    for step in steps:
        if step == ".." and stack and stack.pop() == "configure":
            return Leaving("up")
        if step not in ("", ".", ".."):
            stack.append(step)
    return None


def stages(level: Sequence[str], line: str) -> bool:
    """Say whether ``line``, typed at ``level``, changes what ``commit`` would commit.

    A whole ``configure primitive …`` from outside ``configure`` is committed at once.
    """
    found = parse(level, line)
    if "configure" not in level or not found.command:
        return False
    # A forced delete, an upgrade, and what crm guesses: at once or not, it is in what is pending, too.
    is_more = found.level == "configure" and found.effect == "write"
    is_hidden = not found.is_known and found.command.startswith("_")
    more = is_more and not is_hidden and not found.has("on-nodes")
    return found.effect == "stage" or more


def may_be_in_vain(level: Sequence[str], line: str) -> bool:
    """Say whether ``line``, typed at ``level``, may stage nothing, of which crm says nothing."""
    found = parse(level, line)
    return tuple(level) == ("configure",) == found.path and found.has("silent")


def is_commit(level: Sequence[str], line: str) -> bool:
    """Say whether ``line``, typed at ``level``, commits what waits."""
    return parse(level, line).effect == "commit"


def in_configure(level: Sequence[str], line: str) -> str:
    """Return what to type in ``configure`` instead of ``line`` at ``level``, which is below it."""
    below = list(level)[list(level).index("configure") + 1 :] if "configure" in level else []
    return " ".join([*below, line.strip()])


def has_failed(output: str) -> bool:
    """Say whether crm reported an error of its own.

    ``ERROR: (unpack_config) …`` is crm_verify talking about the CIB as a whole, and no failure.
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
    """Return which lines wait for a commit after ``line`` was run.

    A line that failed is counted, too, unless crm only did not understand it while others wait: one
    question too many is harmless, one too few loses work. See `is_doubtful`.

    Args:
        staged: Those that waited before.
        level: Where the line was typed.
        line: The line.
        output: What was printed since the last answer, or else since the line was sent.
        answer: The last answer given while it ran; empty for none.
        level_after: Where crm is now.
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
    """Return which configuration of ``template`` is loaded after ``line``; empty for none.

    Args:
        before: Which one was loaded.
        level: Where the line was typed.
        line: The line.
        level_after: Where crm is now.
        output: What was printed.
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
    """Say whether all that crm complained of is a line that it did not understand."""
    return len(_SYNTAX.findall(output)) == len(_ERROR.findall(output))


def is_doubtful(
    before: tuple[str, ...],
    after: tuple[str, ...],
    level_after: Sequence[str],
    output: str,
    *,
    was_interrupted: bool,
) -> bool:
    """Say whether crm has to be asked if the line that was just counted has staged anything.

    A line that ends in an error may have staged: ``delete a nosuch`` deletes ``a``. With other
    lines waiting the user is asked before he leaves anyway, and only ``configure`` can tell.

    Args:
        before: What waited before the line.
        after: What `settle` made of it.
        level_after: Where crm is now.
        output: What was printed.
        was_interrupted: Whether the user stopped what it ran.
    """
    is_first = not before and bool(after)
    is_open = has_failed(output) or was_interrupted
    return is_first and is_open and tuple(level_after[-1:]) == ("configure",)


def _as_accepted(line: str, output: str) -> str:
    """Return ``line`` with the names for which crm took its abbreviations."""
    names = {match["typed"]: match["name"] for match in _ACCEPTED.finditer(output)}
    first, blank, rest = line.strip().partition(" ")
    return f"{names.get(first, first)}{blank}{rest}"
