"""Parser of ``crm_mon --output-as=xml``, from Pacemaker 2.1 to 3.0, to a cluster.

The parser computes nothing that the XML leaves out: only Pacemaker's scheduler knows the state of
things. New elements and attributes are carried or ignored. Only a document without a cluster is an
error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.xml import Words, is_true, number, root, words
from crmtui.cluster.crm_mon import nodes, operations, resources
from crmtui.cluster.crm_mon.refusal import refusal
from crmtui.cluster.model import Ban, Cluster, FenceEvent, NodeAttribute, Ticket
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def parse(xml: str, *, name: str = "") -> Cluster:
    """Return the cluster that ``xml`` describes.

    Args:
        xml: Output of ``crm_mon --output-as=xml``.
        name: The property ``cluster-name``, which crm_mon does not print.

    Raises:
        ClusterUnavailable: crm_mon is not connected.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: The XML is broken or empty, or crm_mon could not read the CIB.
    """
    result = root(xml, "crm_mon")
    summary = result.find("summary")
    if summary is None:
        raise refusal(result)
    history = result.find("node_history")
    members = nodes.parse(result.find("nodes"))
    context = resources.context(members, operations.failed_probes(history))
    found = resources.parse(result.find("resources"), context)
    options = _first(summary, "cluster_options")
    dc = _first(summary, "current_dc")
    counts = _first(summary, "resources_configured")
    return Cluster(
        name=plain_line(name),
        stack=_first(summary, "stack").get("type", "unknown"),
        dc=dc.get("name") or None,
        has_quorum=is_true(dc, "with_quorum"),
        is_maintenance=is_true(options, "maintenance-mode"),
        is_fencing_enabled=is_true(options, _fencing_option(options), default=True),
        is_stopping_all=is_true(options, "stop-all-resources"),
        no_quorum_policy=options.get("no-quorum-policy", "stop"),
        nodes_configured=number(_first(summary, "nodes_configured"), "number"),
        resources_configured=number(counts, "number"),
        resources_disabled=number(counts, "disabled"),
        resources_blocked=number(counts, "blocked"),
        last_updated=_first(summary, "last_update").get("time", ""),
        last_change=_last_change(_first(summary, "last_change")),
        nodes=nodes.placed(members, found),
        resources=found,
        failures=operations.failures(result.find("failures")),
        fencing=_fencing(result),
        tickets=_tickets(result),
        bans=_bans(result),
        attributes=_attributes(result),
        failcounts=operations.failcounts(history),
        history=operations.runs(history),
        version=dc.get("version", ""),
        is_mixed_version=is_true(dc, "mixed_version"),
        pacemaker_state=_pacemaker_state(result, summary),
        is_fencing_known=_first(result, "fence_history").get("status", "0") == "0",
        options=tuple(_once(options)),
    )


def _first(parent: Element, tag: str) -> Words:
    element = parent.find(tag)
    return {} if element is None else words(element)


def _pacemaker_state(result: Element, summary: Element) -> str:
    # 2.1 prints an element beside the summary, 3.0 an attribute.
    state = _first(result, "pacemakerd").get("state")
    return state or _first(summary, "stack").get("pacemakerd-state", "")


def _fencing_option(options: Words) -> str:
    # Renamed in 3.0.2, which prints both names.
    return "fencing-enabled" if "fencing-enabled" in options else "stonith-enabled"


def _once(options: Words) -> Iterator[tuple[str, str]]:
    """Yield the printed options; of one with two names only the new one."""
    for name, value in options.items():
        new = name.replace("stonith-", "fencing-", 1)
        if new == name or new not in options:
            yield name, value


def _last_change(change: Words) -> str:
    parts = (("", "time"), ("by ", "user"), ("via ", "client"), ("on ", "origin"))
    return " ".join(before + change[key] for before, key in parts if change.get(key))


def _fencing(result: Element) -> tuple[FenceEvent, ...]:
    return tuple(
        FenceEvent(
            target=event.get("target", ""),
            action=event.get("action", ""),
            status=event.get("status", ""),
            client=event.get("client", ""),
            origin=event.get("origin", ""),
            delegate=event.get("delegate", ""),
            completed=event.get("completed", ""),
            reason=event.get("exit-reason", ""),
        )
        for event in map(words, result.iterfind("fence_history/fence_event"))
    )


def _tickets(result: Element) -> tuple[Ticket, ...]:
    return tuple(
        Ticket(
            id=ticket.get("id", ""),
            status=ticket.get("status", ""),
            is_standby=is_true(ticket, "standby"),
            last_granted=ticket.get("last-granted", ""),
        )
        for ticket in map(words, result.iterfind("tickets/ticket"))
    )


def _bans(result: Element) -> tuple[Ban, ...]:
    return tuple(
        Ban(
            id=ban.get("id", ""),
            resource=ban.get("resource", ""),
            node=ban.get("node", ""),
            weight=ban.get("weight", ""),
            promoted_only=is_true(ban, "promoted-only") or is_true(ban, "master_only"),
        )
        for ban in map(words, result.iterfind("bans/ban"))
    )


def _attributes(result: Element) -> tuple[NodeAttribute, ...]:
    return tuple(
        NodeAttribute(
            node=words(node).get("name", ""),
            name=attribute.get("name", ""),
            value=attribute.get("value", ""),
            expected=attribute.get("expected"),
        )
        for node in result.iterfind("node_attributes/node")
        for attribute in map(words, node.iterfind("attribute"))
    )
