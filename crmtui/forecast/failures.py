"""Failures that keep a resource from a node: fail counts, and exit statuses that Pacemaker obeys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.forecast.history import forget
from crmtui.forecast.steps import Step, Tool
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from crmtui.forecast.relations import Relations


@dataclass(frozen=True, slots=True)
class HeldFailure:
    """Failure that keeps a resource from a node."""

    holder: str
    """Id of the resource that failed."""
    sentence: str
    removal: tuple[Step, ...]
    """Steps that forget the failure on a copy."""
    fix: str
    """Line of crm that forgets the failure."""
    first: str = ""
    """Sentence about the repair that has to come before the line; empty where none has to."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Exit status after which Pacemaker does not try again (``ocf_exitcode``)."""

    word: str
    meaning: str
    """Explanation where the agent gives no reason itself."""
    first: str
    is_everywhere: bool = False
    """True if the status counts for all nodes."""


_REFUSALS = {
    "2": _Refusal(
        "invalid parameter",
        "its agent refuses its parameters",
        "Correct its parameters, or what they name on {node}; a clean-up before fails again.",
    ),
    "5": _Refusal(
        "not installed",
        "its agent, or a program that it needs, is missing there",
        "Install what is missing on {node}; a clean-up before fails again.",
    ),
    "6": _Refusal(
        "not configured",
        "its agent refuses its configuration",
        "Correct its parameters; a clean-up before fails again.",
        is_everywhere=True,
    ),
}
_IMPLICIT = r"{}-(?:(?:docker|podman|rkt)-|ip-)?[\d.:a-f]+"
"""Pattern of the resources that Pacemaker derives from a bundle: containers, addresses, connections."""


def failures(relations: Relations, holders: tuple[str, ...], node: str) -> Iterator[HeldFailure]:
    """Yield the failures that keep ``holders`` from ``node``; an empty ``node`` stands for any."""
    for state in relations.cib.iterfind("status/node_state"):
        where = state.get("uname", "")
        for name in _failing(relations, holders, state):
            refused = _refused(state, name)
            if refused is not None and (node in ("", where) or refused[1].is_everywhere):
                yield _refusal(state, name, *refused)
            elif node in ("", where):
                yield from _counted(state, name)


def _failing(relations: Relations, holders: tuple[str, ...], state: Element) -> Iterator[str]:
    """Yield the primitives of ``holders``, including those that a bundle implies."""
    seen = [each.get("id", "") for each in state.iterfind("lrm/lrm_resources/lrm_resource")]
    for holder in holders:
        kind = relations.resources[holder].tag
        if kind == "primitive":
            yield holder
        elif kind == "bundle":
            implicit = re.compile(_IMPLICIT.format(re.escape(holder)))
            yield from (name for name in seen if implicit.fullmatch(name))


def _operations(state: Element, name: str) -> Iterator[Element]:
    for history in state.iterfind("lrm/lrm_resources/lrm_resource"):
        if history.get("id", "").split(":")[0] == name:
            yield from history.iterfind("lrm_rsc_op")


def _refused(state: Element, name: str) -> tuple[Element, _Refusal] | None:
    """Return the operation whose status rules the node out, preferably one with a reason."""
    found = [each for each in _operations(state, name) if each.get("rc-code") in _REFUSALS]
    found.sort(key=lambda each: not each.get("exit-reason"))
    return (found[0], _REFUSALS[found[0].get("rc-code", "")]) if found else None


def _refusal(state: Element, name: str, operation: Element, refusal: _Refusal) -> HeldFailure:
    where = plain_line(state.get("uname", ""))
    reason = plain_line(operation.get("exit-reason", "")) or refusal.meaning
    ids = {
        each.get("id", "") for each in _operations(state, name) if each.get("rc-code") in _REFUSALS
    }
    gone = (
        f"//node_state[@id='{state.get('id', '')}']//lrm_rsc_op[@id='{each}']"
        for each in sorted(ids)
    )
    return HeldFailure(
        name,
        f"{name} cannot run on {where}, where its {_task(operation)} ended with "
        f'"{refusal.word}": {reason}',
        (*map(_delete, gone), *forget(name, state.get("uname", ""))),
        f"resource cleanup {name} {where}",
        refusal.first.format(node=where),
    )


def _task(operation: Element) -> str:
    task = plain_line(operation.get("operation", "")) or "action"
    return "probe" if task == "monitor" and operation.get("interval") == "0" else task


def _counted(state: Element, name: str) -> Iterator[HeldFailure]:
    where = state.get("uname", "")
    for pair in state.iterfind("transient_attributes//nvpair"):
        about, _, key = pair.get("name", "").partition("#")
        if about.split(":")[0] != f"fail-count-{name}":
            continue
        count = pair.get("value", "")
        often = {"INFINITY": "too often", "1": "once"}.get(count, f"{plain_line(count)} times")
        task = key.rpartition("_")[0]
        reason = _reason(state, name, task)
        said = f"{plain_line(task) or 'an operation'}{f': {reason}' if reason else ''}"
        yield HeldFailure(
            name,
            f"{name} failed {often} on {plain_line(where)} ({said})",
            tuple(forget(name, where)),
            f"resource cleanup {name} {where}",
        )


def _reason(state: Element, name: str, task: str) -> str:
    """Return the agent's own reason for the last failure of the operation."""
    for each in _operations(state, name):
        is_failure = "_last_failure_" in each.get("id", "")
        if is_failure and task in ("", each.get("operation")):
            return plain_line(each.get("exit-reason", ""))
    return ""


def _delete(xpath: str) -> Tool:
    return Tool(("cibadmin", "--delete-all", "--force", "--xpath", xpath))
