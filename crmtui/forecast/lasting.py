"""What a line does that taking its change of the configuration back does not take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.forecast.plan import command_of
from crmtui.forecast.steps import Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.forecast.plan import PlannedCommand

_NO_CHANGE: Mapping[tuple[str, str], str] = {
    ("node", "fence"): "A fenced node has been switched off or restarted; that cannot be undone.",
    ("node", "clearstate"): "What was known of the node is forgotten; that cannot be undone.",
    ("node", "status-attr"): "Transient attributes are no part of the configuration: no undo.",
    ("resource", "cleanup"): "The failures are forgotten; that cannot be undone.",
    ("resource", "refresh"): "What was known of the resource is forgotten; that cannot be undone.",
    ("resource", "failcount"): "Fail counts are no part of the configuration: no undo.",
    ("resource", "restart"): "A restart leaves nothing to undo.",
}


def lasting(line: str, level: Sequence[str] = ()) -> str | None:
    """Say what of ``line`` cannot be undone, as a sentence; None where undo takes all of it back.

    Undo restores the configuration. What resources and nodes did meanwhile stays done.
    """
    for each in line.splitlines():
        command = command_of(level, each)
        if isinstance(command, Unforeseeable):
            return "What the line does is not known, so it is not known whether it can be undone."
        words = _lasting(command)
        if words is not None:
            return words
    return None


def _lasting(command: PlannedCommand) -> str | None:
    if command.is_reading:
        return None
    if (command.level, command.name) == ("node", "standby") and "reboot" in command.arguments[-1:]:
        return "Standby until reboot is no part of the configuration: node online ends it, no undo."
    known = _NO_CHANGE.get((command.level, command.name))
    if known is not None:
        return known
    if command.level in ("configure", "node", "resource", "maintenance"):
        return None
    return f"{command} acts outside of the configuration; that cannot be undone."
