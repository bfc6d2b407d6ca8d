"""Action of the registry: its id, scope, label, sentence and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal[
    "app", "list", "nodes", "resources", "feed", "timeline", "page", "output", "command", "wizard",
    "settings", "keys", "log", "pending", "leaving",
]  # fmt: skip
"""Scope of an action's keys: everywhere outside the command line, every list and text, one pane, the
command line, a guided form, or one dialog."""
PANES: tuple[Scope, ...] = ("nodes", "resources", "feed", "timeline", "page", "output")
"""Scopes of one pane; the actions of ``app`` and ``list`` hold there, too."""
DIALOG_SCOPES: tuple[Scope, ...] = ("settings", "keys", "log", "pending", "leaving")
"""Scopes of one dialog; of the other actions, only those that move or go back hold there."""


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Action that a key does."""

    id: str
    """``scope.verb``, the name in keymap files."""
    scope: Scope
    label: str
    """One or two words for the footer."""
    words: str
    """Sentence for the help screen, in the imperative, without a full stop."""
    keys: tuple[str, ...]
    """The keys of the default keymap, in Textual's names."""
    is_shown: bool = False
    """True if the footer shows it."""
    is_disruptive: bool = False
    """True if it becomes crm lines that change the cluster; those of nodes and resources are in
    ``crmtui.verbs``."""

    also: str = ""
    """Further words that people search for, beside label and sentence."""

    argument: str = ""
    """Section of the feed that it toggles; one method serves all sections."""

    @property
    def method(self) -> str:
        """The method that bindings call: the widget's own, or the app's for scope-free actions.

        All changes of nodes and resources go through the one method ``act``.
        """
        if self.is_disruptive and self.scope in ("nodes", "resources"):
            return f"act('{self.id}')"
        if self.argument:
            return f"feed_toggle({self.argument!r})"
        own = self.id.replace(".", "_")
        return f"app.{own}" if self.id.startswith("app.") else own
