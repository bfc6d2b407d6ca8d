"""Throwaway clusters of real nodes: Corosync and Pacemaker in systemd-nspawn containers."""

from __future__ import annotations

from crmtui.lab.lab import Lab
from crmtui.lab.lab_plan import DEFAULT_NAME, RELEASES
from crmtui.lab.lab_target import LabTarget
from crmtui.lab.status import LabStatus, NodeStatus

__all__ = ["DEFAULT_NAME", "RELEASES", "Lab", "LabStatus", "LabTarget", "NodeStatus"]
