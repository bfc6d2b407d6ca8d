"""Candidates described by the state of the cluster: nodes, resources, tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from crmtui.cib.objects import ConfigurationObject
from crmtui.cluster.model import Node, Resource
from crmtui.completion.attributes import (
    capacities,
    described,
    names_with_values,
    node_attributes,
    set_on,
    values_now,
)
from crmtui.completion.candidate_source import CandidateRequest, Source, SourceItem, Sources
from crmtui.completion.match import rank
from crmtui.completion.word_candidates import values_of
from crmtui.crmsh import command_table


def nodes(
    request: CandidateRequest, suits: Callable[[Node], bool] | None = None
) -> Iterator[SourceItem]:
    """Yield the nodes with their state, those that suit the command first."""
    cluster = request.knowledge.cluster()
    if cluster is None:
        for known in request.knowledge.configuration().of_kind("node"):
            yield SourceItem(known.id, "Node")
        return
    order = sorted(cluster.nodes, key=lambda n: not suits(n)) if suits else cluster.nodes
    for node in order:
        yield SourceItem(node.name, describe_node(node))


def describe_node(node: Node) -> str:
    """Return a node's state, DC mark and number of resources, in one line."""
    count = node.resources_running
    words = [node.state, "DC" if node.is_dc else "", f"{count} resource{'s' * (count != 1)}"]
    return ", ".join(word for word in words if word)


