"""Devices for fencing: the ability of a cluster to fence, as far as one snapshot tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.times import seconds

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster

_WATCHDOG = ("fencing-watchdog-timeout", "stonith-watchdog-timeout")
"""Names of the watchdog timeout; renamed in 3.0.2, which knows both."""

_ENABLED = ("fencing-enabled", "stonith-enabled")
"""Names of the switch for fencing; crm_mon's reader keeps the new one of the two."""


def has_watchdog(cluster: Cluster) -> bool:
    """Return true if nodes fence themselves by a hardware watchdog, so that no device is needed.

    That takes SBD, which sets ``have-watchdog``, and a timeout. Pacemaker computes a negative
    timeout itself (source: Pacemaker Explained, ``stonith-watchdog-timeout``).
    """
    known = dict(cluster.properties)
    timeout = next((known[name] for name in _WATCHDOG if name in known), "0")
    is_set = timeout.startswith("-") or bool(seconds(timeout))
    return known.get("have-watchdog", "").lower() in ("true", "1", "yes", "on") and is_set


def has_device(cluster: Cluster) -> bool:
    """Return true if a fencing device is configured."""
    return any(each.agent.startswith("stonith:") for each in cluster.walk())


def fencing_option(cluster: Cluster) -> str:
    """Return this Pacemaker's name for the property that enables fencing."""
    return next((name for name, _ in cluster.options if name in _ENABLED), _ENABLED[-1])


def fencing_off(cluster: Cluster) -> str:
    """Return the reason why no node can be fenced, as a sentence; empty where fencing may work."""
    if not cluster.is_fencing_enabled:
        return "Fencing is disabled."
    if cluster.nodes and not has_device(cluster) and not has_watchdog(cluster):
        return "Fencing is enabled, but there is no fencing device."
    return ""
