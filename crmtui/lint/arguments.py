"""Checks of the words behind a command."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.completion.candidate_source import CandidateRequest
from crmtui.completion.expected import arguments, is_value_expected, options_of
from crmtui.completion.state_candidates import describe_object
from crmtui.lint.lint_finding import LintFinding, WordProblem
from crmtui.lint.pairs import PAIRS
from crmtui.lint.validators import VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.completion.expectation import Expectation
    from crmtui.completion.values import Knowledge
    from crmtui.crmsh.line import CrmLine
    from crmtui.crmsh.words import Word

_ID = re.compile(r"[A-Za-z_][\w.-]*")
"""Source: crmsh, ``is_id_valid``."""
_LIST_SCORE = re.compile(r"[+-]?(?:\d+|inf|infinity):", re.IGNORECASE)
"""Score at the start of an attribute list; lists are tried in the order of their scores."""
_TAKEN = ("$", "@", "description=")
"""Beginnings of ids of lists, references to another object's list, and notes: not checked."""
_SETS = frozenset({"property", "rsc_defaults", "op_defaults"})
"""Commands that may name a set of attributes first; the names of sets are free."""
_NAMED = ("id=", "$id=")
_MOST_NOUNS = 8
_FOREIGN = frozenset({"history"})
"""Levels whose nodes and resources may be those of another cluster."""
_ONCE = frozenset({"group"})
"""Commands that crm refuses if a word is repeated."""


def wrong_words(found: CrmLine, line: str, knowledge: Knowledge) -> Iterator[LintFinding]:
    """Yield findings about the arguments of a command, each judged alone.

    Args:
        found: The command, with the words behind it.
        line: The text that holds them.
        knowledge: Facts about the cluster.
    """
    if found.row is None:
        return
    given: tuple[str, ...] = ()
    if found.level in _FOREIGN:
        return
    for word in found.words:
        expectations = arguments(found.row, found.path, given, word.text)
        problem = None
        is_option = word.text in options_of(found.row)
        if not is_option and not _declares(found, given, word.text):
            problem = _of_id(found, word, expectations, knowledge) or _problem(
                expectations, word.text, knowledge, has_lists=bool(found.row.body)
            )
        if problem is None and found.row.name in _ONCE and word.text in given[1:]:
            problem = WordProblem("", f'"{word.text}" is named already.')
        if problem is not None:
            yield _finding(line, word, problem)
        given = (*given, word.text)


def _declares(found: CrmLine, given: tuple[str, ...], word: str) -> bool:
    """Say whether the next word names a node that may be new, or a set of attributes."""
    if found.level != "configure" or found.row is None:
        return False
    if found.row.name == "node":
        return not given
    return found.row.name in _SETS and (*given, word)[0].endswith(":")


def _of_id(
    found: CrmLine, word: Word, expectations: tuple[Expectation, ...], knowledge: Knowledge
) -> WordProblem | None:
    """Validate the id of a new object of the configuration."""
    if found.level != "configure" or not any(
        expectation.kind == "new-id" for expectation in expectations
    ):
        return None
    name = next((word.text[len(b) :] for b in _NAMED if word.text.startswith(b)), word.text)
    name = name.rstrip(":")
    if not _ID.fullmatch(name):
        return WordProblem(
            "", f'"{name}" is no id: a letter or _ first, then letters, digits, - _ and dots.'
        )
    configuration = knowledge.configuration()
    known = configuration.objects.get(name)
    if known is not None and known.kind != "node" and name not in configuration.replaceable:
        return WordProblem("", f'The id "{name}" is taken: {describe_object(known)}.')
    return None


def _problem(
    expectations: tuple[Expectation, ...], text: str, knowledge: Knowledge, *, has_lists: bool
) -> WordProblem | None:
    """Return the problem of a word that fits no expectation; None if it fits one."""
    is_known = any(expectation.kind in ("agent", "attribute-set") for expectation in expectations)
    if has_lists and (_LIST_SCORE.fullmatch(text) or text.startswith(_TAKEN)) and not is_known:
        return None
    is_value = is_value_expected(text, expectations)
    part = text.partition("=")[2] if is_value else text
    problems: list[WordProblem] = []
    for expectation in expectations:
        if is_value and expectation.kind == "word":
            continue
        validate = VALIDATORS.get(expectation.kind) or PAIRS.get(expectation.kind)
        problem = (
            validate(CandidateRequest(expectation, knowledge, part), part) if validate else None
        )
        if problem is None:
            return None
        is_part = is_value and problem.part == "word"
        problems.append(replace(problem, part="value") if is_part else problem)
    return _told(problems, text, is_value=is_value) if problems else None


def _told(problems: list[WordProblem], text: str, *, is_value: bool) -> WordProblem:
    for problem in problems:
        if problem.sentence:
            return problem
    nouns = dict.fromkeys(problem.noun for problem in problems)
    shown = ", ".join(list(nouns)[:_MOST_NOUNS]) + (" …" if len(nouns) > _MOST_NOUNS else "")
    if is_value:
        name = text.partition("=")[0]
        return WordProblem("", f"{name} has to be {_one_of(nouns)}.", problems[0].severity, "value")
    return WordProblem("", f'"{text}" cannot stand here, but {shown}.', problems[0].severity)


def _one_of(nouns: Iterable[str]) -> str:
    *first, last = nouns
    return f"{', '.join(first)} or {last}" if first else last


def _finding(line: str, word: Word, problem: WordProblem) -> LintFinding:
    start, end = word.start, len(line) if word.end < 0 else word.end
    equals = line.find("=", start, end)
    if equals >= 0 and problem.part == "name":
        end = equals
    elif equals >= 0 and problem.part == "value":
        start = min(equals + 1, end - 1)
    return LintFinding(start, end, problem.severity, problem.sentence)
