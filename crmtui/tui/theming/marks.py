"""The signs of the screen, in Unicode and in ASCII; none of them says what no word says."""

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
    """By the words of ``crmtui.cluster.glyphs``."""
    unfolded: str
    folded: str
    changed: str
    """In the margin of a line that changed."""
    marked: str
    """In the margin of a row that was marked for an action."""
    upward: str
    """Beside the column that rows are sorted by, the least first."""
    downward: str
    """The same, the most first."""


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
    """Return ``text`` in ASCII, of the same width: lines as lines, what has no likeness as ``?``."""
    return text.translate(_DRAWN).encode("ascii", "replace").decode("ascii")
