"""Registry of all actions that keys do.

Bindings, keymaps, the footer, the help screen and the key table of the README are made from it, so
that they cannot disagree. An action's id is ``scope.verb``; its method on the widget or screen is
``action_scope_verb``.

Each scope has a module of its own. The order here is that of the help screen.
"""

from __future__ import annotations

from crmtui.actions.action import DIALOG_SCOPES, PANES, KeyAction, Scope
from crmtui.actions.app_actions import APP
from crmtui.actions.command_actions import COMMAND
from crmtui.actions.dialog_actions import DIALOGS
from crmtui.actions.feed_actions import FEED, MON
from crmtui.actions.list_actions import LISTS
from crmtui.actions.node_actions import NODES
from crmtui.actions.output_actions import OUTPUT
from crmtui.actions.page_actions import PAGE
from crmtui.actions.resource_actions import RESOURCES
from crmtui.actions.timeline_actions import TIMELINE
from crmtui.actions.wizard_actions import IN_REVIEW, WIZARD

__all__ = ["ACTIONS", "BY_ID", "DIALOG_SCOPES", "IN_REVIEW", "PANES", "KeyAction", "Scope"]

ACTIONS: tuple[KeyAction, ...] = (
    *APP,
    *MON,
    *LISTS,
    *NODES,
    *RESOURCES,
    *PAGE,
    *FEED,
    *TIMELINE,
    *OUTPUT,
    *COMMAND,
    *WIZARD,
    *DIALOGS,
)
"""All actions, in the order of the help screen."""

BY_ID = {action.id: action for action in ACTIONS}
