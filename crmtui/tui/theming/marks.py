"""Marks of the screen, in Unicode and in ASCII; a word says the same beside each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster import glyphs

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """A set of signs, each one column wide."""

    severity: Mapping[str, str]
    """Signs by the severities of ``crmtui.cluster.glyphs``."""
    unfolded: str
    folded: str
    changed: str
    """Sign in the margin of a changed line."""
    marked: str
    """Sign in the margin of a row marked for an action."""
    upward: str
    """Sign beside the sorted column, the least first."""
    downward: str
    """Sign beside the sorted column, the most first."""


UNICODE = Marks(glyphs.UTF8, "▾", "▸", "▌", "✓", "▲", "▼")
ASCII = Marks(glyphs.ASCII, "v", ">", "|", "+", "^", "v")

_DRAWN = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄┈▔▁▂▃⎯", "-"),
        **dict.fromkeys("│┃║╎┆┊▏▕▌▐▊▋▍▎▉", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝┣┫╸╺", "+"),
        **dict.fromkeys("█▓▒░▄▅▆▇▀▖▗▘▝▙▟▛▜", " "),
        "…": "~",
        "→": ">",
        "⇒": ">",
        "·": ".",
        "•": "*",
        "✓": "+",
        "▾": "v",
        "▼": "v",
        "▲": "^",
        "▸": ">",
        "▶": ">",
    }
)


def in_ascii(text: str) -> str:
    """Return ``text`` in ASCII of the same width: lines as lines, unknown signs as ``?``."""
    return text.translate(_DRAWN).encode("ascii", "replace").decode("ascii")
