"""Sources of candidates: existing things, with their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from crmtui.completion.expectation import Expectation
    from crmtui.completion.values import Knowledge


class SourceItem(NamedTuple):
    """Thing of an expected kind, matching the typed text or not."""

    text: str
    meta: str = ""
    display: str = ""
    """The text in a menu; empty if it is ``text``."""
    detail: str = ""
    required: bool = False
    is_final: bool = True
    type: str = ""
    """The type of a parameter's value: ``string``, ``boolean`` …; empty for other things."""
    default: str = ""
    """The value while none is set; empty if unknown or none."""
    is_raw: bool = False
    """True for a part of crm's language, perhaps several words; other text is quoted if necessary."""


@dataclass(frozen=True, slots=True)
class CandidateRequest:
    """Request to a source: the expectation, the typed text, and the knowledge."""

    expectation: Expectation
    knowledge: Knowledge
    typed: str
    """The typed part of the word; an answer need not match it."""


Source = Callable[[CandidateRequest], Iterable[SourceItem]]
"""Gives the existing things of one kind."""

Sources = Mapping[str, Source]


def named(section: str) -> Iterable[SourceItem]:
    """Return the names in a section of ``names.txt`` as words."""
    return (SourceItem(row.name, row.help) for row in command_table.names(section).values())
