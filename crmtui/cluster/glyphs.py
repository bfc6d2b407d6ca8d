"""Glyphs of states: a severity, and a sign that is readable without colour.

A screen shows a state as word, glyph and colour, so that it can be read without any one of them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from crmtui.cluster.model import Node, Resource
from crmtui.cluster.roles import (
    TRANSITIONAL,
    is_multiply_active,
    is_running,
    is_stopped_on_purpose,
    lacks_promoted,
    missing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["ok", "busy", "note", "warn", "crit", "off"]
"""Severity of a state. ``busy``: on its way; ``note``: unusual on purpose; ``off``: down on purpose."""

UTF8: Final = MappingProxyType(
    {"ok": "●", "busy": "◐", "note": "◆", "warn": "▲", "crit": "✖", "off": "○"}
)
"""Each glyph is one cell wide."""

ASCII: Final = MappingProxyType(
    {"ok": "*", "busy": "~", "note": "+", "warn": "!", "crit": "X", "off": "-"}
)

_RANK: tuple[Severity, ...] = ("crit", "warn", "busy", "note", "ok", "off")


def severity(item: Node | Resource, parent: Resource | None = None) -> Severity:
    """Return the present severity of ``item``.

    Args:
        item: A node or a resource.
        parent: Holder of the resource. A stopped instance of a clone that runs elsewhere is not
            missed, a
            stopped member of a group is.
    """
    if isinstance(item, Node):
        return _node(item)
    return _primitive(item, parent) if item.kind == "primitive" else _collection(item, parent)


def _node(node: Node) -> Severity:
    if node.is_unclean:
        return "crit"
    if node.is_pending or (node.is_online and node.is_shutting_down):
        return "busy"
    if not node.is_online:
        return "off"
    if node.health != "green" or node.state == "standby (on-fail)":
        return "warn"
    if node.is_standby:
        return "busy" if node.resources_running else "note"
    return "note" if node.is_maintenance else "ok"


def _primitive(resource: Resource, parent: Resource | None) -> Severity:
    flags = resource.flags
    if resource.is_failed:
        return "warn" if "failure ignored" in flags else "crit"
    if "blocked" in flags or "UNCLEAN" in flags or is_multiply_active(resource):
        return "crit"
    if resource.is_orphaned:
        return "warn" if resource.nodes else "off"
    if resource.role in TRANSITIONAL:
        return "busy"
    if resource.role == "Stopped":
        return "off" if is_stopped_on_purpose(resource) or _is_spare(parent) else "crit"
    return "ok" if resource.is_managed else "note"


def _is_spare(parent: Resource | None) -> bool:
    return parent is not None and parent.kind == "clone" and is_running(parent)


def _collection(resource: Resource, parent: Resource | None) -> Severity:
    if not is_running(resource):
        if _is_spare(parent) or is_stopped_on_purpose(resource):
            return "off"
        if missing(resource):
            return "crit"
    if lacks_promoted(resource):
        return "crit"
    worst = worst_of(severity(child, resource) for child in resource.children)
    return "note" if worst == "ok" and not resource.is_managed else worst


def worst_of(severities: Iterable[Severity]) -> Severity:
    """Return the worst of ``severities``; ``off`` without any."""
    found = set(severities)
    return next((each for each in _RANK if each in found), "off")
