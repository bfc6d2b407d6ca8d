"""Layout of the screen: its panes, and the room that they need. Pure, for every painter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.parallel import FEED
from crmtui.tui.presentation.key_names import key_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TITLES = {
    "nodes": "Nodes",
    "resources": "Resources",
    "feed": " ".join(FEED),
    "timeline": "Timeline",
    "output": "Output",
}
"""Titles of the panes."""
PANES = tuple(_TITLES)
"""Panes in the order in which the focus goes round."""
LISTS = ("nodes", "resources", "feed", "timeline")
"""Panes of which a small screen shows one; the resources are below the nodes."""
_WIDE = (110, 32)
"""Least columns and lines of a screen that shows everything at once."""
LEAST = (40, 12)
"""Least columns and lines of a usable screen."""


def is_wide(size: tuple[int, int]) -> bool:
    """Return true if ``size``, columns and lines, has room for everything at once."""
    return size[0] >= _WIDE[0] and size[1] >= _WIDE[1]


def title(name: str, *summaries: str, keys: Mapping[str, Sequence[str]], called: str = "") -> str:
    """Return the title of the pane ``name``.

    Args:
        name: Name of the pane.
        summaries: Summaries of the pane's content; empty ones are left out.
        keys: Keys of each action, by its id; the pane's own key stands before the title.
        called: Title instead of the usual one.
    """
    key = key_names(keys[f"pane.{name}"][:1])
    words = " - ".join(filter(None, (called or _TITLES[name], *summaries)))
    return f" {' '.join(filter(None, (key, words)))} "
