"""Operation history and failures on the pages of resources and nodes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crmtui.cib import scores
from crmtui.cluster import state_words, times
from crmtui.cluster.details.page import Item, PageSection, Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cluster.details.page_facts import PageFacts
    from crmtui.cluster.model import FailCount, Failure, Run

_EXPECTED = (0, 7, 8, 193)
"""Exit statuses without an error: OK, not running (a probe), promoted, and under way."""


def failures(found: Sequence[Failure], *, on_node: bool) -> PageSection:
    """Return the section of failed actions.

    Args:
        found: Failed actions of one object.
        on_node: True if that object is a node, so that each line names its resource.
    """
    return PageSection("Failed actions", tuple(_failure(each, on_node=on_node) for each in found))


def _failure(each: Failure, *, on_node: bool) -> Item:
    resource = each.resource.partition(":")[0]
    if on_node:
        name, about = f"{each.operation} of {each.resource}", each.when
        leads_to = Reference("resource", resource)
    else:
        name, about = each.operation, f"on {each.node}, {each.when}"
        leads_to = Reference("node", each.node)
    return Item(name, state_words.outcome(each), about, "warn", leads_to)


def fail_counts(found: Sequence[FailCount], known: PageFacts, *, on_node: bool) -> PageSection:
    """Return the section of fail counts, with their effects and expiry.

    Args:
        found: Fail counts of one object.
        known: The known facts.
        on_node: True if that object is a node, so that each line names its resource.
    """
    items = tuple(_fail_count(each, known, on_node=on_node) for each in found)
    return PageSection("Fail counts", items)


def _fail_count(each: FailCount, known: PageFacts, *, on_node: bool) -> Item:
    resource = each.resource.partition(":")[0]
    limit = each.threshold or "0"
    is_over = 0 < scores.number(limit) <= scores.number(each.count)
    timeout = known.cib.objects.meta(resource, "failure-timeout") if known.cib else None
    expiry = times.expiry(each.last_failure, timeout) if timeout else None
    said = (
        "it may not run there until it is cleaned up" if is_over else "",
        f"last failure {each.last_failure}" if each.last_failure else "",
        f"forgotten {expiry:%H:%M:%S}" if expiry and expiry > datetime.now(expiry.tzinfo) else "",
    )
    return Item(
        resource if on_node else each.node,
        f"{each.count} of {each.threshold}" if each.threshold else each.count,
        ", ".join(filter(None, said)),
        "crit" if is_over else "warn",
        Reference("resource", resource) if on_node else Reference("node", each.node),
    )


def history(found: Sequence[Run], *, on_node: bool) -> PageSection:
    """Return the section of the operation history, with the last run of each operation.

    Args:
        found: Operation history of one object.
        on_node: True if that object is a node, so that each line names its resource.
    """
    items = tuple(_run(each, on_node=on_node) for each in found)
    return PageSection(
        "Operation history", items, f"{len(items)}" if items else "", is_folded=on_node
    )


def _run(each: Run, *, on_node: bool) -> Item:
    resource = each.resource.partition(":")[0]
    other = each.resource if on_node else each.node
    preposition = "of" if on_node else "on"
    took = f"took {each.execution / 1000:.1f} s" if each.execution else ""
    waited = f"waited {each.queued / 1000:.1f} s" if each.queued else ""
    return Item(
        f"{each.operation} {preposition} {other}",
        each.exit,
        ", ".join(filter(None, (each.when, took, waited))),
        "plain" if each.status in _EXPECTED else "warn",
        Reference("resource", resource) if on_node else Reference("node", each.node),
    )
