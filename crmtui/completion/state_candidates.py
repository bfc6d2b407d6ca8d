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
    question: CandidateRequest, suits: Callable[[Node], bool] | None = None
) -> Iterator[SourceItem]:
    """Yield the nodes with their state, those that suit the command first."""
    cluster = question.knowledge.cluster()
    if cluster is None:
        for known in question.knowledge.configuration().of_kind("node"):
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


def _node(question: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(question)


def _declared_node(question: CandidateRequest) -> Iterable[SourceItem]:
    """Return the nodes, and behind ``:`` their types."""
    name, colon, _ = question.typed.partition(":")
    if colon:
        return (
            SourceItem(f"{name}:{kind}", "Type of the node", kind) for kind in ("member", "remote")
        )
    return nodes(question)


def _active_node(question: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(question, lambda node: node.is_online and not node.is_standby)


def _standby_node(question: CandidateRequest) -> Iterable[SourceItem]:
    return nodes(question, lambda node: node.is_standby)


def _states(question: CandidateRequest) -> dict[str, Resource]:
    cluster = question.knowledge.cluster()
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


def resources(question: CandidateRequest, suits: Suits | None = None) -> Iterator[SourceItem]:
    """Yield all resources with their state, those that suit the command first."""
    states = _states(question)
    configuration = question.knowledge.configuration()
    typed = question.typed.casefold()
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
    def source(question: CandidateRequest) -> Iterable[SourceItem]:
        return resources(question, suits)

    return source


def _is_promotable(known: ConfigurationObject, state: Resource | None) -> bool:
    pairs = ((setting.name, setting.value.lower()) for setting in known.settings)
    is_set = any(pair in (("promotable", "true"), ("promotable", "1")) for pair in pairs)
    return known.kind == "ms" or is_set or (state is not None and "promotable" in state.flags)


def _primitive(question: CandidateRequest) -> Iterable[SourceItem]:
    states = _states(question)
    for known in question.knowledge.configuration().of_kind("primitive"):
        yield SourceItem(known.id, describe_resource(known, states.get(known.id)))


def tickets(question: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the tickets with their state, then those that only constraints name."""
    cluster = question.knowledge.cluster()
    states = {ticket.id: ticket.status for ticket in cluster.tickets} if cluster else {}
    yield from (SourceItem(name, status) for name, status in states.items())
    for known in question.knowledge.configuration().of_kind("rsc_ticket"):
        if known.ticket and known.ticket not in states:
            yield SourceItem(known.ticket, f"Named by {known.id}")


def _settings(question: CandidateRequest, section: str) -> Iterator[SourceItem]:
    """Yield the names that are set on the first object of the line, with their values."""
    known = question.knowledge.configuration().objects.get(question.want.used[0])
    for name, value in set_on(known, section):
        yield SourceItem(name, f"now {value}")


def _is_setting(question: CandidateRequest) -> bool:
    return question.want.used[1] == "set"


def _node_attribute(question: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(question):
        return _settings(question, "params")
    return names_with_values("node", node_attributes(question), (), "")


def _node_attribute_value(question: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(question):
        return ()
    return values_now("node", node_attributes(question), question.want.used[2])


def _transient_attribute(question: CandidateRequest) -> Iterable[SourceItem]:
    cluster = question.knowledge.cluster()
    found: dict[str, list[tuple[str, str]]] = {}
    for attribute in cluster.attributes if cluster else ():
        if attribute.node == question.want.used[0] or _is_setting(question):
            found.setdefault(attribute.name, []).append((attribute.node, attribute.value))
    for name, pairs in found.items():
        yield SourceItem(name, described(pairs))


def _transient_attribute_value(question: CandidateRequest) -> Iterable[SourceItem]:
    cluster = question.knowledge.cluster() if _is_setting(question) else None
    for attribute in cluster.attributes if cluster else ():
        if attribute.name == question.want.used[2]:
            yield SourceItem(attribute.value, f"now on {attribute.node}")


def _utilization_value(question: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(question):
        return ()
    return values_now("utilization", capacities(question), question.want.used[2])


def _utilization(question: CandidateRequest) -> Iterable[SourceItem]:
    if not _is_setting(question):
        return _settings(question, "utilization")
    return names_with_values("utilization", capacities(question), (), "")


def _resource_meta(question: CandidateRequest) -> Iterable[SourceItem]:
    yield from _settings(question, "meta")
    if _is_setting(question):
        for row in command_table.names(_meta_section(question)).values():
            yield SourceItem(row.name, row.help)


def _resource_meta_value(question: CandidateRequest) -> Iterable[SourceItem]:
    if _is_setting(question):
        yield from values_of(_meta_section(question), question.want.used[2])


def _meta_section(question: CandidateRequest) -> str:
    known = question.knowledge.configuration().objects.get(question.want.used[0])
    return f"meta.{known.kind if known else 'primitive'}"


def _attribute(question: CandidateRequest) -> Iterable[SourceItem]:
    return names_with_values("node", node_attributes(question), question.want.used, "=")


def _attribute_value(question: CandidateRequest) -> Iterable[SourceItem]:
    return values_now("node", node_attributes(question), question.want.name)


def _capacity(question: CandidateRequest) -> Iterable[SourceItem]:
    return names_with_values("utilization", capacities(question), question.want.used, "=")


def _capacity_value(question: CandidateRequest) -> Iterable[SourceItem]:
    return values_now("utilization", capacities(question), question.want.name)


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
