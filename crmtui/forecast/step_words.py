"""Steps of key and menu verbs with Pacemaker's tools, where those do the same as crm.

``crm`` takes half a second to start, the tools some 20 ms. crmsh's ``ui_node.py`` and
``ui_resource.py`` define each verb; tests compare the outcome with crm itself. crm does every verb
that is missing here or not simple enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.forecast.history import clean_up, clear_state
from crmtui.forecast.steps import Settle, Step, Tool, TrialPlan, Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from crmtui.cib.objects import Configuration, ConfigurationObject

    PlanOutcome: TypeAlias = TrialPlan | Unforeseeable | None
    Maker: TypeAlias = Callable[[Configuration, str, tuple[str, ...]], PlanOutcome]

_SANE = re.compile(r"[\w.:-]+")
_CLONES = ("clone", "ms")
_OPPOSITE = {"maintenance": "is-managed", "is-managed": "maintenance"}
"""Pairs of attributes of which crm keeps one, and asks which."""


def tools(
    configuration: Configuration, level: str, verb: str, arguments: Sequence[str]
) -> PlanOutcome:
    """Return the steps of the tools for crm's verb; None if crm itself has to do it.

    Args:
        configuration: Objects of the CIB.
        level: ``node`` or ``resource``.
        verb: crm's name of the command, no alias.
        arguments: Words after the verb.
    """
    make = _VERBS.get((level, verb))
    if make is None or not all(map(_SANE.fullmatch, arguments)):
        return None
    if not arguments and verb not in ("cleanup", "refresh"):
        return None
    return make(configuration, verb, tuple(arguments))


# Nodes.


def _no_node(configuration: Configuration, name: str) -> Unforeseeable | None:
    known = configuration.objects.get(name)
    if known is not None and known.kind == "node":
        return None
    return Unforeseeable(f"there is no node {name}")


def _attribute(section: str, node: str, name: str, value: str | None) -> Tool:
    change = ("-D",) if value is None else ("-v", value)
    return Tool(("crm_attribute", "-q", "-t", section, "-N", node, "-n", name, *change))


def _standby(configuration: Configuration, _verb: str, arguments: tuple[str, ...]) -> PlanOutcome:
    lifetime = arguments[-1] if arguments[-1] in ("reboot", "forever") else ""
    names = arguments[:-1] if lifetime else arguments
    if not names or "--all" in names:
        return None
    section, other = ("status", "nodes") if lifetime == "reboot" else ("nodes", "status")
    steps: list[Step] = []
    for name in names:
        wrong = _no_node(configuration, name)
        if wrong is not None:
            return wrong
        steps.append(_attribute(other, name, "standby", None))
        steps.append(_attribute(section, name, "standby", "on"))
    return TrialPlan(tuple(steps))


def _online(configuration: Configuration, _verb: str, names: tuple[str, ...]) -> PlanOutcome:
    if "--all" in names:
        return None
    steps: list[Step] = []
    for name in names:
        wrong = _no_node(configuration, name)
        if wrong is not None:
            return wrong
        steps.append(_attribute("nodes", name, "standby", "off"))
        steps.append(_attribute("status", name, "standby", None))
    return TrialPlan(tuple(steps))


def _node_attribute(name: str, value: str, section: str = "nodes") -> Maker:
    def make(configuration: Configuration, _verb: str, arguments: tuple[str, ...]) -> PlanOutcome:
        if len(arguments) != 1:
            return None
        wrong = _no_node(configuration, arguments[0])
        return wrong or TrialPlan((_attribute(section, arguments[0], name, value),))

    return make


# Resources.


def _missing(name: str) -> Unforeseeable:
    return Unforeseeable(f"there is no resource {name}")


def _meta(attribute: str, value: str) -> Maker:
    def make(configuration: Configuration, _verb: str, names: tuple[str, ...]) -> PlanOutcome:
        steps: list[Step] = []
        for name in names:
            known = configuration.objects.get(name)
            if known is None:
                return _missing(name)
            holder = _holder(configuration, known)
            if holder is None or not _is_simple(configuration, holder, attribute):
                return None
            steps.append(_set_meta(holder.id, attribute, value))
        return TrialPlan(tuple(steps))

    return make


def _set_meta(resource: str, attribute: str, value: str) -> Tool:
    setting = ("--set-parameter", attribute, "--parameter-value", value)
    return Tool(("crm_resource", "--quiet", "--meta", "--resource", resource, *setting, "--force"))


def _holder(configuration: Configuration, known: ConfigurationObject) -> ConfigurationObject | None:
    """Return the object on which crm sets an attribute: a group's member, else the outermost holder."""
    if known.kind not in ("primitive", "group", "clone", "ms"):
        return None
    parent = configuration.objects.get(known.parent)
    if parent is None or (known.kind == "primitive" and parent.kind == "group"):
        return known
    return _holder(configuration, parent)


def _is_simple(configuration: Configuration, holder: ConfigurationObject, attribute: str) -> bool:
    """Return true if crm would only set the attribute: ask nothing, and remove it nowhere else."""
    names = {attribute, _OPPOSITE.get(attribute, attribute)}
    inner = [configuration.objects[name] for name in _within(configuration, holder)]
    if any(setting.name in names for each in inner for setting in each.settings):
        return False
    opposite = _OPPOSITE.get(attribute)
    return not any(setting.name == opposite for setting in holder.settings)


def _within(configuration: Configuration, holder: ConfigurationObject) -> Iterator[str]:
    for name in holder.members:
        if name in configuration.objects:
            yield name
            yield from _within(configuration, configuration.objects[name])


