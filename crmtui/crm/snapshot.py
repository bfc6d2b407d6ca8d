"""One look at a cluster: crm_mon's XML as a value and crm_mon's text for the feed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster import crm_mon
from crmtui.cluster.text import plain
from crmtui.crm.process import Completed, finish, run, start
from crmtui.errors import ClusterUnavailable, PermissionRefused

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster
    from crmtui.crm.target import Target

FEED = ("crm_mon", "-1", "-r")
"""The command whose text the feed shows."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a cluster looked like at one moment."""

    cluster: Cluster
    feed: str
    """What ``crm_mon -1 -r`` printed."""
    taken: float
    """When, in seconds since the epoch."""


def cluster_name(target: Target) -> str:
    """Return the property ``cluster-name``, empty when there is none."""
    done = run(target, ["crm_attribute", "--query", "--name", "cluster-name", "--quiet"])
    return plain(done.output).strip() if done.status == 0 else ""


def take_snapshot(target: Target, name: str) -> Snapshot:
    """Look at the cluster ``name`` on ``target`` now.

    Raises:
        ProgramMissing: crm_mon is not installed.
        ClusterUnavailable: The cluster is not running or does not answer.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: What crm_mon printed cannot be understood.
    """
    taken = time.time()
    # Side by side: each of them takes some 20 ms.
    xml_child = start(target, ["crm_mon", "--output-as=xml"])
    text_child = start(target, FEED)
    try:
        xml = finish(xml_child, "crm_mon")
    finally:
        text = finish(text_child, "crm_mon")
    _refuse(xml)
    return Snapshot(crm_mon.parse(xml.output, name=name), plain(text.output).rstrip(), taken)


def _refuse(done: Completed) -> None:
    said = f"{done.errors}\n{done.output}"
    if "Permission denied" in said or "Insufficient privileges" in said or done.status == 4:
        raise PermissionRefused(
            "You may not read the CIB of this cluster.",
            hint="Run crmtui as root, or as a member of the group haclient.",
        )
    if done.status != 0 and not done.output.strip():
        raise ClusterUnavailable(
            f"crm_mon ended with status {done.status}: {done.errors.strip()[-300:] or 'no word'}",
            hint="Is the cluster running on this node? systemctl status pacemaker; crm cluster start",
        )
