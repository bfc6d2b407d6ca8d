"""Rendering a keymap as the text of its file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crmtui.actions import ACTIONS
from crmtui.keymap.keys import written

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(keys: Sequence[str]) -> str:
    """Return ``keys``, in Textual's names, as a TOML list."""
    return "[" + ", ".join(json.dumps(written(key)) for key in keys) + "]"


def render(name: str, words: str) -> str:
    """Return the text of a keymap file that gives every action its default keys."""
    lines = [
        f"# The keymap {name}: action = keys; [] for an action that is to have no key.",
        "# Made from the registry of actions by: make generated",
        f'name = "{name}"',
        f'words = "{words}"',
        'editing = "emacs"',
        "",
        "[keys]",
    ]
    for action in ACTIONS:
        lines += [f"# {action.words}.", f'"{action.id}" = {listed(action.keys)}']
    return "\n".join(lines) + "\n"
