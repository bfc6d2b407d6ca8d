"""Programs that crmtui starts where the cluster is: their purposes and packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.doctor.doctor_finding import DoctorFinding, State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Family = Literal["debian", "suse", ""]
"""The family of a system's packages; empty if unknown."""


@dataclass(frozen=True, slots=True)
class Package:
    """Package that holds a program, by family."""

    apt: str
    zypper: str

    def install(self, family: Family) -> str:
        """Return the command that installs it; both commands if the family is unknown."""
        commands = {
            "debian": f"apt-get install {self.apt}",
            "suse": f"zypper install {self.zypper}",
        }
        return commands[family] if family else "\n".join(commands.values())


@dataclass(frozen=True, slots=True)
class Program:
    """Program, and the features that need it."""

    name: str
    package: Package
    costs: str
    is_needed: bool = False
    """True if crmtui cannot be used at all without it."""
    wants_node: bool = False
    """True if it speaks to a node's own daemons, so that a sandbox has no use for it."""


_TOOLS = Package("pacemaker-cli-utils", "pacemaker-cli")
_COROSYNC = Package("corosync", "corosync")
_UTIL_LINUX = Package("util-linux", "util-linux")
_VOTES = "votes, and how many more nodes may be lost (key 6)"

PROGRAMS: tuple[Program, ...] = (
    Program("crm", Package("crmsh", "crmsh"), "every command and every action", is_needed=True),
    Program("crm_mon", _TOOLS, "the picture of the cluster", is_needed=True),
    Program("cibadmin", _TOOLS, "the configuration, its history, and undo", is_needed=True),
    Program("crm_simulate", _TOOLS, "forecasts, sandboxes, the demo, and why", is_needed=True),
    Program("crm_resource", _TOOLS, "forecasts of actions on resources"),
    Program("crm_attribute", _TOOLS, "forecasts of standby and maintenance"),
    Program("crm_diff", _TOOLS, "undo and redo"),
    Program("crm_verify", _TOOLS, "crm's own check before a commit"),
    Program("stonith_admin", _TOOLS, "which device can fence which node", wants_node=True),
    Program("corosync-quorumtool", _COROSYNC, _VOTES, wants_node=True),
    Program("corosync-cmapctl", _COROSYNC, "members and links (key 6)", wants_node=True),
    Program(
        "systemctl",
        Package("systemd", "systemd"),
        "the state of the daemons (key 6)",
        wants_node=True,
    ),
    Program(
        "setpriv", _UTIL_LINUX, "following changes at once: it looks every 2 s", wants_node=True
    ),
    Program(
        "pidof",
        Package("sysvinit-utils", "procps"),
        "noticing at once that Pacemaker died",
        wants_node=True,
    ),
)


def family(ids: Collection[str]) -> Family:
    """Return the family of a system, from ``ID`` and ``ID_LIKE`` of its os-release(5)."""
    if {"debian", "ubuntu"} & set(ids):
        return "debian"
    return "suse" if any("suse" in each or each == "sles" for each in ids) else ""


def programs(
    paths: Mapping[str, str], versions: Mapping[str, str], where: Family, *, is_node: bool
) -> tuple[DoctorFinding, ...]:
    """Return the findings about all programs, installed or missing.

    Args:
        paths: Paths of the installed programs, by name.
        versions: Version texts of some programs, by name.
        where: The family of the system's packages.
        is_node: True if there are daemons to speak to.
    """
    wanted = [program for program in PROGRAMS if is_node or not program.wants_node]
    return tuple(_one(each, paths, versions, where) for each in wanted)


def _one(
    program: Program, paths: Mapping[str, str], versions: Mapping[str, str], where: Family
) -> DoctorFinding:
    if program.name in paths:
        said = ", ".join(filter(None, (versions.get(program.name, ""), paths[program.name])))
        return DoctorFinding("Programs", program.name, "ok", said)
    state: State = "bad" if program.is_needed else "off"
    return DoctorFinding(
        "Programs", program.name, state, "not installed", program.costs,
        program.package.install(where),
    )  # fmt: skip
