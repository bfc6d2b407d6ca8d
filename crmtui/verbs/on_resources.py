"""Verbs for a resource: start, stop, move, ban, clean up and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.cluster.roles import is_running, primitives
from crmtui.verbs import subject
from crmtui.verbs.verb import Scene, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster, Resource

_INSTANCE = re.compile(r":\d+$")


def _about(
    why_not: Callable[[Scene, Resource], str], *, even_orphaned: bool = False
) -> Callable[[Scene, str], str]:
    def told(scene: Scene, name: str) -> str:
        one = subject.resource(scene, name)
        if one is None:
            return f"There is no resource {name}."
        if one.is_orphaned and not even_orphaned:
            return f"{name} is no longer configured (orphaned): it can only be cleaned up."
        return why_not(scene, one)

    return told


def _is_disabled(one: Resource) -> bool:
    return "disabled" in one.flags


def _is_capped(one: Resource) -> bool:
    return any(flag.startswith("target-role:") for each in one.walk() for flag in each.flags)


def _promoted_on(one: Resource) -> tuple[str, ...]:
    found = (each for each in primitives(one) if "Promoted" in each.role.split())
    return tuple(dict.fromkeys(node for each in found for node in each.nodes))


def _unmanaged(one: Resource, would: str) -> str:
    return "" if one.is_managed else f"{one.id} is unmanaged: the cluster would not {would} it."


def _no_start(_scene: Scene, one: Resource) -> str:
    if any(_is_disabled(each) for each in one.walk()) or _is_capped(one):
        return ""
    if is_running(one):
        return f"{one.id} runs already."
    return f"{one.id} is not disabled: start would change nothing."


def _no_stop(_scene: Scene, one: Resource) -> str:
    return f"{one.id} is disabled already." if _is_disabled(one) else ""


def _no_restart(_scene: Scene, one: Resource) -> str:
    if not is_running(one):
        return f"{one.id} does not run."
    return _unmanaged(one, "stop")


def _no_promote(_scene: Scene, one: Resource) -> str:
    if "promotable" not in one.flags:
        return f"{one.id} is no promotable clone."
    nodes = _promoted_on(one)
    if nodes and not _is_capped(one):
        return f"{one.id} is promoted already, on {', '.join(nodes)}."
    return ""


def _no_demote(_scene: Scene, one: Resource) -> str:
    if "promotable" not in one.flags:
        return f"{one.id} is no promotable clone."
    return "" if _promoted_on(one) else f"{one.id} is promoted nowhere."


def _no_move(scene: Scene, one: Resource) -> str:
    if not is_running(one):
        return f"{one.id} does not run."
    if not _targets(scene, one.id):
        return f"There is no other node that could run {one.id}."
    return _unmanaged(one, "move")


def _no_ban(scene: Scene, one: Resource) -> str:
    return "" if _ban_nodes(scene, one.id) else f"{one.id} is banned from every node already."


def _no_clear(scene: Scene, one: Resource) -> str:
    if one.id in subject.leftovers(scene.configuration):
        return ""
    return f"Neither move nor ban has left a constraint for {one.id}."


def _no_cleanup(scene: Scene, one: Resource) -> str:
    ids = {each.id for each in one.walk()}
    failed = [each.resource for each in scene.cluster.failures]
    failed += [each.resource for each in scene.cluster.failcounts]
    is_failed = one.is_failed or one.is_orphaned
    if is_failed or any(_INSTANCE.sub("", each) in ids for each in failed):
        return ""
    return f"{one.id} has no failures to forget."


def _no_refresh(_scene: Scene, _one: Resource) -> str:
    return ""


def _no_manage(scene: Scene, one: Resource) -> str:
    if one.is_managed:
        return f"{one.id} is managed already."
    if scene.cluster.is_maintenance:
        return "The whole cluster is in maintenance mode: end that first."
    if subject.is_in_maintenance(scene, one):
        return f"{one.id} is in maintenance: end that instead."
    return ""


def _no_unmanage(_scene: Scene, one: Resource) -> str:
    return "" if one.is_managed else f"{one.id} is unmanaged already."


def _no_maintenance(scene: Scene, one: Resource) -> str:
    is_in = subject.is_in_maintenance(scene, one)
    return f"{one.id} is in maintenance already." if is_in else ""


def _no_maintenance_off(scene: Scene, one: Resource) -> str:
    is_in = subject.is_in_maintenance(scene, one)
    return "" if is_in else f"{one.id} is not in maintenance."


def _able(cluster: Cluster) -> tuple[str, ...]:
    """Return the nodes that can take resources now."""
    return tuple(
        node.name
        for node in cluster.nodes
        if node.is_online and not (node.is_standby or node.is_unclean or node.is_pending)
    )


def _targets(scene: Scene, name: str) -> tuple[str, ...]:
    one = subject.resource(scene, name)
    if one is None:
        return ()
    here = _promoted_on(one) if "promotable" in one.flags else one.nodes
    inside = {each.id for each in one.walk()}
    own = {node.name for node in scene.cluster.nodes if node.resource in inside}
    return tuple(node for node in _able(scene.cluster) if node not in here and node not in own)


def _ban_nodes(scene: Scene, name: str) -> tuple[str, ...]:
    one = subject.resource(scene, name)
    if one is None:
        return ()
    banned = {
        each.node
        for each in scene.cluster.bans
        if each.resource == name and each.id.startswith("cli-ban-")
    }
    here = [node for node in one.nodes if node not in banned]
    others = [node.name for node in scene.cluster.nodes if node.name not in {*here, *banned}]
    return (*here, *others)


ON_RESOURCES: tuple[Verb, ...] = (
    Verb("resource.start", "resource start {names}", _about(_no_start), subject.whole),
    Verb("resource.stop", "resource stop {names}", _about(_no_stop), subject.whole),
    Verb("resource.restart", "resource restart {names}", _about(_no_restart), subject.whole),
    Verb("resource.promote", "resource promote {name}", _about(_no_promote), subject.promotable),
    Verb("resource.demote", "resource demote {name}", _about(_no_demote), subject.promotable),
    Verb(
        "resource.move",
        "resource move {name} {node}",
        _about(_no_move),
        subject.outermost,
        _targets,
    ),
    Verb(
        "resource.ban", "resource ban {name} {node}", _about(_no_ban), subject.outermost, _ban_nodes
    ),
    Verb("resource.clear", "resource clear {name}", _about(_no_clear), subject.moved),
    Verb(
        "resource.cleanup",
        "resource cleanup {name}",
        _about(_no_cleanup, even_orphaned=True),
        subject.whole,
    ),
    Verb(
        "resource.refresh",
        "resource refresh {name}",
        _about(_no_refresh, even_orphaned=True),
        subject.whole,
    ),
    Verb("resource.manage", "resource manage {name}", _about(_no_manage), subject.whole),
    Verb("resource.unmanage", "resource unmanage {name}", _about(_no_unmanage), subject.whole),
    Verb(
        "resource.maintenance",
        "resource maintenance {name} on",
        _about(_no_maintenance),
        subject.whole,
    ),
    Verb(
        "resource.maintenance",
        "resource maintenance {name} off",
        _about(_no_maintenance_off),
        subject.whole,
    ),
)
