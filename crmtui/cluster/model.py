"""The cluster as frozen values, in the words of ``crm_mon -1 -r``.

Everything above reads these values; only the parsers beside this module make them. Each value is
safe to hand to another thread. What a text holds comes from the cluster and is data: it has passed
``crmtui.text.plain`` and holds no control characters, but may hold markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

NodeKind = Literal["member", "remote", "guest"]
ResourceKind = Literal["primitive", "group", "clone", "bundle", "replica"]


@dataclass(frozen=True, slots=True)
class Node:
    """A cluster node, a Pacemaker Remote node, or a guest node."""

    name: str
    id: str
    """The node's id in the CIB; for a remote or guest node that is its name."""
    kind: NodeKind
    host: str | None
    """For a guest node, the node its resource runs on; None otherwise or when not running."""
    state: str
    """As ``crm_mon`` prints it: ``online``, ``standby``, ``UNCLEAN (offline)`` and so on."""
    is_online: bool
    is_standby: bool
    """Held in standby, by an administrator or by ``on-fail=standby``."""
    is_maintenance: bool
    is_pending: bool
    """A member of the Corosync cluster that has not yet joined Pacemaker's."""
    is_unclean: bool
    """Its state is unknown or failed; it will be fenced."""
    is_shutting_down: bool
    is_dc: bool
    health: str
    """``green``, ``yellow`` or ``red``; green where Pacemaker says nothing."""
    resources_running: int
    feature_set: str | None = None
    resource: str | None = None
    """For a guest node, the resource that is the node."""
    extra: tuple[tuple[str, str], ...] = ()
    """Attributes of the XML that this version of crmtui does not know, by name."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A primitive, or a group, clone, bundle or replica with what it holds."""

    id: str
    """Without the instance number, except where the resource is globally unique."""
    kind: ResourceKind
    agent: str
    """``class:provider:type`` of a primitive, the image of a bundle, else empty."""
    role: str
    """As ``crm_mon`` prints it: ``Started``, ``Stopped``, ``Promoted``, ``Starting``, ``FAILED`` …

    A resource that holds others has the one role that all of them share, or is empty.
    """
    nodes: tuple[str, ...]
    """The nodes it runs on, for a collection those of all its members, in crm_mon's order."""
    flags: tuple[str, ...] = ()
    """As ``crm_mon`` prints them: ``disabled``, ``blocked``, ``maintenance``, ``unmanaged``,
    ``failure ignored``, ``UNCLEAN``, ``LOCKED to n1``, ``ORPHANED``, ``promotable``, ``unique``,
    ``target-role:Unpromoted``, ``Monitoring`` …"""
    children: tuple[Resource, ...] = ()
    is_failed: bool = False
    is_managed: bool = True
    is_orphaned: bool = False
    description: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Attributes of the XML that this version of crmtui does not know, by name."""

    def __hash__(self) -> int:
        # What it holds need not be looked at to tell most resources apart.
        return hash((self.id, self.kind, self.role, self.nodes))

    def walk(self) -> Iterator[Resource]:
        """Yield this resource and everything it holds, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed action: an operation that did not return what was expected."""

    resource: str
    operation: str
    """The action with its interval, as crm_mon names it: ``start``, ``10s-interval monitor``."""
    node: str
    status: str
    """How the execution ended: ``complete``, ``Timed Out``, ``Error`` …"""
    exit: str
    """The agent's exit status in words: ``error``, ``not running`` …"""
    reason: str
    """The agent's own words; empty when it gave none."""
    when: str
    """When the result last changed, as Pacemaker prints it; empty when unknown."""
    key: str = ""
    """The operation key (``db_monitor_10000``); together with the node it names the failure."""


@dataclass(frozen=True, slots=True)
class Run:
    """One entry of the operation history: what an operation did the last time."""

    resource: str
    node: str
    call: int
    """Counts up on each node: the order in which operations ran there."""
    operation: str
    """With its interval, as of a ``Failure``: ``start``, ``10s-interval monitor``, ``probe``."""
    status: int
    """The agent's exit status; 193 while it is under way."""
    exit: str
    """The exit status in words, as crm_mon has them: ``OK``, ``Not running``."""
    when: str
    """When the result last changed, as Pacemaker prints it."""
    execution: int | None
    """Milliseconds that it ran; None when that was not printed."""
    queued: int | None
    """Milliseconds that it waited before."""


