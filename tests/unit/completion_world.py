"""A small cluster that completion can be asked about without any program."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.cib import agents, scripts, templates
from crmtui.cib.document import Cib
from crmtui.cluster.model import Cluster, Node, Resource, Ticket
from crmtui.crmsh.installed_commands import Crmsh, InstalledCommand

if TYPE_CHECKING:
    from crmtui.cib.agents import AgentMetadata, Parameter
    from crmtui.cib.objects import Configuration
    from crmtui.cib.scripts import Script
    from crmtui.cib.templates import Template

DATA = Path(__file__).parents[1] / "data" / "agents"


@cache
def metadata(name: str) -> AgentMetadata:
    """Return the metadata that a real agent or daemon printed."""
    return agents.parse((DATA / f"{name}.xml").read_text(encoding="utf-8"))


def node(name: str, *, is_standby: bool = False, is_dc: bool = False) -> Node:
    """Return a node of the cluster, online."""
    return Node(
        name=name,
        id=name,
        kind="member",
        host=None,
        state="standby" if is_standby else "online",
        is_online=True,
        is_standby=is_standby,
        is_maintenance=False,
        is_pending=False,
        is_unclean=False,
        is_shutting_down=False,
        is_dc=is_dc,
        health="green",
        resources_running=0 if is_standby else 2,
    )


def cluster(nodes: tuple[Node, ...], resources: tuple[Resource, ...]) -> Cluster:
    """Return a cluster of these nodes and resources."""
    return Cluster(
        name="c",
        stack="corosync",
        dc="n1",
        has_quorum=True,
        is_maintenance=False,
        is_fencing_enabled=True,
        is_stopping_all=False,
        no_quorum_policy="stop",
        nodes_configured=len(nodes),
        resources_configured=len(resources),
        resources_disabled=0,
        resources_blocked=0,
        last_updated="",
        last_change="",
        nodes=nodes,
        resources=resources,
        tickets=(Ticket("T1", "granted", False, ""),),
    )


def _primitive(name: str, role: str, *nodes: str) -> Resource:
    return Resource(name, "primitive", "ocf:heartbeat:Dummy", role, nodes)


SMALL = cluster(
    (node("n2", is_standby=True), node("n1", is_dc=True)),
    (
        Resource(
            "g",
            "group",
            "",
            "",
            ("n1",),
            children=(_primitive("a", "Started", "n1"), _primitive("b", "Stopped")),
        ),
        _primitive("d", "Stopped"),
        _primitive("vip", "Started", "n1"),
    ),
)


@cache
def script_list() -> tuple[Script, ...]:
    """Return the scripts that a real crm described."""
    return scripts.parse((DATA / "scripts.jsonl").read_text(encoding="utf-8"))


CRMSH = Crmsh(
    levels={
        "site": (InstalledCommand("ticket"), InstalledCommand("geo", help="New in this crmsh"))
    },
    containers=("docker", "podman"),
    templates="/t",
    configurations="/c",
    sessions="/s",
)


@dataclass(frozen=True)
class World:
    """A ``Knowledge`` of values."""

    seen: Cluster | None = SMALL
    installed: Crmsh | None = CRMSH
    objects: Configuration = field(
        default_factory=lambda: Cib.parse((DATA / "cib.xml").read_text(encoding="utf-8")).objects
    )

    def cluster(self) -> Cluster | None:
        """Return what was given."""
        return self.seen

    def configuration(self) -> Configuration:
        """Return what was given."""
        return self.objects

    def agent_classes(self) -> tuple[str, ...]:
        """Return three classes."""
        return ("ocf", "stonith", "systemd")

    def providers(self, agent_class: str) -> tuple[str, ...]:
        """Return three providers, the preferred one not first."""
        return ("acme", "heartbeat", "pacemaker") if agent_class == "ocf" else ()

    def agents(self, agent_class: str, provider: str = "") -> tuple[str, ...]:
        """Return a few agents."""
        known = {
            ("ocf", "acme"): ("Dummy", "Rocket"),
            ("ocf", "heartbeat"): ("Dummy", "IPaddr2"),
            ("ocf", "pacemaker"): ("Dummy", "Stateful"),
            ("stonith", ""): ("fence_sbd",),
            ("systemd", ""): ("nginx",),
        }
        return known.get((agent_class, provider), ())

    def metadata(self, agent: str) -> AgentMetadata | None:
        """Return what three real agents said."""
        known = {
            "ocf:heartbeat:IPaddr2": "IPaddr2",
            "ocf:pacemaker:Stateful": "Stateful",
            "stonith:fence_sbd": "fence_sbd",
        }
        return metadata(known[agent]) if agent in known else None

    def known_metadata(self, agent: str) -> AgentMetadata | None:
        """Return the metadata of those three."""
        return self.metadata(agent)

    def properties(self) -> tuple[Parameter, ...]:
        """Return what Pacemaker 3.0 documents."""
        return metadata("cluster-options-3.0.0").parameters

    def shadow_cibs(self) -> tuple[str, ...]:
        """Return one shadow CIB."""
        return ("try",)

    def crmsh(self) -> Crmsh | None:
        """Return what was given."""
        return self.installed

    def files(self, folder: str) -> tuple[str, ...]:
        """Return a few files."""
        known = {
            "": ("a file", "sub/", ".hidden"),
            "sub/": ("inner.crm",),
            "/usr/share/pacemaker/": ("pacemaker-3.9.rng", "pacemaker-3.10.rng", "api/"),
            "/var/lib/pacemaker/pengine/": ("pe-input-9.bz2", "pe-warn-12.bz2", "pe-input.last"),
            "/t/": ("apache", "virtual-ip"),
            "/c/": ("web",),
            "/s/": ("friday/",),
            "/sys/class/net/": ("eth0", "lo"),
        }
        return known.get(folder, ())

    def template(self, name: str) -> Template | None:
        """Return two templates, as crmsh writes them, one of which pulls in the other."""
        text = {
            "apache": "%depends_on virtual-ip\n%required\n# A file\n%% configfile\n%generate\n%% no",
            "virtual-ip": "%required\n# It\n# Example:\n# %% ip 1\n\n%% ip \n%optional\n%% mask 24",
        }.get(name)
        return templates.parse(text) if text else None

    def scripts(self) -> tuple[Script, ...]:
        """Return what crm said of one script."""
        return tuple(replace(known, parameters=()) for known in script_list())

    def script(self, name: str) -> Script | None:
        """Return what crm said of it."""
        return next((known for known in script_list() if known.name == name), None)

    def corosync_paths(self) -> tuple[tuple[str, str], ...]:
        """Return two values."""
        return (("totem.version", "2"), ("nodelist.node.ring0_addr", "10.0.0.1"))
