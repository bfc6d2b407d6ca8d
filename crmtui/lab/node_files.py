"""Files of a node, as text, that are added to the image's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.lab.lab_plan import LabPlan, PlannedNode

_UNIT = "etc/systemd/system/lab-network.service"
LINKS: Mapping[str, str] = {
    "etc/systemd/system/multi-user.target.wants/lab-network.service": "../lab-network.service"
}
"""Symbolic links of a node beside its files: path to target."""


def node_files(plan: LabPlan, node: PlannedNode) -> dict[str, str]:
    """Return the files to write into ``node``'s tree before its first start, by relative path."""
    return {
        "etc/hostname": f"{node.name}\n",
        "etc/hosts": hosts(plan),
        "etc/resolv.conf": "",
        "etc/corosync/corosync.conf": corosync_conf(plan),
        _UNIT: network_unit(plan, node),
    }


def hosts(plan: LabPlan) -> str:
    """Return ``/etc/hosts``: every node by name."""
    lines = ["127.0.0.1 localhost", "::1 localhost"]
    lines += [f"{node.address} {node.name}" for node in plan.nodes]
    return "\n".join(lines) + "\n"


def corosync_conf(plan: LabPlan) -> str:
    """Return ``corosync.conf(5)``: one knet ring without encryption, quorum by votes."""
    return _section(
        "totem",
        "version: 2",
        "cluster_name: lab",
        "transport: knet",
        "crypto_cipher: none",
        "crypto_hash: none",
    ) + "".join(
        (
            _section("nodelist", *(_member(node) for node in plan.nodes)),
            _section(
                "quorum",
                "provider: corosync_votequorum",
                *(["two_node: 1"] if plan.size == 2 else []),
            ),
            _section(
                "logging",
                "to_logfile: yes",
                "logfile: /var/log/corosync/corosync.log",
                "to_syslog: yes",
                "timestamp: on",
            ),
        )
    )


def _member(node: PlannedNode) -> str:
    lines = (f"name: {node.name}", f"nodeid: {node.number}", f"ring0_addr: {node.address}")
    return _section("node", *lines).rstrip("\n")


def _section(name: str, *lines: str) -> str:
    body = "\n".join(lines).replace("\n", "\n    ")
    return f"{name} {{\n    {body}\n}}\n"


def network_unit(plan: LabPlan, node: PlannedNode) -> str:
    """Return the unit that gives the node its address before Corosync needs it.

    systemd-nspawn calls a container's end of the cable ``host0`` and leaves it down.
    """
    return f"""\
[Unit]
Description=Address of {node.name} in the lab
DefaultDependencies=no
Before=network.target corosync.service
Wants=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip address replace {node.address}/{plan.subnet.prefixlen} dev host0
ExecStart=ip link set dev host0 up

[Install]
WantedBy=multi-user.target
"""