def _restart(configuration: Configuration, verb: str, names: tuple[str, ...]) -> PlanOutcome:
    stop = _meta("target-role", "Stopped")(configuration, verb, names)
    start = _meta("target-role", "Started")(configuration, verb, names)
    if isinstance(stop, TrialPlan) and isinstance(start, TrialPlan):
        return TrialPlan((*stop.steps, Settle(), *start.steps))
    return stop


def _role(role: str) -> Maker:
    def make(configuration: Configuration, _verb: str, names: tuple[str, ...]) -> PlanOutcome:
        if len(names) != 1:
            return None
        known = configuration.objects.get(names[0])
        if known is None:
            return _missing(names[0])
        is_promotable = known.kind == "ms" or any(
            setting.name == "promotable" and setting.value.lower() in ("true", "1", "yes", "on")
            for setting in known.settings
        )
        if known.kind not in _CLONES or not is_promotable:
            return Unforeseeable(f"{known.id} is no promotable clone")
        return TrialPlan((_set_meta(known.id, "target-role", role),))

    return make


def _move(configuration: Configuration, verb: str, arguments: tuple[str, ...]) -> PlanOutcome:
    name, *rest = arguments
    if name not in configuration.objects:
        return _missing(name)
    force = ("--force",) if "force" in rest else ()
    rest = [word for word in rest if word != "force"]
    nodes = [word for word in rest if _no_node(configuration, word) is None]
    if len(rest) > 2 or (len(rest) == 2 and not nodes):
        return None
    if verb == "move" and not nodes and not force:
        return Unforeseeable(f"there is no node {rest[0]}" if rest else "no node is named")
    lifetimes = [word for word in rest if word not in nodes]
    options = [*(["--node", nodes[0]] if nodes else [])]
    options += ["--lifetime", lifetimes[0]] if lifetimes else []
    return TrialPlan(
        (Tool(("crm_resource", "--quiet", f"--{verb}", "--resource", name, *options, *force)),)
    )


def _clear(configuration: Configuration, _verb: str, names: tuple[str, ...]) -> PlanOutcome:
    if len(names) != 1:
        return None
    if names[0] not in configuration.objects:
        return _missing(names[0])
    return TrialPlan((Tool(("crm_resource", "--quiet", "--clear", "--resource", names[0])),))


_TRUE = frozenset(("on", "true"))
_SETTINGS = {"param": (), "meta": ("--meta",), "utilization": ("--utilization",)}


def _maintenance(
    configuration: Configuration, _verb: str, arguments: tuple[str, ...]
) -> PlanOutcome:
    name, *rest = arguments
    if name not in configuration.objects:
        return _missing(name)
    if len(rest) > 1 or (rest and rest[0] not in (*_TRUE, "off", "false")):
        return None
    value = "true" if not rest or rest[0] in _TRUE else "false"
    return _meta("maintenance", value)(configuration, "", (name,))


def _setting(configuration: Configuration, verb: str, arguments: tuple[str, ...]) -> PlanOutcome:
    """Return the steps of ``resource param``, ``meta`` and ``utilization`` for one value."""
    if len(arguments) < 3:
        return None
    name, what, attribute, *value = arguments
    if name not in configuration.objects:
        return _missing(name)
    change = {
        ("set", 1): ("--set-parameter", attribute, "--parameter-value", *value),
        ("delete", 0): ("--delete-parameter", attribute),
    }.get((what, len(value)))
    if change is None:
        return None
    return TrialPlan(
        (Tool(("crm_resource", "--quiet", *_SETTINGS[verb], "--resource", name, *change)),)
    )


def _node_setting(
    configuration: Configuration, verb: str, arguments: tuple[str, ...]
) -> PlanOutcome:
    """Return the steps of ``node attribute`` and ``node status-attr`` for one value."""
    if len(arguments) < 3 or arguments[1] not in ("set", "delete"):
        return None
    name, what, attribute, *value = arguments
    if len(value) != (1 if what == "set" else 0):
        return None
    section = "status" if verb == "status-attr" else "nodes"
    wrong = _no_node(configuration, name)
    return wrong or TrialPlan((_attribute(section, name, attribute, value[0] if value else None),))


_VERBS: Mapping[tuple[str, str], Maker] = {
    ("node", "standby"): _standby,
    ("node", "online"): _online,
    ("node", "maintenance"): _node_attribute("maintenance", "true"),
    ("node", "ready"): _node_attribute("maintenance", "off"),
    ("node", "fence"): _node_attribute("terminate", "true", "status"),
    ("node", "clearstate"): clear_state,
    ("node", "attribute"): _node_setting,
    ("node", "status-attr"): _node_setting,
    ("resource", "start"): _meta("target-role", "Started"),
    ("resource", "stop"): _meta("target-role", "Stopped"),
    ("resource", "restart"): _restart,
    ("resource", "promote"): _role("Promoted"),
    ("resource", "demote"): _role("Unpromoted"),
    ("resource", "manage"): _meta("is-managed", "true"),
    ("resource", "unmanage"): _meta("is-managed", "false"),
    ("resource", "maintenance"): _maintenance,
    ("resource", "move"): _move,
    ("resource", "ban"): _move,
    ("resource", "clear"): _clear,
    ("resource", "cleanup"): clean_up,
    ("resource", "refresh"): clean_up,
    **{("resource", verb): _setting for verb in _SETTINGS},
}
