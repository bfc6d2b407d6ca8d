"""What an action of the registry says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal[
    "app", "list", "nodes", "resources", "feed", "timeline", "page", "output", "command", "wizard",
    "settings", "keys", "log", "pending", "leaving",
]  # fmt: skip
"""Where an action's keys hold: everywhere outside the command line, in every list and text, in one
pane, in the line, in a guided form, or in one dialog."""
PANES: tuple[Scope, ...] = ("nodes", "resources", "feed", "timeline", "page", "output")
"""The scopes of one pane; what holds in every list and everywhere holds there, too."""
DIALOG_SCOPES: tuple[Scope, ...] = ("settings", "keys", "log", "pending", "leaving")
"""The scopes of one dialog, where of all others only those keys hold that move, and that back out."""


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Something a key does."""

    id: str
    """``scope.verb``; what keymap files name."""
    scope: Scope
    label: str
    """One or two words for the footer."""
    words: str
    """What it does, as a sentence without a full stop, for the help screen."""
    keys: tuple[str, ...]
    """The keys of the default keymap, in Textual's names."""
    is_shown: bool = False
    """Whether the footer has room for it."""
    is_disruptive: bool = False
    """Whether it becomes lines of crm that change the cluster; those of nodes and resources are in
    ``crmtui.verbs``."""

    also: str = ""
    """Further words by which people look for it, beside its label and sentence."""

    argument: str = ""
    """What of the feed it toggles, which one method does for all."""

    @property
    def method(self) -> str:
        """What bindings call: the widget's own method, or the app's for what concerns the program.

        What changes the cluster goes one way for all of them.
        """
        if self.is_disruptive and self.scope in ("nodes", "resources"):
            return f"act('{self.id}')"
        if self.argument:
            return f"feed_toggle({self.argument!r})"
        own = self.id.replace(".", "_")
        return f"app.{own}" if self.id.startswith("app.") else own
