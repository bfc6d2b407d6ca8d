"""Candidates for the expected kinds, ranked: the second step of completion."""

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
"""The source of each kind; other kinds have no candidates."""


def complete(level: tuple[str, ...], line: str, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Return the candidates to go on with ``line``, the likeliest first.

    First come texts that begin with the typed one, then those that contain it, then those with its
    letters in order. Among equal matches required ones come first, then suitable nodes and the like.

    Args:
        level: The names of crm's levels, outermost first; none at the top.
        line: The text up to the cursor.
        knowledge: Facts about the cluster.
    """
    return candidates(expected(level, line, knowledge.crmsh()), knowledge)


def candidates(wanted: Expected, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Return the candidates for all expectations, the likeliest first."""
    word = wanted.word
    typed = word.text.casefold()
    ranks: tuple[list[SourceItem], ...] = ([], [], [])
    seen: set[str] = set()
    for offer in _offers(wanted, knowledge):
        # A text that has to go on, such as ``name=``, is no candidate once it is typed itself.
        if offer.text not in seen and (offer.is_final or offer.text != word.text):
            seen.add(offer.text)
            how = rank(typed, offer.text)
            if how is not None:
                ranks[how].append(offer)
    for best in ranks:
        best.sort(key=lambda offer: not offer.required)
    return tuple(_candidate(offer, word, typed) for best in ranks for offer in best)


def _offers(wanted: Expected, knowledge: Knowledge) -> Iterator[SourceItem]:
    for expectation in wanted.expectations:
        source = SOURCES.get(expectation.kind)
        if source is None:
            continue
        offers = source(CandidateRequest(expectation, knowledge, wanted.word.text))
        used = _taken(expectation)
        yield from (offer for offer in offers if offer.text not in used) if used else offers


def _taken(expectation: Expectation) -> frozenset[str]:
    """Return the texts not to offer again; a value may well repeat one before it."""
    return frozenset() if expectation.kind.endswith("value") else frozenset(expectation.used)


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
