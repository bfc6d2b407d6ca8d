"""Nodes of ``crm_mon --output-as=xml``, each with the state that crm_mon's text prints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cib.xml import Words, is_true, number, unknown, words
from crmtui.cluster.model import Node, NodeKind, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_KNOWN = frozenset((
    "name", "id", "online", "standby", "standby_onfail", "maintenance", "pending", "unclean",
    "health", "feature_set", "shutdown", "expected_up", "is_dc", "resources_running", "type",
    "id_as_resource",
))  # fmt: skip


def parse(section: Element | None) -> tuple[Node, ...]:
    """Return the nodes of ``section``; guest nodes have no host yet."""
    return () if section is None else tuple(_node(words(each)) for each in section.iter("node"))


def placed(nodes: Iterable[Node], resources: Iterable[Resource]) -> tuple[Node, ...]:
    """Return ``nodes`` with each guest on the host that runs its resource."""
    hosts = {
        each.id: each.nodes[0]
        for resource in resources
        for each in resource.walk()
        if each.kind == "primitive" and each.nodes
    }
    return tuple(
        replace(node, host=hosts.get(node.resource)) if node.resource else node for node in nodes
    )


def _node(attributes: Words) -> Node:
    return Node(
        name=attributes.get("name", ""),
        id=attributes.get("id", ""),
        kind=_kind(attributes),
        host=None,
        state=_state(attributes),
        is_online=is_true(attributes, "online"),
        is_standby=is_true(attributes, "standby") or is_true(attributes, "standby_onfail"),
        is_maintenance=is_true(attributes, "maintenance"),
        is_pending=is_true(attributes, "pending"),
        is_unclean=is_true(attributes, "unclean"),
        is_shutting_down=is_true(attributes, "shutdown"),
        is_dc=is_true(attributes, "is_dc"),
        health=attributes.get("health", "green"),
        resources_running=number(attributes, "resources_running"),
        feature_set=attributes.get("feature_set"),
        resource=attributes.get("id_as_resource"),
        extra=unknown(attributes, _KNOWN),
    )


def _kind(attributes: Words) -> NodeKind:
    if attributes.get("id_as_resource"):
        return "guest"
    return "remote" if attributes.get("type") == "remote" else "member"


def _state(attributes: Words) -> str:
    """Return the state as ``node_text_status`` of Pacemaker's ``lib/pengine/pe_output.c`` does."""
    is_online = is_true(attributes, "online")
    if is_true(attributes, "unclean"):
        if is_online:
            return "UNCLEAN (online)"
        return "UNCLEAN (pending)" if is_true(attributes, "pending") else "UNCLEAN (offline)"
    if is_true(attributes, "pending"):
        return "pending"
    if is_true(attributes, "standby_onfail") and is_online:
        return "standby (on-fail)"
    if is_true(attributes, "standby"):
        if not is_online:
            return "OFFLINE (standby)"
        is_drained = number(attributes, "resources_running") == 0
        return "standby" if is_drained else "standby (with active resources)"
    if is_true(attributes, "maintenance"):
        return "maintenance" if is_online else "OFFLINE (maintenance)"
    return "online" if is_online else "OFFLINE"
