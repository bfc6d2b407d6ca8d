"""What a screen paints of the command line, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One row of the completion menu."""

    display: str
    meta: str
    """A short description; empty when there is none."""


@dataclass(frozen=True, slots=True)
class LineView:
    """The command line at one moment."""

    text: str
    cursor: int
    """Where the cursor stands, as an index into ``text``."""
    suggestion: str
    """What auto-suggestion would add at the end; empty when nothing."""
    menu: tuple[MenuItem, ...]
    selected: int | None
    """The row of ``menu`` that stands in the line; None when none does yet."""
    search: str | None = None
    """What is looked for in the history; None when nothing is."""


EMPTY = LineView(text="", cursor=0, suggestion="", menu=(), selected=None)
