"""What there is on the screen, and how much room it needs: pure, for all who paint it."""

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
"""What panes are called."""
PANES = tuple(_TITLES)
"""The panes, in the order in which the focus goes round."""
LISTS = ("nodes", "resources", "feed", "timeline")
"""The panes of which one is open where there is no room for all; below the nodes are the resources."""
_WIDE = (110, 32)
"""Columns and lines from which on everything is shown at once."""
LEAST = (40, 12)
"""Columns and lines below which there is no room for the screen."""


def is_wide(size: tuple[int, int]) -> bool:
    """Say whether ``size``, columns and lines, has room for everything at once."""
    return size[0] >= _WIDE[0] and size[1] >= _WIDE[1]


def title(name: str, *summaries: str, keys: Mapping[str, Sequence[str]], called: str = "") -> str:
    """Return the title of the pane ``name``.

    Args:
        name: The pane.
        summaries: What there is to say of what it shows; empty ones are left out.
        keys: The keys of each action, by its id: before the name stands that which goes there.
        called: What stands for its usual name.
    """
    key = key_names(keys[f"pane.{name}"][:1])
    words = " - ".join(filter(None, (called or _TITLES[name], *summaries)))
    return f" {' '.join(filter(None, (key, words)))} "
