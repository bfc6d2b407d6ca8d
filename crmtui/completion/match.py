"""Match of a candidate with the typed text."""

from __future__ import annotations

from typing import Literal

Rank = Literal[0, 1, 2]
"""0: the candidate begins with the typed text; 1: contains it; 2: has its letters in order."""


def rank(typed: str, text: str) -> Rank | None:
    """Return the rank of ``text`` for the typed text; None if it does not match.

    Args:
        typed: The typed text, in folded case (``str.casefold``).
        text: The text of the candidate; upper and lower case are alike.
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
    """Return the indices of the typed letters in ``display``.

    Args:
        typed: The typed text, in folded case.
        text: The text of the candidate.
        display: The part of ``text`` that is shown, or all of it.
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
