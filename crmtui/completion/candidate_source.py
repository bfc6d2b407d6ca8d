"""What the sources of candidates give: things that exist, with their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from crmtui.completion.expectation import Expectation
    from crmtui.completion.values import Knowledge


class SourceItem(NamedTuple):
    """One thing of an expected kind, whether or not it matches what is typed."""

    text: str
    meta: str = ""
    display: str = ""
    """What a menu shows; empty when that is the text."""
    detail: str = ""
    required: bool = False
    is_final: bool = True
    type: str = ""
    """The type of a parameter's value: ``string``, ``boolean`` …; empty for what has none."""
    default: str = ""
    """The value it has when it is not set; empty where that is none or not known."""
    is_raw: bool = False
    """Part of crm's language, several words perhaps; anything else is quoted where necessary."""


@dataclass(frozen=True, slots=True)
class CandidateRequest:
    """What a source is asked."""

    want: Expectation
    knowledge: Knowledge
    typed: str
    """What is typed of the word; an answer need not match it."""


Source = Callable[[CandidateRequest], Iterable[SourceItem]]
"""Gives what there is of one kind."""

Sources = Mapping[str, Source]


def named(section: str) -> Iterable[SourceItem]:
    """Return the names in a section of ``names.txt`` as words."""
    return (SourceItem(row.name, row.help) for row in command_table.names(section).values())
