"""Suspects that may keep a resource from running, or from running on one node.

Each suspect has steps that remove it on a copy of the CIB. If the scheduler then runs the resource,
the suspect is proved to be the cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.placement import placements
from crmtui.forecast.constraint_words import against, attraction, names, partner
from crmtui.forecast.failures import failures
from crmtui.forecast.steps import Step, Tool
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from crmtui.forecast.model import World
    from crmtui.forecast.relations import Relations

_FALSE = frozenset(("false", "0", "no", "off", "n"))
_TRUE = frozenset(("true", "1", "yes", "on", "y"))


@dataclass(frozen=True, slots=True)
class Suspect:
    """One possible cause."""

    sentence: str
    """Description, without a full stop."""
    removal: tuple[Step, ...]
    """Steps that remove the cause on a copy."""
    fix: str = ""
    """Line of crm that removes the cause for good; empty where there is none."""
    first: str = ""
    """Sentence about work to do before ``fix`` helps; empty where there is none."""
    is_certain: bool = False
    """True if the cause decides by itself, so that no trial is needed."""


def suspects(relations: Relations, world: World, name: str, node: str = "") -> tuple[Suspect, ...]:
    """Return the suspects that may keep the resource ``name`` from running.

    Args:
        relations: Relations of the CIB.
        world: Present nodes and resources.
        name: Id of the resource.
        node: The one node on which it should run; empty for any.
    """
    needed = _needed(relations, name)
    found = [
        *_roles(relations, needed, name),
        *_management(relations, needed, name),
        *_cluster(relations, world),
        *_nodes(world, node),
        *_failures(relations, needed, name, node),
        *_constraints(relations, needed, name, node),
    ]
    return tuple({each.sentence: each for each in found}.values())


def _needed(relations: Relations, name: str) -> tuple[str, ...]:
    """Return all resources that ``name``, or a member of it, needs to run."""
    held = (each for inner in relations.within(name) for each in relations.needed(inner))
    return tuple(dict.fromkeys(held))


def attractions(
    relations: Relations, world: World, name: str, nodes: Sequence[str]
) -> tuple[Suspect, ...]:
    """Return the suspects that may hold the resource ``name`` on ``nodes`` and keep it from others."""
    needed = _needed(relations, name)
    found = [
        suspect
        for each in relations.constraints("rsc_location", "rsc_colocation")
        for holder in [holder for holder in needed if names(each, holder)][:1]
        if (suspect := _attraction(relations, world, each, holder, name, nodes)) is not None
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


def keepers(relations: Relations, world: World, name: str) -> tuple[Suspect, ...]:
    """Return why the cluster leaves the resource ``name`` where it runs, whatever draws it."""
    primitives = frozenset(relations.within(name))
    left_alone = [
        each
        for each in world.walk()
        if each.kind == "primitive" and each.id in primitives and each.nodes and not each.is_managed
    ]
    found = dict.fromkeys(
        (each.id, "in maintenance" if "maintenance" in each.flags else "unmanaged")
        for each in left_alone
    )
    return tuple(
        Suspect(f"{id_} is {how}, so the cluster leaves it where it is", (), is_certain=True)
        for id_, how in found
    )


def _attraction(
    relations: Relations,
    world: World,
    constraint: Element,
    holder: str,
    name: str,
    nodes: Sequence[str],
) -> Suspect | None:
    words = attraction(constraint, nodes, _subject(holder, name))
    if not words:
        return None
    is_certain = holder in (*relations.chain(name), *relations.within(name)) and _binds(
        relations, world, constraint, nodes
    )
    if is_certain:
        words += f", which is on {', '.join(nodes)}"
    removal = (_delete(f"//constraints/*[@id='{constraint.get('id', '')}']"),)
    depends = _and_needed(relations, holder, name)
    return Suspect(words + depends, removal, is_certain=is_certain)


def _binds(relations: Relations, world: World, constraint: Element, nodes: Sequence[str]) -> bool:
    """Return true if a colocation allows only ``nodes``, because its partner is there."""
    other, role = partner(constraint)
    if other not in relations.resources:
        return False
    placed = placements(world)
    inside = [each for each in relations.within(other) if each in placed]
    there = {
        node
        for each in inside
        for node, roles in placed[each].items()
        if role in ("", "Started") or role in roles
    }
    return bool(nodes) and there == set(nodes)


def _subject(holder: str, name: str) -> str:
    return "it" if holder == name else holder


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
    # Pacemaker 3.0.3 renamed the property; where both are set the new one counts.
    new, old = relations.property("fencing-enabled"), relations.property("stonith-enabled")
    name = "stonith-enabled" if new is None else "fencing-enabled"
    has_device = any(each.get("class") == "stonith" for each in relations.resources.values())
    if (new or old or "true").lower() in _TRUE and not has_device:
        yield Suspect(
            "fencing is enabled, but there is no fencing device: the cluster starts nothing",
            (_property(name, "false"),),
        )
    if not any(each.is_online for each in world.nodes):
        yield Suspect("no node is online", (), is_certain=True)


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
    for each in failures(relations, needed, node):
        depends = _and_needed(relations, each.holder, name)
        yield Suspect(each.sentence + depends, each.removal, each.fix, each.first)


def _constraints(
    relations: Relations, needed: tuple[str, ...], name: str, node: str
) -> Iterator[Suspect]:
    for each in relations.constraints("rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket"):
        concerned = [holder for holder in needed if names(each, holder)]
        words = against(each, node, _subject(concerned[0], name)) if concerned else ""
        if words:
            id_ = each.get("id", "")
            is_ban = id_.startswith(("cli-ban-", "cli-prefer-"))
            yield Suspect(
                f"{words}{_and_needed(relations, concerned[0], name)}",
                (_delete(f"//constraints/*[@id='{id_}']"),),
                f"resource clear {concerned[0]}" if is_ban else f"configure delete {id_}",
            )


def _standby(section: str, node: str) -> Tool:
    return Tool(("crm_attribute", "-q", "-t", section, "-N", node, "-n", "standby", "-D"))


def _property(name: str, value: str) -> Tool:
    return Tool(("crm_attribute", "-q", "-t", "crm_config", "-n", name, "-v", value))


def _delete(xpath: str) -> Tool:
    return Tool(("cibadmin", "--delete-all", "--force", "--xpath", xpath))
