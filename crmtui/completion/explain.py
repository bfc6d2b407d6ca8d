"""Explanation of the place in a line at the cursor: usage and long help."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmtui.completion import agent_candidates
from crmtui.completion.candidate_source import CandidateRequest
from crmtui.completion.candidates import SOURCES
from crmtui.completion.expected import arguments
from crmtui.completion.usage import Usage, usage, usage_at
from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.line import resolve
from crmtui.crmsh.words import is_comment, words_of

if TYPE_CHECKING:
    from crmtui.completion.expectation import Expectation
    from crmtui.completion.values import Knowledge
    from crmtui.crmsh.command_table import CommandRow

_WITH_AGENT = ("primitive", "rsc_template")
_NOTHING_SAID = "Nothing more is known of it."
_REFERENCE = 'See "crm '
"""The manual's text for a command with help in its code: ``See "crm node help standby" or …``."""
_TOP = "crm"
"""Title of the root level, which has no name in crm."""
_AT_THE_TOP = (
    "The top level of crm. A command runs at once; the name of a level enters it, and up comes back. "
    "A level and a command of it may stand in one line: resource status."
)


@dataclass(frozen=True, slots=True)
class UsageExplanation:
    """Explanation of a place in a line: usage, title and text."""

    usage: Usage | None = None
    """Usage of the command, with the current argument marked; None where there is no command."""
    title: str = ""
    """Subject of the text; empty if there is none."""
    text: str = ""
    """Paragraphs; may be empty."""


def explain(level: tuple[str, ...], line: str, knowledge: Knowledge) -> UsageExplanation:
    """Return the explanation of the end of ``line`` in ``level``.

    The subject is the parameter whose value is typed, else the agent, else the command, perhaps the
    word being typed, else the level. May start a program, as completion may.
    """
    words, word = words_of(line)
    if is_comment(line):
        return UsageExplanation(None, "#", "A comment: crm does nothing with it.")
    lookup = partial(installed_commands.command, crmsh=knowledge.crmsh())
    found = resolve(level, words, lookup)
    if found.row is not None:
        return _of_command(found.row, found.path, (*found.arguments, word.text), knowledge)
    if found.word is not None:
        return _of_level(found.path, knowledge, f'There is no command "{found.command}" here.')
    row = lookup(found.level, word.text)
    if row is None:
        return _of_level(found.path, knowledge)
    if row.is_level:
        return _of_level((*found.path, row.name), knowledge)
    return UsageExplanation(usage(row), row.name, _manual(found.level, row.name, knowledge))


def _name(path: tuple[str, ...]) -> str:
    return path[-1] if path else command_table.ROOT


def _of_level(path: tuple[str, ...], knowledge: Knowledge, trouble: str = "") -> UsageExplanation:
    """Explain a level with its manual and its commands."""
    told = _manual(_name(path[:-1]), path[-1], knowledge) if path else _AT_THE_TOP
    rows = (
        row for row in installed_commands.rows(_name(path), knowledge.crmsh()) if row.is_offered
    )
    listed = "\n".join(
        f"- {row.name}{'/' * row.is_level}  {row.help}".rstrip()
        for row in sorted(rows, key=lambda row: not row.is_level)
    )
    text = "\n\n".join(filter(None, (trouble, told, listed)))
    return UsageExplanation(None, path[-1] if path else _TOP, text)


def _manual(level: str, name: str, knowledge: Knowledge) -> str:
    """Return the text of crmsh's manual, or of our table where the manual only refers to ``help``."""
    installed = knowledge.crmsh()
    known = installed.command(level, name) if installed else None
    told = known.manual if known else ""
    if told and not told.startswith(_REFERENCE):
        return told
    row = installed_commands.command(level, name, installed)
    return _described(row) if row else _NOTHING_SAID


def _described(row: CommandRow) -> str:
    """Return our table's description of a command: purpose, usage and options."""
    options = "\n".join(
        f"- {', '.join((option.word, *option.aliases))}  {option.help}".rstrip()
        for option in row.options
    )
    usage_line = "" if row.is_level else f"Usage:\n- {usage(row).text}"
    return "\n\n".join(filter(None, (row.help, usage_line, options))) or _NOTHING_SAID


def _of_command(
    row: CommandRow, path: tuple[str, ...], words: tuple[str, ...], knowledge: Knowledge
) -> UsageExplanation:
    *finished, word = words
    given = tuple(finished)
    expectations = arguments(row, path, given, word)
    marked = usage_at(row, given, expectations)
    for expectation in expectations:
        found = _of_name(expectation, word, knowledge)
        if found is not None:
            return UsageExplanation(marked, *found)
    agent = given[1] if row.name in _WITH_AGENT and len(given) > 1 else ""
    metadata = agent_candidates.metadata_of(agent, knowledge) if agent else None
    if metadata is not None:
        return UsageExplanation(
            marked, metadata.name or agent, metadata.longdesc or metadata.shortdesc
        )
    return UsageExplanation(marked, row.name, _manual(_name(path), row.name, knowledge))


def _of_name(expectation: Expectation, word: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """Return title and text of the name whose value is typed; None if it is no value."""
    if not expectation.kind.endswith("-value") or not expectation.name or "=" not in word:
        return None
    kind = expectation.kind.removesuffix("-value")
    source = SOURCES.get(kind)
    if source is None:
        return None
    used = tuple(name for name in expectation.used if name != expectation.name)
    name = type(expectation)(kind, expectation.of, "", used, expectation.operation)
    for offer in source(CandidateRequest(name, knowledge, "")):
        if (offer.display or offer.text) == expectation.name:
            default = f" Default: {offer.default}." if offer.default else ""
            text = offer.detail or offer.meta or _NOTHING_SAID
            return (
                expectation.name,
                f"{text}\n\n{offer.type}.{default}".strip() if offer.type else text,
            )
    return None
