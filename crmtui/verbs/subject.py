"""Which resource is meant when one is selected, as crm itself would take it.

crm sets what concerns an instance on its clone, and what concerns a member of a group on the member
(source: crmsh, ``ui_resource.set_deep_meta_attr``). What places a resource concerns the whole that
moves together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.cib.objects import Configuration
    from crmtui.cluster.model import Cluster, Resource
    from crmtui.verbs.verb import Scene

_INSTANCES = frozenset(("clone", "bundle", "replica"))


def path_to(cluster: Cluster, name: str) -> tuple[Resource, ...]:
    """Return the resource ``name`` behind those that hold it, outermost first; nothing if unknown."""
    for top in cluster.resources:
        if found := _within(top, name):
            return found
    return ()


def _within(resource: Resource, name: str) -> tuple[Resource, ...]:
    if resource.id == name:
        return (resource,)
    for child in resource.children:
        if found := _within(child, name):
            return (resource, *found)
    return ()


def resource(scene: Scene, name: str) -> Resource | None:
    """Return the resource called ``name``, or None."""
    path = path_to(scene.cluster, name)
    return path[-1] if path else None


def whole(scene: Scene, name: str) -> str:
    """Return the clone or bundle that an instance belongs to, else the resource itself."""
    path = list(path_to(scene.cluster, name))
    while len(path) > 1 and path[-2].kind in _INSTANCES:
        path.pop()
    return path[-1].id if path else name


def outermost(scene: Scene, name: str) -> str:
    """Return what moves together with ``name``."""
    path = path_to(scene.cluster, name)
    return path[0].id if path else name


def promotable(scene: Scene, name: str) -> str:
    """Return the promotable clone that ``name`` is, or belongs to; else ``name``."""
    path = path_to(scene.cluster, name)
    return next((each.id for each in reversed(path) if "promotable" in each.flags), name)


def moved(scene: Scene, name: str) -> str:
    """Return what has a constraint left behind by move or ban, of ``name`` and those that hold it."""
    path = path_to(scene.cluster, name)
    left = leftovers(scene.configuration)
    return next((each.id for each in reversed(path) if each.id in left), outermost(scene, name))


def leftovers(configuration: Configuration) -> frozenset[str]:
    """Return the resources for which ``move`` or ``ban`` left a constraint: ``cli-prefer-db``."""
    return frozenset(
        name
        for each in configuration.of_kind("location")
        if each.id.startswith("cli-")
        for name in each.members
    )


def is_in_maintenance(scene: Scene, one: Resource) -> bool:
    """Say whether the resource itself was put into maintenance.

    Pacemaker before 2.1.6 tells the state of being unmanaged only, so the configuration is asked.
    """
    known = scene.configuration.objects.get(one.id)
    settings = known.settings if known is not None else ()
    is_set = any(
        (each.section, each.name) == ("meta", "maintenance")
        and each.value.lower() in ("true", "yes", "on", "1", "y")
        for each in settings
    )
    return is_set or (known is None and "maintenance" in one.flags)
