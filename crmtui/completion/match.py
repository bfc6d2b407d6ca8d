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


def matched(typed: str, text: str, display: str) -> tuple[int, ...]:
    """Return which letters of what is shown of ``text`` are typed, by their index.

    Args:
        typed: What is typed, in folded case.
        text: What is offered.
        display: What is shown of it: all, or a part.
    """
    if not typed:
        return ()
    offered = text.casefold()
    at = offered.find(typed)
    if at >= 0:
        places = list(range(at, at + len(typed)))
    else:
        places, at = [], -1
        for letter in typed:
            at = offered.find(letter, at + 1)
            if at < 0:
                return ()
            places.append(at)
    shift = max(0, text.rfind(display))
    return tuple(place - shift for place in places if 0 <= place - shift < len(display))
