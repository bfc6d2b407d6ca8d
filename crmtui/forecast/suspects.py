"""Whatever may keep a resource from running, or from running on one node.

A suspect is only that. Each comes with how to take it away on a copy of the CIB: if the scheduler
then runs the resource, it is proved to be the cause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.text import plain_line
from crmtui.forecast.history import forget
from crmtui.forecast.steps import Step, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from crmtui.forecast.model import World
    from crmtui.forecast.relations import Relations

_FALSE = frozenset(("false", "0", "no", "off", "n"))
_TRUE = frozenset(("true", "1", "yes", "on", "y"))
_CANNOT = {
    "2": "its parameters are refused",
    "5": "its agent is not installed",
    "6": "it is not configured",
}
"""Exit statuses of agents that keep a resource off a node (``ocf_exitcode`` of Pacemaker)."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """One thing that may be the cause."""

    sentence: str
    """What it is, without a full stop."""
    removal: tuple[Step, ...]
    """How to take it away on a copy."""
    fix: str = ""
    """A line of crm that takes it away for good; empty where there is none."""


def suspects(relations: Relations, world: World, name: str, node: str = "") -> tuple[Suspect, ...]:
    """Return what may keep the resource ``name`` from running.

    Args:
        relations: The CIB.
        world: The nodes and resources as they are.
        name: The resource.
        node: The one node it should run on; empty for any.
    """
    needed = relations.needed(name)
    found = [
        *_roles(relations, needed, name),
        *_management(relations, needed, name),
        *_cluster(relations, world),
        *_nodes(world, node),
        *_failures(relations, needed, name, node),
        *_constraints(relations, needed, name, node),
    ]
    return tuple({each.sentence: each for each in found}.values())


def attractions(relations: Relations, name: str, nodes: Sequence[str]) -> tuple[Suspect, ...]:
    """Return what may be why the resource ``name`` runs on ``nodes`` and not elsewhere."""
    found = [
        Suspect(words, (_delete(f"//constraints/*[@id='{each.get('id', '')}']"),))
        for each in relations.constraints("rsc_location", "rsc_colocation")
        for concerned in ([holder for holder in relations.needed(name) if _names(each, holder)],)
        if concerned
        for words in (_attraction(each, nodes) + _and_needed(relations, concerned[0], name),)
        if _attraction(each, nodes)
    ]
    stickiness = [
        Suspect(
            f"the stickiness of {holder} keeps it where it is ({plain_line(value)})",
            (_delete(f"//*[@id='{holder}']/meta_attributes/nvpair[@name='resource-stickiness']"),),
        )
        for holder in relations.chain(name)
        if (value := relations.meta(holder, "resource-stickiness"))
    ]
    default = relations.cib.find("configuration/rsc_defaults//nvpair[@name='resource-stickiness']")
    if default is not None and default.get("value") != "0":
        stickiness.append(
            Suspect(
                "the default stickiness keeps resources where they are "
                f"({plain_line(default.get('value', ''))})",
                (_delete("//rsc_defaults//nvpair[@name='resource-stickiness']"),),
            )
        )
    return (*found, *stickiness)


def _attraction(constraint: Element, nodes: Sequence[str]) -> str:
    score = plain_line(constraint.get("score", ""))
    if constraint.tag == "rsc_colocation" or constraint.find("rule") is not None:
        return _words(constraint, "")
    where = plain_line(constraint.get("node", ""))
    if score.startswith("-"):
        return (
            "" if where in nodes else f"{constraint.get('id', '')} bans it from {where} ({score})"
        )
    return f"{constraint.get('id', '')} draws it to {where} ({score})" if where in nodes else ""


def _and_needed(relations: Relations, holder: str, name: str) -> str:
    if holder in relations.chain(name) or name in relations.chain(holder):
        return ""
    return f", and {name} depends on it"


def _roles(relations: Relations, needed: tuple[str, ...], name: str) -> Iterator[Suspect]:
    for holder in needed:
        role = relations.meta(holder, "target-role")
        if role is None or role.lower() != "stopped":
            continue
        yield Suspect(
            f"the target role of {holder} is Stopped{_and_needed(relations, holder, name)}",
            (_delete(f"//*[@id='{holder}']/meta_attributes/nvpair[@name='target-role']"),),
            f"resource start {holder}",
        )


def _management(relations: Relations, needed: tuple[str, ...], name: str) -> Iterator[Suspect]:
    for holder in needed:
        path = f"//*[@id='{holder}']/meta_attributes/nvpair[@name='%s']"
        depends = _and_needed(relations, holder, name)
        if (relations.meta(holder, "is-managed") or "").lower() in _FALSE:
            yield Suspect(
                f"{holder} is unmanaged, so the cluster does not start it{depends}",
                (_delete(path % "is-managed"),),
                f"resource manage {holder}",
            )
        if (relations.meta(holder, "maintenance") or "").lower() in _TRUE:
            yield Suspect(
                f"{holder} is in maintenance, so the cluster does not start it{depends}",
                (_delete(path % "maintenance"),),
                f"resource maintenance {holder} off",
            )


def _cluster(relations: Relations, world: World) -> Iterator[Suspect]:
    for name, words in (
        ("maintenance-mode", "the whole cluster is in maintenance"),
        ("stop-all-resources", "the property stop-all-resources stops everything"),
    ):
        if (relations.property(name) or "").lower() in _TRUE:
            yield Suspect(words, (_property(name, "false"),), f"configure property {name}=false")
    policy = (relations.property("no-quorum-policy") or "stop").lower()
    if relations.cib.get("have-quorum") == "0" and policy != "ignore":
        yield Suspect("the cluster has no quorum", (_property("no-quorum-policy", "ignore"),))
    fencing = relations.property("stonith-enabled") or relations.property("fencing-enabled")
    has_device = any(each.get("class") == "stonith" for each in relations.resources.values())
    if (fencing or "true").lower() in _TRUE and not has_device:
        yield Suspect(
            "fencing is enabled, but there is no fencing device: the cluster starts nothing",
            (_property("stonith-enabled", "false"),),
        )
    if not any(each.is_online for each in world.nodes):
        yield Suspect("no node is online", ())


def _nodes(world: World, node: str) -> Iterator[Suspect]:
    for each in world.nodes:
        if node and each.name != node:
            continue
        if each.is_standby:
            gone = tuple(_standby(section, each.name) for section in ("nodes", "status"))
            yield Suspect(f"{each.name} is in standby", gone, f"node online {each.name}")
        if each.is_maintenance:
            off = ("crm_attribute", "-q", "-t", "nodes", "-N", each.name, "-n", "maintenance", "-D")
            yield Suspect(f"{each.name} is in maintenance", (Tool(off),), f"node ready {each.name}")
        if each.health != "green":
            yield Suspect(
                f"the health of {each.name} is {each.health}",
                (_property("node-health-strategy", "none"),),
            )


def _failures(
    relations: Relations, needed: tuple[str, ...], name: str, node: str
) -> Iterator[Suspect]:
    for state in relations.cib.iterfind("status/node_state"):
        where = state.get("uname", "")
        if node and where != node:
            continue
        for holder in needed:
            if relations.resources[holder].tag != "primitive":
                continue
            depends = _and_needed(relations, holder, name)
            for said in _failed(state, holder):
                yield Suspect(
                    f"{holder} {said} on {where}{depends}",
                    tuple(forget(holder, where)),
                    f"resource cleanup {holder} {where}",
                )
            for path, why in _impossible(state, holder):
                yield Suspect(f"{holder} cannot run on {where}: {why}{depends}", (_delete(path),))


def _failed(state: Element, holder: str) -> Iterator[str]:
    for pair in state.iterfind("transient_attributes//nvpair"):
        name = pair.get("name", "")
        if name.split("#")[0].split(":")[0] == f"fail-count-{holder}":
            count = pair.get("value", "")
            often = {"INFINITY": "too often", "1": "once"}.get(count, f"{plain_line(count)} times")
            operation = name.partition("#")[2].rpartition("_")[0]
            yield f"failed {often} ({plain_line(operation) or 'an operation'})"


def _impossible(state: Element, holder: str) -> Iterator[tuple[str, str]]:
    where = state.get("id", "")
    for history in state.iterfind("lrm/lrm_resources/lrm_resource"):
        if history.get("id", "").split(":")[0] != holder:
            continue
        for operation in history.iterfind("lrm_rsc_op"):
            why = _CANNOT.get(operation.get("rc-code", ""))
            if why is not None:
                yield (
                    f"//node_state[@id='{where}']//lrm_rsc_op[@id='{operation.get('id', '')}']",
                    why,
                )


def _constraints(
    relations: Relations, needed: tuple[str, ...], name: str, node: str
) -> Iterator[Suspect]:
    for each in relations.constraints("rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket"):
        concerned = [holder for holder in needed if _names(each, holder)]
        words = _words(each, node) if concerned else ""
        if words:
            id_ = each.get("id", "")
            is_ban = id_.startswith(("cli-ban-", "cli-prefer-"))
            yield Suspect(
                f"{words}{_and_needed(relations, concerned[0], name)}",
                (_delete(f"//constraints/*[@id='{id_}']"),),
                f"resource clear {concerned[0]}" if is_ban else f"configure delete {id_}",
            )


def _names(constraint: Element, resource: str) -> bool:
    if resource in (constraint.get(name) for name in ("rsc", "then")):
        return True
    pattern = constraint.get("rsc-pattern")
    if pattern is not None:
        try:
            return re.search(pattern, resource) is not None
        except re.error:
            return False
    return any(each.get("id") == resource for each in constraint.iter("resource_ref"))


def _words(constraint: Element, node: str) -> str:
    """Return what a constraint says against running (on ``node``), or nothing where it does not."""
    id_, tag = plain_line(constraint.get("id", "")), constraint.tag
    score = plain_line(constraint.get("score", ""))
    if tag == "rsc_ticket":
        return f"{id_} ties it to the ticket {plain_line(constraint.get('ticket', ''))}"
    if tag == "rsc_order":
        first = plain_line(constraint.get("first", "")) or "others of its set"
        is_optional = constraint.get("kind") == "Optional" or score == "0"
        return "" if is_optional else f"{id_} has it wait for {first}"
    if tag == "rsc_colocation":
        other = plain_line(constraint.get("with-rsc", "")) or "others of its set"
        together = (
            "keeps it away from" if score.startswith("-") else "has it run only where there is"
        )
        return (
            f"{id_} {together} {other}" if "INF" in score.upper() else f"{id_} weighs it by {other}"
        )
    if constraint.find("rule") is not None:
        return f"the rules of {id_} decide where it may run"
    where = plain_line(constraint.get("node", ""))
    if node and where != node and score.startswith("-"):
        return ""
    if score.startswith("-"):
        return f"{id_} bans it from {where} ({score})"
    return f"{id_} draws it to {where} ({score})" if node and where != node else ""


def _standby(section: str, node: str) -> Tool:
    return Tool(("crm_attribute", "-q", "-t", section, "-N", node, "-n", "standby", "-D"))


def _property(name: str, value: str) -> Tool:
    return Tool(("crm_attribute", "-q", "-t", "crm_config", "-n", name, "-v", value))


def _delete(xpath: str) -> Tool:
    return Tool(("cibadmin", "--delete-all", "--force", "--xpath", xpath))
