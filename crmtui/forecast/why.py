"""Why a resource runs where it runs, or does not: the answer, as values and as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Proof = Literal["alone", "together", "none"]
"""``alone``: without it the resource runs. ``together``: without it and the others that say so.
``none``: it is there, but taking it away was not enough, or it cannot be taken away on a copy."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason."""

    sentence: str
    proof: Proof
    fix: str = ""
    """A line of crm that takes it away; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a resource does not run, or does not run on one node."""

    node: str
    """The node; empty for the cluster as a whole."""
    sentence: str
    """The answer in short, without a full stop."""
    causes: tuple[Cause, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether a cause was proved."""
        return any(each.proof != "none" for each in self.causes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known about where a resource runs, and why."""

    resource: str
    state: str
    """Where it runs, as a sentence without a full stop."""
    answers: tuple[Answer, ...]


def to_text(explanation: Explanation) -> str:
    """Return the explanation for people: the state, then an answer for each question."""
    return "\n".join(_lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.state
    for answer in explanation.answers:
        yield ""
        yield answer.sentence
        for cause in answer.causes:
            yield f"  {_MARKS[cause.proof]} {cause.sentence}"
            if cause.fix and cause.proof != "none":
                yield f"      crm {cause.fix}"


_MARKS = {
    "alone": "proved:  ",
    "together": "together:",
    "none": "tried:   ",
}
