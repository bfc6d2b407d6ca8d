"""Resources of ``crm_mon --output-as=xml``, in the words that crm_mon's text prints.

The rules are those of ``pcmk__native_output_string`` in Pacemaker's ``lib/pengine/native.c``, and
of the headers that ``clone.c``, ``group.c`` and ``bundle.c`` beside it print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib.xml import Words, is_true, unknown, words
from crmtui.cluster.model import Resource, ResourceKind
from crmtui.cluster.roles import LEGACY, nodes_of, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from crmtui.cluster.model import Node

_KNOWN = frozenset((
    "id", "resource_agent", "role", "target_role", "active", "orphaned", "removed", "blocked",
    "maintenance", "managed", "failed", "failure_ignored", "nodes_running_on", "pending",
    "locked_to", "description", "multi_state", "unique", "disabled", "number_resources", "type",
    "image",
))  # fmt: skip
_INSTANCE = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True)
class Context:
    """Facts from other sections of a snapshot that the resources depend on."""

    lost_nodes: Collection[str] = ()
    """Nodes that are unclean and offline; the state of their resources is unknown."""
    failed_probes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Reasons why probes found a resource unusable, by resource and node: ``not installed``."""


def context(nodes: Iterable[Node], failed_probes: Mapping[str, Mapping[str, str]]) -> Context:
    """Return the context from the other sections of a snapshot."""
    lost = frozenset(node.name for node in nodes if node.is_unclean and not node.is_online)
    return Context(lost_nodes=lost, failed_probes=failed_probes)


@dataclass(frozen=True, slots=True)
class _Place:
    """Place of a resource in the tree."""

    context: Context
    is_promotable: bool = False
    is_anonymous: bool = False
    """True inside of a clone whose instances are interchangeable."""
    bundle: str = ""


def parse(section: Element | None, context: Context) -> tuple[Resource, ...]:
    """Return the resources of ``section`` in crm_mon's order; other elements are ignored."""
    return () if section is None else tuple(_children(section, _Place(context)))


def _children(parent: Element, place: _Place) -> Iterator[Resource]:
    for element in parent:
        read = _READERS.get(element.tag)
        if read is not None:
            yield read(element, place)


def _primitive(element: Element, place: _Place) -> Resource:
    attributes = words(element)
    nodes = tuple(words(node).get("name", "") for node in element.iter("node"))
    role = attributes.get("role", "Unknown")
    role = LEGACY.get(role, role)
    is_failed = is_true(attributes, "failed")
    return Resource(
        id=attributes.get("id", ""),
        kind="primitive",
        agent=attributes.get("resource_agent", ""),
        role=_failed(role) if is_failed else role,
        nodes=nodes,
        flags=tuple(_flags(attributes, nodes, role, place)),
        is_failed=is_failed,
        is_managed=is_true(attributes, "managed", default=True),
        is_orphaned=_is_orphaned(attributes),
        description=attributes.get("description", ""),
        extra=unknown(attributes, _KNOWN),
    )


def _failed(role: str) -> str:
    return "FAILED Promoted" if role == "Promoted" else "FAILED"


def _is_orphaned(attributes: Words) -> bool:
    return is_true(attributes, "orphaned") or is_true(attributes, "removed")


def _flags(attributes: Words, nodes: tuple[str, ...], role: str, place: _Place) -> Iterator[str]:
    if _is_orphaned(attributes):
        yield "ORPHANED"
    if role == "Stopped":
        yield from _failed_probe(attributes.get("id", ""), nodes, place.context)
    if len(nodes) == 1 and nodes[0] in place.context.lost_nodes:
        yield "UNCLEAN"
    if attributes.get("locked_to"):
        yield f"LOCKED to {attributes['locked_to']}"
    if attributes.get("pending"):
        yield attributes["pending"]
    yield from _target(attributes.get("target_role", ""), place)
    if is_true(attributes, "blocked"):
        yield "blocked"
    else:
        yield from _management(attributes)
    if is_true(attributes, "failure_ignored"):
        yield "failure ignored"


def _failed_probe(resource: str, nodes: tuple[str, ...], context: Context) -> Iterator[str]:
    reasons = context.failed_probes.get(_INSTANCE.sub("", resource), {})
    if len(nodes) == 1:
        reasons = {node: why for node, why in reasons.items() if node == nodes[0]}
    yield from list(reasons.values())[:1]


def _target(target: str, place: _Place) -> Iterator[str]:
    # An administrator's "stopped" counts as Pacemaker's "Stopped".
    if target.lower() == "stopped":
        yield "disabled"
    elif target.lower() in ("unpromoted", "slave") and place.is_promotable:
        yield f"target-role:{target}"


def _management(attributes: Words) -> Iterator[str]:
    if is_true(attributes, "maintenance"):
        yield "maintenance"
    elif not is_true(attributes, "managed", default=True):
        yield "unmanaged"


def _collection(element: Element, kind: ResourceKind, place: _Place, **own: str) -> Resource:
    """Return the members of ``element`` as one resource; ``own`` replaces its id or its image."""
    attributes = words(element)
    children = tuple(_children(element, place))
    return Resource(
        id=own.get("id", attributes.get("id", "")),
        kind=kind,
        agent=own.get("agent", ""),
        role=shared(children),
        nodes=nodes_of(children),
        flags=tuple(_header(attributes)),
        children=children,
        is_failed=is_true(attributes, "failed") or any(child.is_failed for child in children),
        is_managed=is_true(attributes, "managed", default=True),
        is_orphaned=any(child.is_orphaned for child in children),
        description=attributes.get("description", ""),
        extra=unknown(attributes, _KNOWN),
    )


def _header(attributes: Words) -> Iterator[str]:
    if is_true(attributes, "multi_state"):
        yield "promotable"
    if is_true(attributes, "unique"):
        yield "unique"
    if is_true(attributes, "disabled"):
        yield "disabled"
    yield from _management(attributes)


def _group(element: Element, place: _Place) -> Resource:
    name = words(element).get("id", "")
    return _collection(
        element, "group", place, id=_INSTANCE.sub("", name) if place.is_anonymous else name
    )


def _clone(element: Element, place: _Place) -> Resource:
    attributes = words(element)
    inside = _Place(
        place.context,
        is_promotable=is_true(attributes, "multi_state"),
        is_anonymous=not is_true(attributes, "unique"),
    )
    return _collection(element, "clone", inside)


def _bundle(element: Element, place: _Place) -> Resource:
    attributes = words(element)
    inside = _Place(place.context, bundle=attributes.get("id", ""))
    return _collection(element, "bundle", inside, agent=attributes.get("image", ""))


def _replica(element: Element, place: _Place) -> Resource:
    name = f"{place.bundle}[{words(element).get('id', '')}]"
    return _collection(element, "replica", place, id=name)


_READERS: Mapping[str, Callable[[Element, _Place], Resource]] = {
    "resource": _primitive,
    "group": _group,
    "clone": _clone,
    "bundle": _bundle,
    "replica": _replica,
}
