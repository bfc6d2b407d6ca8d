"""Page of one object, in sections of short lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PageTone = Literal["plain", "ok", "busy", "note", "warn", "crit", "off", "dim"]
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
    """Meaning or origin; the first part to give way on a narrow screen."""
    tone: PageTone = "plain"
    """Tone of name and value."""
    leads_to: Reference | None = None
    """Object that the line names; None for no object."""
    clears: str = ""
    """Id of the resource that owns this leftover constraint; empty for other lines."""
    below: tuple[Item, ...] = ()
    """Lines that can be folded away: documentation, the members of a list."""
    is_folded: bool = False
    """True if the lines below are hidden at first."""

    @property
    def is_problem(self) -> bool:
        """True if the line shows a problem."""
        return self.tone in ("crit", "warn") or any(item.is_problem for item in self.below)


@dataclass(frozen=True, slots=True)
class PageSection:
    """Lines under one title."""

    title: str
    items: tuple[Item, ...] = ()
    note: str = ""
    """Words beside the title: a number, or the reason why there are no lines."""
    is_folded: bool = False
    """True if its lines are hidden at first."""


@dataclass(frozen=True, slots=True)
class Page:
    """All known facts about one object."""

    reference: Reference
    title: str
    sections: tuple[PageSection, ...] = field(default=())


def paragraphs(text: str) -> tuple[Item, ...]:
    """Return documentation as items, one a paragraph, without blank ones."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(Item("", about=part, tone="dim") for part in parts if part)