@dataclass(frozen=True, slots=True)
class FenceEvent:
    """One entry of the fencing history."""

    target: str
    action: str
    status: str
    """``success``, ``failed`` or ``pending``."""
    client: str
    origin: str
    delegate: str
    completed: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket of a multi-site cluster."""

    id: str
    status: str
    """``granted`` or ``revoked``."""
    is_standby: bool
    last_granted: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A location constraint with a negative score."""

    id: str
    resource: str
    node: str
    weight: str
    promoted_only: bool


@dataclass(frozen=True, slots=True)
class NodeAttribute:
    """A transient or permanent attribute of a node, as ``crm_mon -A`` lists it."""

    node: str
    name: str
    value: str
    expected: str | None = None
    """For connectivity attributes the value that all is well would give."""


@dataclass(frozen=True, slots=True)
class FailCount:
    """How often a resource failed on a node, and when that moves it away."""

    resource: str
    node: str
    count: str
    """A number or ``INFINITY``."""
    threshold: str | None
    """``migration-threshold``, a number or ``INFINITY``; None when it was not printed."""
    last_failure: str
    """When, as Pacemaker prints it; empty when that is not known."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One look at a cluster."""

    name: str
    """``cluster-name``; empty when it has none."""
    stack: str
    dc: str | None
    """The designated controller's node name, or None when there is none."""
    has_quorum: bool
    is_maintenance: bool
    """The property ``maintenance-mode``: no resource is managed."""
    is_fencing_enabled: bool
    is_stopping_all: bool
    """The property ``stop-all-resources``."""
    no_quorum_policy: str
    nodes_configured: int
    resources_configured: int
    resources_disabled: int
    resources_blocked: int
    last_updated: str
    last_change: str
    """When, by whom and with what the configuration was last changed, in one line."""
    nodes: tuple[Node, ...]
    resources: tuple[Resource, ...]
    failures: tuple[Failure, ...] = ()
    fencing: tuple[FenceEvent, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    bans: tuple[Ban, ...] = ()
    attributes: tuple[NodeAttribute, ...] = ()
    failcounts: tuple[FailCount, ...] = ()
    history: tuple[Run, ...] = field(default=(), repr=False)
    """What operations did, by node, resource and order; probes that found nothing are left out."""
    version: str = ""
    """Pacemaker's version on the DC."""
    is_mixed_version: bool = False
    """Whether nodes run different versions, as in the middle of an upgrade."""
    pacemaker_state: str = ""
    """Of the node that was asked: ``running``, ``starting_daemons``, ``shutting_down`` …; empty
    where there is no Pacemaker, as of a CIB file."""
    is_assumed: bool = False
    """Whether the CIB has no status: all nodes are taken as online, and the scheduler's decisions as
    carried out."""
    is_fencing_known: bool = True
    """Whether the history of fencing could be read."""
    properties: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What is set in ``crm_config``, by name; crm_mon prints but a few of them, with defaults."""
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Every attribute of ``<cluster_options>`` as printed, by name."""

    def node(self, name: str) -> Node | None:
        """Return the node called ``name``, or None."""
        return next((node for node in self.nodes if node.name == name), None)

    def walk(self) -> Iterator[Resource]:
        """Yield every resource, collections before what they hold."""
        for resource in self.resources:
            yield from resource.walk()

    def history_of(self, resource: str) -> tuple[Run, ...]:
        """Return what operations of a primitive did, on all nodes; instances go by its plain id."""
        return tuple(run for run in self.history if run.resource.partition(":")[0] == resource)

    @property
    def names(self) -> frozenset[str]:
        """The names of all nodes and resources."""
        nodes = (node.name for node in self.nodes)
        return frozenset((*nodes, *(resource.id for resource in self.walk())))

    def running_on(self, node: str) -> tuple[Resource, ...]:
        """Return the primitives that run on ``node``, in crm_mon's order."""
        return tuple(r for r in self.walk() if r.kind == "primitive" and node in r.nodes)
