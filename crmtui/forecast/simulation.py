"""``crm_simulate --simulate --output-as=xml``, from Pacemaker 2.1 to 3.0, as a value.

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
"""The operations that an action begins with, where it is none itself."""
_TRACELESS = re.compile(r"\b(?:op|task)=(?:cancel|delete|clear_failcount)\b")
"""What the simulation does not carry forward, and the scheduler would ask for again and again: of a
deleted history and of a forgotten fail count it only tells, and a cancelled monitor stays in the
history (``simulate_resource_action`` in Pacemaker's ``lib/pacemaker/pcmk_simulate.c``)."""
_LATE = 1 << 30


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the scheduler would do with a CIB, and what would come of it."""

    before: World
    after: World
    actions: tuple[ScheduledAction, ...] = ()
    blocked: tuple[ScheduledAction, ...] = ()
    fenced: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    """All that the transition does, probes and monitors as well, one by one."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing would come of another transition: there is not even a probe to do."""
        return all(map(_TRACELESS.search, self.work))


def parse(xml: str) -> Simulation:
    """Return what ``xml`` says.

    Raises:
        CibUnreadable: It is broken, or crm_simulate says that it could not work on the CIB.
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
    """Return transitions that follow each other as one.

    What stops and later starts in the same place restarts. What was blocked counts only if it still
    is in the last.
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
    """When each operation begins, as its place in the transition."""

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
        elif element.tag == "pseudo_action":  # what stops because its node is fenced
            resource, _, operation = attributes.get("task", "").removesuffix("_0").rpartition("_")
            yield resource, operation
