"""One look at a cluster: crm_mon's XML as a value and crm_mon's text for the feed."""

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
    """What a cluster looked like at one moment."""

    cluster: Cluster
    feed: str
    """What ``command`` printed."""
    taken: float
    """When, in seconds since the epoch."""
    command: tuple[str, ...] = FEED


def take_snapshot(
    target: Target,
    before: Cluster | None = None,
    command: tuple[str, ...] = FEED,
    reader: CrmMonReader | None = None,
    tools: Tools | None = None,
) -> Snapshot:
    """Look at the cluster on ``target`` now.

    Args:
        target: Where to look.
        before: An earlier look at the same cluster; its properties are taken over as long as the
            configuration has not changed since.
        command: The crm_mon whose text the feed shows.
        reader: What read the earlier look, so that only what changed has to be read.
        tools: What runs the programs, for who wants to stop them.

    Raises:
        ProgramMissing: crm_mon is not installed.
        ClusterUnavailable: The cluster is not running or does not answer.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: What crm_mon printed cannot be understood.
    """
    tools = tools or Tools(target)
    taken = time.time()
    # A CIB file has no last change to go by, so its properties are asked for each time.
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
    # What a crm_mon says that does not know an option is as good an answer as any.
    feed = plain(text.output or text.errors).rstrip()
    return Snapshot(cluster, feed, taken, command)
