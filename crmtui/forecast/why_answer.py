"""Why a resource runs where it runs, or does not: the answer, as values and as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Proof = Literal["alone", "together", "certain", "none", "untried"]
"""``alone``: without it the resource runs. ``together``: without it and the others that say so.
``certain``: it decides by itself, as a constraint with INFINITY does. ``none``: it is there, but taking
it away was not enough. ``untried``: it cannot be taken away on a copy, or there were too many."""

Part = Literal["state", "proved", "tried", "fix"]
"""What a line of an explanation is."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason."""

    sentence: str
    proof: Proof
    fix: str = ""
    """A line of crm that takes it away; empty where there is none."""
    first: str = ""
    """What has to be done before that line helps, as a sentence."""

    @property
    def is_known(self) -> bool:
        """Whether it is a reason, as far as anything here is known."""
        return self.proof not in ("none", "untried")


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
        return any(each.is_known for each in self.causes)


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """All that is known about where a resource runs, and why."""

    resource: str
    state: str
    """Where it runs, as a sentence without a full stop."""
    answers: tuple[Answer, ...]


def to_text(explanation: WhyAnswer) -> str:
    """Return the explanation for people: the state, then an answer for each question."""
    return "\n".join(text for text, _ in lines(explanation))


def lines(explanation: WhyAnswer) -> Iterator[tuple[str, Part]]:
    """Yield the lines of an explanation: of each answer the reasons first, what is none below."""
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
