"""A page: what is known of one object, in sections of short lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "ok", "busy", "note", "warn", "crit", "off", "dim"]
ObjectKind = Literal["node", "resource", "cluster"]


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that has a page."""

    kind: ObjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section."""

    name: str
    value: str = ""
    about: str = ""
    """What it means, where it comes from; the first thing to give way on a narrow screen."""
    tone: Tone = "plain"
    """Of name and value."""
    leads_to: Reference | None = None
    """The object it speaks of."""
    clears: str = ""
    """The resource whose leftover constraints this is one of."""
    below: tuple[Item, ...] = ()
    """What can be folded away: documentation, the members of a list."""
    is_folded: bool = False
    """Whether what is below is out of sight at first."""

    @property
    def is_problem(self) -> bool:
        """Whether somebody who looks for what is wrong wants to see it."""
        return self.tone in ("crit", "warn") or any(item.is_problem for item in self.below)


@dataclass(frozen=True, slots=True)
class PageSection:
    """Lines under one title."""

    title: str
    items: tuple[Item, ...] = ()
    note: str = ""
    """A word beside the title: how many, why there are none."""
    is_folded: bool = False
    """Whether its lines are out of sight at first."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one object."""

    reference: Reference
    title: str
    sections: tuple[PageSection, ...] = field(default=())


def paragraphs(text: str) -> tuple[Item, ...]:
    """Return documentation as items, a paragraph each, blank ones left out."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(Item("", about=part, tone="dim") for part in parts if part)
