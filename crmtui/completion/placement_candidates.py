"""Candidates in constraints, rules and permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.objects import KINDS
from crmtui.completion.attributes import described, node_attributes, values_now
from crmtui.completion.candidate_source import CandidateRequest, SourceItem, Sources, named
from crmtui.completion.object_candidates import describe_referable, object_offers
from crmtui.completion.state_candidates import nodes, tickets
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cib.objects import Configuration, ConfigurationObject

_PROMOTION = frozenset({"Promoted", "Unpromoted", "promote", "demote"})


def _with_suffix(request: CandidateRequest, section: str) -> Iterator[SourceItem]:
    """Yield the objects that a constraint may name, and behind ``:`` their roles or actions."""
    name, colon, _ = request.typed.partition(":")
    if not colon:
        yield from describe_referable(request)
        return
    configuration = request.knowledge.configuration()
    known = configuration.objects.get(name)
    if known is not None:
        can = _can_be_promoted(known, configuration)
        for offer in named(section):
            if can or offer.text not in _PROMOTION:
                yield SourceItem(f"{name}:{offer.text}", offer.meta, offer.text)


def _can_be_promoted(known: ConfigurationObject, configuration: Configuration) -> bool:
    """Say whether instances can be promoted; True for a template or a tag, where it is not known."""
    if known.kind in ("ms", "bundle", "tag", "rsc_template"):
        return True
    pairs = {(setting.name, setting.value.lower()) for setting in known.settings}
    if known.kind == "clone" and not pairs.isdisjoint(
        ("promotable", value) for value in ("true", "1", "yes", "on", "y")
    ):
        return True
    parent = configuration.objects.get(known.parent)
    return parent is not None and _can_be_promoted(parent, configuration)


def _with_role(request: CandidateRequest) -> Iterable[SourceItem]:
    return _with_suffix(request, "roles")


def _with_action(request: CandidateRequest) -> Iterable[SourceItem]:
    return _with_suffix(request, "actions")


def _monitored(request: CandidateRequest) -> Iterable[SourceItem]:
    if ":" in request.typed:
        return _with_suffix(request, "roles")
    return object_offers(request, "primitive")


def _ticket_named(request: CandidateRequest) -> Iterable[SourceItem]:
    return (offer._replace(text=f"{offer.text}:", display=offer.text) for offer in tickets(request))


def _rule_score(request: CandidateRequest) -> Iterator[SourceItem]:
    yield from named("scores")
    for name, pairs in node_attributes(request).items():
        yield SourceItem(f"{name}:", f"The score is the attribute's value, {described(pairs)}")


def _rule_attribute(request: CandidateRequest) -> Iterator[SourceItem]:
    yield from named("rule attributes")
    for name, pairs in node_attributes(request).items():
        yield SourceItem(name, f"Attribute of nodes, {described(pairs)}")


def _expression(request: CandidateRequest) -> Iterator[SourceItem]:
    yield from _rule_attribute(request)
    yield from named("expressions")


def _rule_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if request.expectation.of == "#uname":
        return nodes(request)
    return values_now("rule attributes", node_attributes(request), request.expectation.of)


def _node_attribute_name(request: CandidateRequest) -> Iterator[SourceItem]:
    for name, pairs in node_attributes(request).items():
        yield SourceItem(name, f"Attribute of nodes, {described(pairs)}")


def _attribute_set(request: CandidateRequest) -> Iterator[SourceItem]:
    for known in request.knowledge.configuration().objects.values():
        for section, name in known.sets:
            if section == request.expectation.of:
                yield SourceItem(name, f"{section} of {known.id}")


def _acl_rule(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the subjects of a permission, and behind ``:`` the things of that kind."""
    kind, colon, _ = request.typed.partition(":")
    if colon:
        yield from _acl_things(request, kind)
        return
    yield from (
        offer._replace(is_final=not offer.text.endswith(":")) for offer in named("acl rules")
    )


def _acl_things(request: CandidateRequest, kind: str) -> Iterator[SourceItem]:
    configuration = request.knowledge.configuration()
    kinds = {
        "ref": tuple(KINDS.values()),
        "reference": tuple(KINDS.values()),
        "node": ("node",),
        "nodeutil": ("node",),
        "location": ("primitive", "group", "clone", "ms", "bundle"),
        **dict.fromkeys(("meta", "params", "utilization"), ("primitive",)),
    }
    for known in configuration.of_kind(*kinds.get(kind, ())):
        yield SourceItem(f"{kind}:{known.id}", known.kind, known.id)
    if kind in ("type", "tag"):
        for name in (*KINDS, "status", "nodes", "resources", "constraints", "configuration"):
            yield SourceItem(f"{kind}:{name}", "Elements of this name", name)
    if kind == "property":
        for parameter in request.knowledge.properties():
            yield SourceItem(f"property:{parameter.name}", parameter.shortdesc, parameter.name)
    if kind == "nodeattr":
        for name in dict.fromkeys((*node_attributes(request), *command_table.names("node"))):
            yield SourceItem(f"nodeattr:{name}", "Attribute of nodes", name)


def _acl_attribute(request: CandidateRequest) -> Iterator[SourceItem]:
    word = "attribute:" if request.expectation.of == "user" else "attr:"
    yield SourceItem(word, "Only this attribute of the elements", is_final=False)


def _acl_role_reference(request: CandidateRequest) -> Iterator[SourceItem]:
    for known in request.knowledge.configuration().of_kind("role"):
        yield SourceItem(f"role:{known.id}", "Role", known.id)


def _stonith(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield fencing devices; behind a comma, devices that act together with the typed ones."""
    typed, comma, _ = request.typed.rpartition(",")
    taken = frozenset((*typed.split(","), *request.expectation.used))
    for known in request.knowledge.configuration().of_kind("primitive"):
        if known.agent.startswith("stonith:") and known.id not in taken:
            yield SourceItem(f"{typed}{comma}{known.id}", f"Fencing device {known.agent}", known.id)


def _fencing_target(request: CandidateRequest) -> Iterator[SourceItem]:
    for node in request.knowledge.configuration().of_kind("node"):
        yield SourceItem(f"{node.id}:", "Node")


def _fencing_targets(request: CandidateRequest) -> Iterator[SourceItem]:
    for name, pairs in node_attributes(request).items():
        for value in dict.fromkeys(value for _, value in pairs):
            yield SourceItem(f"attr:{name}={value}", "All nodes where the attribute has this value")
    yield SourceItem(
        "attr:", "All nodes where an attribute has a value: attr:NAME=VALUE", is_final=False
    )
    yield SourceItem(
        "pattern:", "All nodes whose name matches a regular expression", is_final=False
    )


SOURCES: Sources = {
    "with-role": _with_role,
    "with-action": _with_action,
    "monitored": _monitored,
    "ticket-named": _ticket_named,
    "rule-score": _rule_score,
    "expression": _expression,
    "rule-attribute": _rule_attribute,
    "rule-value": _rule_value,
    "node-attribute-name": _node_attribute_name,
    "attribute-set": _attribute_set,
    "acl-rule": _acl_rule,
    "acl-attribute": _acl_attribute,
    "acl-role-reference": _acl_role_reference,
    "stonith": _stonith,
    "fencing-target": _fencing_target,
    "fencing-targets": _fencing_targets,
}
