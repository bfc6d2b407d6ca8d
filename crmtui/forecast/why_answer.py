"""Answer to why a resource runs in its place, or does not run: as values and as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Proof = Literal["alone", "together", "certain", "none", "untried"]
"""Result of a trial. ``alone``: without the cause the resource runs. ``together``: without it and
the other causes of this kind. ``certain``: it decides by itself, as a constraint with INFINITY
does. ``none``: removing it was not enough. ``untried``: it cannot be removed on a copy, or there
were too many causes.
"""

Part = Literal["state", "proved", "tried", "fix"]
"""Kind of a line of an explanation."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason."""

    sentence: str
    proof: Proof
    fix: str = ""
    """Line of crm that removes the reason; empty where there is none."""
    first: str = ""
    """Sentence about work to do before that line helps."""

    @property
    def is_known(self) -> bool:
        """True if the reason is confirmed, as far as known."""
        return self.proof not in ("none", "untried")


@dataclass(frozen=True, slots=True)
class Answer:
    """Reasons why a resource does not run, or does not run on one node."""

    node: str
    """Name of the node; empty for the cluster as a whole."""
    sentence: str
    """Short answer, without a full stop."""
    causes: tuple[Cause, ...] = ()

    @property
    def is_known(self) -> bool:
        """True if a cause was proved."""
        return any(each.is_known for each in self.causes)


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Everything known about the place of a resource, with the reasons."""

    resource: str
    state: str
    """Place of the resource, as a sentence without a full stop."""
    answers: tuple[Answer, ...]


def to_text(explanation: WhyAnswer) -> str:
    """Return the explanation as text: the state, then an answer for each question."""
    return "\n".join(text for text, _ in lines(explanation))


def lines(explanation: WhyAnswer) -> Iterator[tuple[str, Part]]:
    """Yield the lines of an explanation: for each answer the reasons first, rejected ones below."""
    yield explanation.state, "state"
    for answer in explanation.answers:
        yield "", "state"
        yield answer.sentence, "state"
        for cause in answer.causes:
            if cause.is_known:
                yield from _known(cause)
        for proof, title in _OTHERS.items():
            others = [each.sentence for each in answer.causes if each.proof == proof]
            if others:
                yield f"  {title}:", "tried"
                yield from ((f"    {each}", "tried") for each in others)


def _known(cause: Cause) -> Iterator[tuple[str, Part]]:
    yield f"  {_MARKS[cause.proof]} {cause.sentence}", "proved"
    if cause.first:
        yield f"      {cause.first}", "proved"
    if cause.fix:
        yield f"      crm {cause.fix}", "fix"


_MARKS = {"alone": "proved:  ", "together": "together:", "certain": "certain: "}
_OTHERS = {"none": "Tried, and not the reason", "untried": "Not tried"}
