"""Which things there are of the kinds that are expected: the second of two steps."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.completion import (
    agent_candidates,
    file_candidates,
    object_candidates,
    placement_candidates,
    state_candidates,
    word_candidates,
)
from crmtui.completion.candidate_source import CandidateRequest, SourceItem, Sources
from crmtui.completion.expected import Expected, expected
from crmtui.completion.match import matched, rank
from crmtui.completion.values import Candidate, Knowledge
from crmtui.crmsh.words import Word, completed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.completion.expectation import Expectation

SOURCES: Sources = MappingProxyType(
    {
        **word_candidates.SOURCES,
        **agent_candidates.SOURCES,
        **state_candidates.SOURCES,
        **object_candidates.SOURCES,
        **placement_candidates.SOURCES,
        **file_candidates.SOURCES,
    }
)
"""What gives the candidates of each kind; of a kind that is not here nothing can be offered."""


def complete(level: tuple[str, ...], line: str, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Return the ways to go on with ``line``, the likeliest first.

    What begins with the typed text comes first, then what contains it, then what has its letters in
    order; of those that match alike the required ones come first, then suitable nodes and the like.

    Args:
        level: The names of the levels that crm is in, none at the top.
        line: What is typed up to the cursor.
        knowledge: What is known of the cluster.
    """
    return candidates(expected(level, line, knowledge.crmsh()), knowledge)


def candidates(wanted: Expected, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Return the candidates of what is expected, the likeliest first."""
    word = wanted.word
    typed = word.text.casefold()
    ranks: tuple[list[SourceItem], ...] = ([], [], [])
    seen: set[str] = set()
    for offer in _offers(wanted, knowledge):
        # What has to go on is no candidate once it is typed itself.
        if offer.text not in seen and (offer.is_final or offer.text != word.text):
            seen.add(offer.text)
            how = rank(typed, offer.text)
            if how is not None:
                ranks[how].append(offer)
    for best in ranks:
        best.sort(key=lambda offer: not offer.required)
    return tuple(_candidate(offer, word, typed) for best in ranks for offer in best)


def _offers(wanted: Expected, knowledge: Knowledge) -> Iterator[SourceItem]:
    for want in wanted.wants:
        source = SOURCES.get(want.kind)
        if source is None:
            continue
        offers = source(CandidateRequest(want, knowledge, wanted.word.text))
        used = _taken(want)
        yield from (offer for offer in offers if offer.text not in used) if used else offers


def _taken(want: Expectation) -> frozenset[str]:
    """Return what must not be offered again; a value may well be the same as one before it."""
    return frozenset() if want.kind.endswith("value") else frozenset(want.used)


@lru_cache(maxsize=4096)
def _candidate(offer: SourceItem, word: Word, typed: str) -> Candidate:
    shown = offer.display or offer.text
    is_quoted = offer.is_final and not offer.is_raw
    return Candidate(
        text=completed(offer.text, word.quote) if is_quoted else offer.text,
        start=word.start,
        display=shown,
        meta=offer.meta,
        required=offer.required,
        detail=offer.detail,
        is_final=offer.is_final,
        type=offer.type,
        default=offer.default,
        matches=matched(typed, offer.text, shown),
    )
