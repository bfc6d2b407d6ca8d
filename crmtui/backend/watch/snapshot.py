"""Snapshot of a cluster: crm_mon's XML as a value, and crm_mon's text for the feed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.backend.process.cibadmin import QUERY_PROPERTIES
from crmtui.backend.process.parallel import FEED, XML, Tools
from crmtui.backend.process.refusals import refuse_unread
from crmtui.backend.process.target import is_assumed
from crmtui.cluster.crm_mon.incremental import CrmMonReader
from crmtui.cluster.crm_mon.reuse import reusing
from crmtui.cluster.stack.properties import crm_config
from crmtui.text import plain

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster


@dataclass(frozen=True, slots=True)
class Snapshot:
    """State of a cluster at one moment."""

    cluster: Cluster
    feed: str
    """Output of ``command``."""
    taken: float
    """Time of the snapshot in seconds since the epoch."""
    command: tuple[str, ...] = FEED


def take_snapshot(
    target: Target,
    before: Cluster | None = None,
    command: tuple[str, ...] = FEED,
    reader: CrmMonReader | None = None,
    tools: Tools | None = None,
) -> Snapshot:
    """Take a snapshot of the cluster on ``target`` now.

    Args:
        target: Target with the cluster.
        before: Cluster of an earlier snapshot; its properties hold until the configuration changes.
        command: crm_mon command whose text the feed shows.
        reader: Reader of the earlier snapshot, which reads only the changed parts of this one.
        tools: Programs of the snapshot, for callers that stop them.

    Raises:
        ProgramMissing: crm_mon is not installed.
        ClusterUnavailable: The cluster is not running or does not answer.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: The output of crm_mon cannot be read.
    """
    tools = tools or Tools(target)
    taken = time.time()
    # A CIB file has no time of the last change, so its properties are read each time.
    has_no_past = before is None or not before.last_change
    xml, text, *rest = tools.run(XML, command, *((QUERY_PROPERTIES,) if has_no_past else ()))
    refuse_unread(xml, "crm_mon")
    cluster = reusing(before, (reader or CrmMonReader()).read(xml.output))
    if before is not None and before.last_change == cluster.last_change != "":
        set_ = before.properties
    else:
        (asked,) = rest or tools.run(QUERY_PROPERTIES)
        set_ = crm_config(asked.output) if asked.status == 0 else ()
    cluster = replace(
        cluster,
        name=dict(set_).get("cluster-name", ""),
        properties=set_,
        is_assumed=is_assumed(target),
    )
    # The errors of a crm_mon without support for an option belong into the feed, too.
    feed = plain(text.output or text.errors).rstrip()
    return Snapshot(cluster, feed, taken, command)