def _node(request: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(request)


def _declared_node(request: CandidateRequest) -> Iterable[SourceItem]:
    """Return the nodes, and behind ``:`` their types."""
    name, colon, _ = request.typed.partition(":")
    if colon:
        return (
            SourceItem(f"{name}:{kind}", "Type of the node", kind) for kind in ("member", "remote")
        )
    return nodes(request)


def _active_node(request: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(request, lambda node: node.is_online and not node.is_standby)


def _standby_node(request: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(request, lambda node: node.is_standby)


def _states(request: CandidateRequest) -> dict[str, Resource]:
    cluster = request.knowledge.cluster()
    found = list(cluster.resources) if cluster else []
    for known in found:
        found.extend(known.children)
    return {known.id: known for known in found}


def describe_object(known: ConfigurationObject) -> str:
    """Return an object's kind, its agent, template or members, and its parent, in one line."""
    rest = known.agent or " ".join(known.members)
    words = f"{known.kind} {rest}" if rest else known.kind
    if known.template:
        words = f"{words} @{known.template}"
    return f"{words} in {known.parent}" if known.parent else words


def describe_resource(known: ConfigurationObject, state: Resource | None) -> str:
    """Return a resource's role and nodes, or its kind and agent if it has no state yet."""
    if state is None:
        return describe_object(known)
    words = state.role or state.kind
    if state.nodes:
        words = f"{words} on {' '.join(state.nodes)}"
    return f"{words} ({', '.join(state.flags)})" if state.flags else words


Suits = Callable[[ConfigurationObject, Resource | None], bool]


def resources(request: CandidateRequest, suits: Suits | None = None) -> Iterator[SourceItem]:
    """Yield all resources with their state, those that suit the command first."""
    states = _states(request)
    configuration = request.knowledge.configuration()
    typed = request.typed.casefold()
    pairs = [
        (known, states.get(known.id))
        for known in configuration.resources()
        # Describing a thousand resources takes longer than leaving most of them out.
        if rank(typed, known.id) is not None
    ]
    if suits:
        pairs.sort(key=lambda pair: not suits(*pair))
    for known, state in pairs:
        yield SourceItem(known.id, describe_resource(known, state))
    for name, state in states.items():
        if state.is_orphaned and name not in configuration.objects:
            yield SourceItem(name, describe_resource(ConfigurationObject(name, state.kind), state))


def _suiting(suits: Suits | None) -> Source:
    def source(request: CandidateRequest) -> Iterable[SourceItem]:
        return resources(request, suits)

    return source


def _is_promotable(known: ConfigurationObject, state: Resource | None) -> bool:
    pairs = ((setting.name, setting.value.lower()) for setting in known.settings)
    is_set = any(pair in (("promotable", "true"), ("promotable", "1")) for pair in pairs)
    return known.kind == "ms" or is_set or (state is not None and "promotable" in state.flags)


def _primitive(request: CandidateRequest) -> Iterable[SourceItem]:
    states = _states(request)
    for known in request.knowledge.configuration().of_kind("primitive"):
        yield SourceItem(known.id, describe_resource(known, states.get(known.id)))


def tickets(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the tickets with their state, then those that only constraints name."""
    cluster = request.knowledge.cluster()
    states = {ticket.id: ticket.status for ticket in cluster.tickets} if cluster else {}
    yield from (SourceItem(name, status) for name, status in states.items())
    for known in request.knowledge.configuration().of_kind("rsc_ticket"):
        if known.ticket and known.ticket not in states:
            yield SourceItem(known.ticket, f"Named by {known.id}")


def _settings(request: CandidateRequest, section: str) -> Iterator[SourceItem]:
    """Yield the names that are set on the first object of the line, with their values."""
    known = request.knowledge.configuration().objects.get(request.expectation.used[0])
    for name, value in set_on(known, section):
        yield SourceItem(name, f"now {value}")


def _is_setting(request: CandidateRequest) -> bool:
    return request.expectation.used[1] == "set"


def _node_attribute(request: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(request):
        return _settings(request, "params")
    return names_with_values("node", node_attributes(request), (), "")


def _node_attribute_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(request):
        return ()
    return values_now("node", node_attributes(request), request.expectation.used[2])


def _transient_attribute(request: CandidateRequest) -> Iterable[SourceItem]:
    cluster = request.knowledge.cluster()
    found: dict[str, list[tuple[str, str]]] = {}
    for attribute in cluster.attributes if cluster else ():
        if attribute.node == request.expectation.used[0] or _is_setting(request):
            found.setdefault(attribute.name, []).append((attribute.node, attribute.value))
    for name, pairs in found.items():
        yield SourceItem(name, described(pairs))


def _transient_attribute_value(request: CandidateRequest) -> Iterable[SourceItem]:
    cluster = request.knowledge.cluster() if _is_setting(request) else None
    for attribute in cluster.attributes if cluster else ():
        if attribute.name == request.expectation.used[2]:
            yield SourceItem(attribute.value, f"now on {attribute.node}")


def _utilization_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(request):
        return ()
    return values_now("utilization", capacities(request), request.expectation.used[2])


def _utilization(request: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(request):
        return _settings(request, "utilization")
    return names_with_values("utilization", capacities(request), (), "")


def _resource_meta(request: CandidateRequest) -> Iterable[SourceItem]:
    yield from _settings(request, "meta")
    if _is_setting(request):
        for row in command_table.names(_meta_section(request)).values():
            yield SourceItem(row.name, row.help)


def _resource_meta_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if _is_setting(request):
        yield from values_of(_meta_section(request), request.expectation.used[2])


def _meta_section(request: CandidateRequest) -> str:
    known = request.knowledge.configuration().objects.get(request.expectation.used[0])
    return f"meta.{known.kind if known else 'primitive'}"


def _attribute(request: CandidateRequest) -> Iterable[SourceItem]:
    return names_with_values("node", node_attributes(request), request.expectation.used, "=")


def _attribute_value(request: CandidateRequest) -> Iterable[SourceItem]:
    return values_now("node", node_attributes(request), request.expectation.name)


def _capacity(request: CandidateRequest) -> Iterable[SourceItem]:
    return names_with_values("utilization", capacities(request), request.expectation.used, "=")


def _capacity_value(request: CandidateRequest) -> Iterable[SourceItem]:
    return values_now("utilization", capacities(request), request.expectation.name)


SOURCES: Sources = {
    "node": _node,
    "host": _node,
    "declared-node": _declared_node,
    "active-node": _active_node,
    "standby-node": _standby_node,
    "resource": _suiting(None),
    "running-resource": _suiting(lambda _, state: bool(state and state.nodes)),
    "stopped-resource": _suiting(lambda _, state: not (state and state.nodes)),
    "promotable": _suiting(_is_promotable),
    "primitive": _primitive,
    "ticket": tickets,
    "node-attribute": _node_attribute,
    "node-attribute-value": _node_attribute_value,
    "transient-attribute": _transient_attribute,
    "transient-attribute-value": _transient_attribute_value,
    "utilization-value": _utilization_value,
    "node-utilization": _utilization,
    "resource-utilization": _utilization,
    "attribute": _attribute,
    "attribute-value": _attribute_value,
    "capacity": _capacity,
    "capacity-value": _capacity_value,
    "resource-meta": _resource_meta,
    "resource-meta-value": _resource_meta_value,
}
