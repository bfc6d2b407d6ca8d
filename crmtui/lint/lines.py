"""Checks of the lines of a text, each in the state in which crm comes to it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from crmtui.cib.staged_objects import with_staged
from crmtui.completion.candidates import complete
from crmtui.crmsh.line import levels_passed, parse
from crmtui.crmsh.words import whole_words, words_of
from crmtui.lint.arguments import wrong_words
from crmtui.lint.command_words import command_named, no_command
from crmtui.lint.lint_finding import LintFinding
from crmtui.lint.missing import missing, too_few, too_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.cib.objects import Configuration
    from crmtui.completion.values import Knowledge

_LINE = re.compile(r"(?:[^\n]|(?<=\\)\n)*")
_CONTINUED = re.compile(r"\\[ \t]*\n")


def lint(
    level: Sequence[str], text: str, knowledge: Knowledge, *, is_whole: bool = True
) -> tuple[LintFinding, ...]:
    """Return the findings about ``text``, from left to right.

    Several lines are checked one after the other: each finds the level and the objects that earlier
    lines leave.

    Args:
        level: The names of crm's levels, outermost first; none at the top.
        text: The typed text; a backslash at the end of a line continues it.
        knowledge: Facts about the cluster.
        is_whole: True if nothing more comes. Then the last word is judged as finished, and missing
            arguments of the last line are findings.
    """
    found: list[LintFinding] = []
    path = tuple(level)
    staged: list[str] = []
    lines = list(logical_lines(text))
    for index, (start, line) in enumerate(lines):
        ahead = cast("Knowledge", _Ahead(knowledge, tuple(staged))) if staged else knowledge
        is_last = index == len(lines) - 1
        for finding in _of_line(path, line, ahead, is_whole=is_whole or not is_last):
            found.append(replace(finding, start=finding.start + start, end=finding.end + start))
        path = _next_level(path, line)
        if "configure" in path:
            staged.append(line)
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def last_line(
    level: Sequence[str], text: str, knowledge: Knowledge
) -> tuple[tuple[str, ...], int, Knowledge]:
    """Return the level, start and knowledge of the last line of a text.

    Args:
        level: The names of crm's levels before the text.
        text: One line or several, as typed.
        knowledge: Facts about the cluster before the text.
    """
    path = tuple(level)
    *before, (start, _) = logical_lines(text)
    staged: list[str] = []
    for _, line in before:
        path = _next_level(path, line)
        if "configure" in path:
            staged.append(line)
    ahead = cast("Knowledge", _Ahead(knowledge, tuple(staged))) if staged else knowledge
    return path, start, ahead


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, continued ones as one, each with the index where it begins.

    Blanks replace the characters of a continuation, so that indices stay the same.
    """
    text = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _next_level(path: tuple[str, ...], line: str) -> tuple[str, ...]:
    passed = levels_passed(parse(path, line))
    return passed[-1] if passed else path


def _of_line(
    path: tuple[str, ...], line: str, knowledge: Knowledge, *, is_whole: bool
) -> Iterator[LintFinding]:
    if line.lstrip().startswith("#"):
        return
    _, last = words_of(line)
    if last.quote:
        yield LintFinding(last.opened, len(line), "error", "This quotation has no end.")
    is_unfinished = not is_whole and bool(last.text or last.quote)
    words = whole_words(line)
    installed = knowledge.crmsh()
    found = command_named(path, words, installed)
    if found.row is None:
        finding = no_command(found, installed)
        if finding is not None and not (
            is_unfinished and len(words) == len(found.path) + 1 - len(path)
        ):
            yield finding
        return
    wrong = [*wrong_words(found, line, knowledge), *too_many(found, knowledge)]
    can_go_on = is_unfinished and bool(complete(path, line, knowledge))
    yield from (f for f in wrong if not (can_go_on and f.end == len(line)))
    if not last.quote:
        yield from missing(found, knowledge)
        if is_whole:
            yield from too_few(found, knowledge)


class _Ahead:
    """Knowledge of a cluster after some more lines are staged."""

    def __init__(self, knowledge: Knowledge, lines: tuple[str, ...]) -> None:
        self._knowledge = knowledge
        self._lines = lines
        self._configuration: Configuration | None = None

    def configuration(self) -> Configuration:
        if self._configuration is None:
            self._configuration = with_staged(self._knowledge.configuration(), self._lines)
        return self._configuration

    def __getattr__(self, name: str) -> object:
        return getattr(self._knowledge, name)
