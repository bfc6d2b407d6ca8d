"""What there is on the screen, and how much room it needs: pure, for all who paint it."""

from __future__ import annotations

from crmtui.crm.snapshot import FEED

_TITLES = {
    "nodes": "Nodes",
    "resources": "Resources",
    "feed": " ".join(FEED),
    "output": "Output",
}
PANES = tuple(_TITLES)
"""The panes, in the order in which the focus goes round and the number keys name them."""
_WIDE = (110, 32)
"""Columns and lines from which on everything is shown at once."""
LEAST = (40, 12)
"""Columns and lines below which there is no room for the screen."""


def is_wide(size: tuple[int, int]) -> bool:
    """Say whether ``size``, columns and lines, has room for everything at once."""
    return size[0] >= _WIDE[0] and size[1] >= _WIDE[1]


def title(name: str, summary: str = "") -> str:
    """Return the title of the pane ``name``."""
    words = f"- {summary} " if summary else ""
    return f" {PANES.index(name) + 1} {_TITLES[name]} {words}"
