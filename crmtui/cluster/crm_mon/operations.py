"""Operations and their results: ``<failures>`` and ``<node_history>`` of crm_mon's XML.

Names have the words of Pacemaker's ``failed_action_friendly`` (``lib/pengine/pe_output.c``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from crmtui.cib.xml import Words, number, words
from crmtui.cluster.model import FailCount, Failure, Run
from crmtui.text import unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_KEY = re.compile(
    r"(?P<resource>.+?)_(?P<task>migrate_to|migrate_from|(?:confirmed-)?(?:pre|post)_notify_[^_]+|[^_]+)"
    r"_(?P<interval>\d+)"
)
"""Operation key: ``RESOURCE_TASK_INTERVAL``, where both names may hold underscores."""

_MASKED_PROBES = frozenset(("2", "5"))
"""Exit statuses of a probe that crm_mon reports on the resource, not as a failed action. These are
invalid parameter and not installed (``pcmk_xe_mask_probe_failure``).
"""


def failures(section: Element | None) -> tuple[Failure, ...]:
    """Return the failed actions of ``section``, in crm_mon's order."""
    return () if section is None else tuple(_failure(words(e)) for e in section.iter("failure"))


def _failure(attributes: Words) -> Failure:
    key = attributes.get("op_key") or attributes.get("id", "")
    match = _KEY.fullmatch(key)
    # crm_mon escapes the reason itself before it escapes all of the XML (failed_action_xml).
    reason = unescaped(attributes.get("exitreason", ""))
    return Failure(
        resource=match["resource"] if match else key,
        operation=_operation(match["task"], int(match["interval"])) if match else "unknown action",
        node=attributes.get("node", ""),
        status=attributes.get("status", ""),
        exit=attributes.get("exitstatus", ""),
        reason="" if reason == "none" else reason,
        when=attributes.get("last-rc-change", ""),
        key=key,
    )


@lru_cache(maxsize=512)
def _operation(task: str, milliseconds: int) -> str:
    if task == "monitor" and milliseconds == 0:
        return "probe"
    return f"{_interval(milliseconds)}-interval {task}" if milliseconds else task


def _interval(milliseconds: int) -> str:
    """Return ``milliseconds`` in the notation of crm's configuration: ``60s``, ``1h``, ``1.500s``.

    crm_mon's notation of a minute and more differs between releases (2.1.5: ``60s``, ``2m``,
    ``1m1000ms``). People look for the value that they have configured.
    """
    seconds, rest = divmod(milliseconds, 1000)
    if rest:
        return f"{seconds}.{rest:03}s" if seconds else f"{rest}ms"
    hours, over = divmod(seconds, 3600)
    return f"{hours}h" if not over else f"{seconds}s"


def failcounts(section: Element | None) -> tuple[FailCount, ...]:
    """Return the fail counts in ``section``, without those of zero."""
    return tuple(
        FailCount(
            resource=history.get("id", ""),
            node=node,
            count=history["fail-count"],
            threshold=_score(history.get("migration-threshold")),
            last_failure=history.get("last-failure", ""),
        )
        for node, history, _ in _histories(section)
        if history.get("fail-count", "0") != "0"
    )


def _score(value: str | None) -> str | None:
    # Pacemaker's infinity; crm_mon prints the word for fail counts only.
    return "INFINITY" if value == "1000000" else value


def runs(section: Element | None) -> tuple[Run, ...]:
    """Return the operation history in ``section``, in crm_mon's order."""
    return tuple(
        _run(words(operation), node, history.get("id", ""))
        for node, history, element in _histories(section)
        for operation in element.iter("operation_history")
    )


def _run(attributes: Words, node: str, resource: str) -> Run:
    interval = _milliseconds(attributes, "interval") or 0
    return Run(
        resource=resource,
        node=node,
        call=number(attributes, "call"),
        operation=_operation(attributes.get("task", ""), interval),
        status=number(attributes, "rc"),
        exit=attributes.get("rc_text", ""),
        when=attributes.get("last-rc-change", ""),
        execution=_milliseconds(attributes, "exec-time"),
        queued=_milliseconds(attributes, "queue-time"),
    )


def _milliseconds(attributes: Words, name: str) -> int | None:
    return _number(attributes.get(name, ""))


@lru_cache(maxsize=4096)
def _number(value: str) -> int | None:
    value = value.removesuffix("ms")
    return int(value) if value.isascii() and value.isdecimal() else None


def failed_probes(section: Element | None) -> Mapping[str, Mapping[str, str]]:
    """Return the reasons why probes found resources unusable, by resource and node."""
    found: dict[str, dict[str, str]] = {}
    for node, history, element in _histories(section):
        for operation in map(words, element.iter("operation_history")):
            if operation.get("task") == "probe" and operation.get("rc") in _MASKED_PROBES:
                reason = operation.get("rc_text", "")
                found.setdefault(history.get("id", ""), {})[node] = reason
    return found


def _histories(section: Element | None) -> Iterator[tuple[str, Words, Element]]:
    """Yield each resource history with its node's name and its own attributes."""
    for node in () if section is None else section.iter("node"):
        name = words(node).get("name", "")
        for history in node.iter("resource_history"):
            yield name, words(history), history
