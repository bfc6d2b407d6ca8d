"""What there is to say of the place in a line where the cursor is: usage, and long help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.completion import agents, crmsh, table
from crmtui.completion.candidates import SOURCES
from crmtui.completion.expected import arguments
from crmtui.completion.line import split
from crmtui.completion.offer import Question
from crmtui.completion.usage import Usage, usage_at

if TYPE_CHECKING:
    from crmtui.completion.table import Row
    from crmtui.completion.values import Knowledge
    from crmtui.completion.want import Want

_WITH_AGENT = ("primitive", "rsc_template")
_NOTHING_SAID = "Nothing more is known of it."


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say of a place in a line."""

    usage: Usage | None = None
    """How the command is typed, with the current argument marked; None where there is no command."""
    title: str = ""
    """What the text is about; empty when there is none."""
    text: str = ""
    """Paragraphs; may be empty."""


def explain(level: tuple[str, ...], line: str, knowledge: Knowledge) -> Explanation:
    """Return what there is to say of the end of ``line`` when crm is in ``level``.

    That is the parameter whose value is typed, else the agent, else the command, else the level.
    May start a program, as completion may.
    """
    words, word = split(line)
    if line.lstrip().startswith("#"):
        return Explanation()
    installed = knowledge.crmsh()
    path = level
    for index, name in enumerate(words):
        row = crmsh.command(path[-1] if path else table.ROOT, name, installed)
        if row is None:
            return Explanation()
        if not row.is_level:
            return _of_command(row, path, (*words[index + 1 :], word.text), knowledge)
        path = (*path, row.name)
    return _of_level(path, knowledge)


def _of_level(path: tuple[str, ...], knowledge: Knowledge) -> Explanation:
    if not path:
        return Explanation()
    above = path[-2] if len(path) > 1 else table.ROOT
    return Explanation(None, path[-1], _manual(above, path[-1], knowledge))


def _manual(level: str, name: str, knowledge: Knowledge) -> str:
    installed = knowledge.crmsh()
    known = installed.command(level, name) if installed else None
    row = table.command(level, name)
    return (known.manual if known else "") or (row.help if row else "")


def _of_command(
    row: Row, path: tuple[str, ...], words: tuple[str, ...], knowledge: Knowledge
) -> Explanation:
    *finished, word = words
    given = tuple(finished)
    wants = arguments(row, path, given, word)
    usage = usage_at(row, given, wants)
    for want in wants:
        found = _of_name(want, word, knowledge)
        if found is not None:
            return Explanation(usage, *found)
    agent = given[1] if row.name in _WITH_AGENT and len(given) > 1 else ""
    metadata = agents.metadata_of(agent, knowledge) if agent else None
    if metadata is not None:
        return Explanation(usage, metadata.name or agent, metadata.longdesc or metadata.shortdesc)
    level = path[-1] if path else table.ROOT
    return Explanation(usage, row.name, _manual(level, row.name, knowledge) or row.help)


def _of_name(want: Want, word: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """Return title and text of the name whose value is typed; None when it is not a value."""
    if not want.kind.endswith("-value") or not want.name or "=" not in word:
        return None
    kind = want.kind.removesuffix("-value")
    source = SOURCES.get(kind)
    if source is None:
        return None
    used = tuple(name for name in want.used if name != want.name)
    name = type(want)(kind, want.of, "", used, want.operation)
    for offer in source(Question(name, knowledge, "")):
        if (offer.display or offer.text) == want.name:
            default = f" Default: {offer.default}." if offer.default else ""
            text = offer.detail or offer.meta or _NOTHING_SAID
            return want.name, f"{text}\n\n{offer.type}.{default}".strip() if offer.type else text
    return None
