"""The one registry of what can be done by a key.

Bindings, keymaps, the footer, the help screen and the key table of the README are made from it, so
that they cannot disagree. An action's id is ``scope.verb``; the screen method that does it is
``action_scope_verb``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["app", "nodes", "resources", "feed", "output", "command"]
"""Where an action's keys hold: everywhere outside the command line, in one pane, or in the line."""


@dataclass(frozen=True, slots=True)
class Action:
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
    """Whether it can make a service move: then the crm line is shown first and has to be confirmed."""

    @property
    def method(self) -> str:
        """What bindings call: the widget's own method, or the app's for what concerns the program."""
        own = self.id.replace(".", "_")
        return f"app.{own}" if self.id.startswith("app.") else own


ACTIONS: tuple[Action, ...] = (
    Action("command.focus", "app", "Command", "Go to the command line", ("colon",), True),
    Action("pane.next", "app", "Next pane", "Go to the next pane", ("tab",), True),
    Action("pane.previous", "app", "Previous pane", "Go to the previous pane", ("shift+tab",)),
    Action("pane.nodes", "app", "Nodes", "Go to the nodes", ("1",)),
    Action("pane.resources", "app", "Resources", "Go to the resources", ("2",)),
    Action("pane.feed", "app", "Feed", "Go to the crm_mon feed", ("3",)),
    Action("pane.output", "app", "Output", "Go to the output of commands", ("4",)),
    Action(
        "app.back", "app", "Back", "Back out: close what is open, return to the panes", ("escape",)
    ),
    Action("app.refresh", "app", "Look again", "Look at the cluster again, now", ("r",)),
    Action("app.help", "app", "Keys", "Show the keys", ("f1", "question_mark"), True),
    Action(
        "app.quit", "app", "Quit", "Leave; uncommitted changes are asked for", ("ctrl+q", "q"), True
    ),
    Action(
        "node.standby", "nodes", "Standby", "Put the selected node into standby", ("s",), True, True
    ),
    Action(
        "node.online",
        "nodes",
        "Online",
        "Take the selected node out of standby",
        ("o",),
        True,
        True,
    ),
    Action("resources.fold_all", "resources", "Fold all", "Fold or unfold all resources", ("f",)),
    Action(
        "command.complete",
        "command",
        "Complete",
        "Complete the word, then the next choice",
        ("tab",),
        True,
    ),
    Action(
        "command.complete_back", "command", "Previous", "Take the previous choice", ("shift+tab",)
    ),
    Action(
        "command.leave",
        "command",
        "Panes",
        "Close the menu, then return to the panes",
        ("escape",),
        True,
    ),
    Action(
        "command.clear", "command", "Clear", "Clear the line; stop what runs", ("ctrl+c",), True
    ),
    Action(
        "command.end",
        "command",
        "Delete",
        "Delete a character; on an empty line, leave",
        ("ctrl+d",),
    ),
    Action("command.scroll_up", "command", "Page up", "Scroll the output back", ("pageup",)),
    Action("command.scroll_down", "command", "Page down", "Scroll the output on", ("pagedown",)),
)
"""All actions, in the order in which help lists them."""

BY_ID = {action.id: action for action in ACTIONS}
