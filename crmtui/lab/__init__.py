"""Throwaway clusters of real nodes: Corosync and Pacemaker in systemd-nspawn containers."""

from __future__ import annotations

from crmtui.lab.lab import Lab
from crmtui.lab.plan import DEFAULT_NAME, RELEASES
from crmtui.lab.status import LabStatus, NodeStatus
from crmtui.lab.target import LabTarget

__all__ = ["DEFAULT_NAME", "RELEASES", "Lab", "LabStatus", "LabTarget", "NodeStatus"]
