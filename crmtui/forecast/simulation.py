"""Simulation as a value: ``crm_simulate --simulate --output-as=xml``, Pacemaker 2.1 to 3.0.

The names and attributes of the actions are those of ``rsc_action_item`` and ``node_action`` in
Pacemaker's ``lib/pacemaker/pcmk_output.c``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.cib.xml import Words, is_true, root, words
from crmtui.cluster.crm_mon import nodes, resources
from crmtui.errors import CibUnreadable
from crmtui.forecast.model import ScheduledAction, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

_INSTANCE = re.compile(r":\d+$")
_OPERATIONS = {
    "move": ("stop", "start"),
    "migrate": ("migrate_to", "migrate_from"),
    "recover": ("stop", "demote", "start"),
    "restart": ("stop", "demote", "start"),
    "re-promote": ("demote", "promote"),
}
"""First operations of each action that is no operation itself."""
_TRACELESS = re.compile(r"\b(?:op|task)=(?:cancel|delete|clear_failcount)\b")
"""Operations that a simulation does not carry out, so that the scheduler would ask for them for
ever. A deleted history and a forgotten fail count are only printed, and a cancelled monitor
stays in the history (``simulate_resource_action`` in Pacemaker's
``lib/pacemaker/pcmk_simulate.c``).
"""
_LATE = 1 << 30


@dataclass(frozen=True, slots=True)
class Simulation:
    """Plan of the scheduler for a CIB, and the resulting state."""

    before: World
    after: World
    actions: tuple[ScheduledAction, ...] = ()
    blocked: tuple[ScheduledAction, ...] = ()
    fenced: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    """All operations of the transition, probes and monitors included, one by one."""

    @property
    def is_settled(self) -> bool:
        """True if another transition would do nothing, not even a probe."""
        return all(map(_TRACELESS.search, self.work))


def parse(xml: str) -> Simulation:
    """Return the simulation that ``xml`` describes.

    Raises:
        CibUnreadable: The XML is broken, or crm_simulate could not work on the CIB.
    """
    result = root(xml, "crm_simulate")
    before, after = result.find("cluster_status"), result.find("revised_cluster_status")
    transition = result.find("transition")
    if before is None or after is None or transition is None:
        said = " ".join(text.strip() for text in result.itertext() if text.strip())
        raise CibUnreadable(
            "crm_simulate could not work on the CIB.",
            hint=said[:300] or "Check it with crm_verify -L -V.",
        )
    was = _world(before)
    known = {each.id for each in was.walk()}
    starts = _starts(transition)
    found = [
        (each, is_true(attributes, "blocked"))
        for attributes in map(words, result.iterfind("actions/rsc_action"))
        for each in (_action(attributes, known),)
    ]
    acted = sorted((each for each, is_blocked in found if not is_blocked), key=starts.of)
    on_nodes = tuple(map(_on_node, map(words, result.iterfind("actions/node_action"))))
    fenced = [words(each).get("target", "") for each in transition.iterfind("fencing_action")]
    fenced += [each.node for each in on_nodes if each.action == "fence"]
    return Simulation(
        before=was,
        after=_world(after),
        actions=(*on_nodes, *acted),
        blocked=tuple(each for each, is_blocked in found if is_blocked),
        fenced=tuple(dict.fromkeys(fenced)),
        work=tuple(sorted(_told(each) for each in transition)),
    )


def _told(step: Element) -> str:
    return " ".join((step.tag, *(f"{name}={value}" for name, value in sorted(step.attrib.items()))))


def chained(simulations: Iterable[Simulation]) -> Simulation:
    """Return consecutive transitions as one.

    A resource that stops and later starts in the same place restarts. A blocked action counts only
    if the last transition still blocks it.
    """
    all_of = list(simulations)
    return Simulation(
        before=all_of[0].before,
        after=all_of[-1].after,
        actions=_joined([each for one in all_of for each in one.actions]),
        blocked=all_of[-1].blocked,
        fenced=tuple(dict.fromkeys(node for one in all_of for node in one.fenced)),
        work=all_of[-1].work,
    )


def _joined(actions: list[ScheduledAction]) -> tuple[ScheduledAction, ...]:
    joined: list[ScheduledAction] = []
    for each in actions:
        stop = next((one for one in joined if _is_undone(one, each)), None)
        if stop is None:
            joined.append(each)
        else:
            restart = replace(stop, action="restart", target=stop.source, reason=each.reason)
            joined[joined.index(stop)] = restart
    return tuple(joined)


def _is_undone(stop: ScheduledAction, start: ScheduledAction) -> bool:
    return (
        (stop.action, start.action) == ("stop", "start")
        and stop.resource == start.resource
        and stop.node == start.node
    )


def _world(status: Element) -> World:
    members = nodes.parse(status.find("nodes"))
    lost = frozenset(each.name for each in members if each.is_unclean and not each.is_online)
    found = resources.parse(status.find("resources"), resources.Context(lost_nodes=lost))
    return World(nodes.placed(members, found), found)


def _action(attributes: Words, known: set[str]) -> ScheduledAction:
    name = attributes.get("resource", "")
    what = attributes.get("action", "").lower()
    source = attributes.get("source", "")
    target = attributes.get("dest", source)
    node = attributes.get("node", "")
    if node and what == "stop":
        source, target = node, ""
    elif node:
        source, target = "", node
    return ScheduledAction(
        action=what,
        resource=name if name in known else _INSTANCE.sub("", name),
        node=target or source,
        source=source,
        target=target,
        reason=attributes.get("reason", ""),
    )


def _on_node(attributes: Words) -> ScheduledAction:
    task = attributes.get("task", "")
    return ScheduledAction(
        action="fence" if task.startswith("Fence") else task.lower(),
        resource="",
        node=attributes.get("node", ""),
        reason=attributes.get("reason", ""),
    )


@dataclass(frozen=True, slots=True)
class _Starts:
    """Start of each operation, as its place in the transition."""

    places: Mapping[tuple[str, str], int]

    def of(self, action: ScheduledAction) -> int:
        operations = _OPERATIONS.get(action.action, (action.action,))
        return min(self.places.get((action.resource, each), _LATE) for each in operations)


def _starts(transition: Element) -> _Starts:
    places: dict[tuple[str, str], int] = {}
    for at, (resource, operation) in enumerate(_operations(transition)):
        places.setdefault((resource, operation), at)
    return _Starts(places)


def _operations(transition: Element) -> Iterator[tuple[str, str]]:
    for element in transition:
        attributes = words(element)
        if element.tag == "rsc_action":
            yield attributes.get("resource", ""), attributes.get("op", "")
        elif element.tag == "pseudo_action":  # a resource stops because its node is fenced
            resource, _, operation = attributes.get("task", "").removesuffix("_0").rpartition("_")
            yield resource, operation
