"""Lasting effects of a line, which undoing its change of the configuration does not undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.forecast.plan import label, planned
from crmtui.forecast.steps import Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crmsh.line import CrmLine


def lasting(line: str, level: Sequence[str] = ()) -> str | None:
    """Return a sentence about the lasting effects of ``line``; None where undo covers everything.

    Undo restores the configuration. Earlier actions of resources and nodes stay done.
    """
    for each in line.splitlines():
        command = planned(level, each)
        if isinstance(command, Unforeseeable):
            return "What the line does is not known, so it is not known whether it can be undone."
        words = _lasting(command)
        if words is not None:
            return words
    return None


def _lasting(command: CrmLine) -> str | None:
    if command.leaves_cluster:
        return None
    if command.name == "node standby" and "reboot" in command.arguments[-1:]:
        return "Standby until reboot is no part of the configuration: node online ends it, no undo."
    if command.policy.no_undo:
        return command.policy.no_undo
    if command.has("configures"):
        return None
    return f"{label(command)} acts outside of the configuration; that cannot be undone."
