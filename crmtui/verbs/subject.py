"""Subject of a verb: the resource that crm acts on when another one is selected.

crm sets the meta attributes of an instance on its clone, and those of a group's member on the member
(source: crmsh, ``ui_resource.set_deep_meta_attr``). Move and ban act on the outermost resource, which
moves as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.cib.objects import Configuration
    from crmtui.cluster.model import Cluster, Resource
    from crmtui.verbs.verb import Scene

_INSTANCES = frozenset(("clone", "bundle", "replica"))


def path_to(cluster: Cluster, name: str) -> tuple[Resource, ...]:
    """Return the resource ``name`` after its parents, outermost first; nothing if unknown."""
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
    """Return the outermost resource that holds ``name``, and moves with it."""
    path = path_to(scene.cluster, name)
    return path[0].id if path else name


def promotable(scene: Scene, name: str) -> str:
    """Return the promotable clone that ``name`` is or belongs to; else ``name``."""
    path = path_to(scene.cluster, name)
    return next((each.id for each in reversed(path) if "promotable" in each.flags), name)


def moved(scene: Scene, name: str) -> str:
    """Return ``name`` or its nearest parent with a constraint that move or ban has left."""
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

    Pacemaker before 2.1.6 reports only that it is unmanaged, so the configuration decides.
    """
    known = scene.configuration.objects.get(one.id)
    settings = known.settings if known is not None else ()
    is_set = any(
        (each.section, each.name) == ("meta", "maintenance")
        and each.value.lower() in ("true", "yes", "on", "1", "y")
        for each in settings
    )
    return is_set or (known is None and "maintenance" in one.flags)
