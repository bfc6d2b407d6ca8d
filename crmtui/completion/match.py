"""How well a candidate matches what is typed."""

from __future__ import annotations

from typing import Literal

Rank = Literal[0, 1, 2]
"""0 when the typed text begins it, 1 when it is part of it, 2 when its letters appear in order."""


def rank(typed: str, text: str) -> Rank | None:
    """Return how well ``text`` matches what is typed, or None.

    Args:
        typed: What is typed, in folded case (``str.casefold``).
        text: What is offered; upper and lower case are alike.
    """
    if not typed:
        return 0
    offered = text.casefold()
    if offered.startswith(typed):
        return 0
    if typed in offered:
        return 1
    letters = iter(offered)
    return 2 if all(letter in letters for letter in typed) else None
