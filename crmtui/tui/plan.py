"""What there is on the screen, and how much room it needs: pure, for all who paint it."""

from __future__ import annotations

from crmtui.crm.snapshot import FEED

_TITLES = {
    "nodes": (1, "Nodes"),
    "resources": (2, "Resources"),
    "feed": (3, " ".join(FEED)),
    "timeline": (5, "Timeline"),
    "output": (4, "Output"),
}
"""What panes are called, and the number keys that name them."""
PANES = tuple(_TITLES)
"""The panes, in the order in which the focus goes round."""
LISTS = ("nodes", "resources", "feed", "timeline")
"""The panes of which one is open where there is no room for all."""
_WIDE = (110, 32)
"""Columns and lines from which on everything is shown at once."""
LEAST = (40, 12)
"""Columns and lines below which there is no room for the screen."""


def is_wide(size: tuple[int, int]) -> bool:
    """Say whether ``size``, columns and lines, has room for everything at once."""
    return size[0] >= _WIDE[0] and size[1] >= _WIDE[1]


def title(name: str, *summaries: str, called: str = "") -> str:
    """Return the title of the pane ``name``.

    Args:
        name: The pane.
        summaries: What there is to say of what it shows; empty ones are left out.
        called: What stands for its usual name.
    """
    number, usual = _TITLES[name]
    return f" {number} {' - '.join(filter(None, (called or usual, *summaries)))} "
