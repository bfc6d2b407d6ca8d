"""Model of the cluster as frozen values, in the words of ``crm_mon -1 -r``.

Every layer above reads these values; only the parsers beside this module make them. Each value is
safe to hand to another thread. Texts come from the cluster and are data: they have passed
``crmtui.text.plain`` and hold no control characters, but may hold markup.
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
    """Id of the node in the CIB; its name for a remote or guest node."""
    kind: NodeKind
    host: str | None
    """Node that runs a guest node's resource; None for other nodes, or when the resource is stopped."""
    state: str
    """State as ``crm_mon`` prints it: ``online``, ``standby``, ``UNCLEAN (offline)`` and so on."""
    is_online: bool
    is_standby: bool
    """True if held in standby, by an administrator or by ``on-fail=standby``."""
    is_maintenance: bool
    is_pending: bool
    """True for a member of the Corosync cluster that has not yet joined Pacemaker's."""
    is_unclean: bool
    """True if the state is unknown or failed; the node will be fenced."""
    is_shutting_down: bool
    is_dc: bool
    health: str
    """``green``, ``yellow`` or ``red``; green where Pacemaker gives no health."""
    resources_running: int
    feature_set: str | None = None
    resource: str | None = None
    """Resource that implements a guest node; None for other nodes."""
    extra: tuple[tuple[str, str], ...] = ()
    """Attributes of the XML that this version of crmtui does not know, by name."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A primitive, or a group, clone, bundle or replica with what it holds."""

    id: str
    """Id without the instance number, which only a globally unique resource keeps."""
    kind: ResourceKind
    agent: str
    """``class:provider:type`` of a primitive, the image of a bundle, else empty."""
    role: str
    """Role as ``crm_mon`` prints it: ``Started``, ``Stopped``, ``Promoted``, ``FAILED`` …

    A resource with members has the role that all of them share, or none.
    """
    nodes: tuple[str, ...]
    """Nodes on which it runs, for a collection those of all its members, in crm_mon's order."""
    flags: tuple[str, ...] = ()
    """Flags as ``crm_mon`` prints them: ``disabled``, ``blocked``, ``maintenance``, ``unmanaged``,
    ``failure ignored``, ``UNCLEAN``, ``LOCKED to n1``, ``ORPHANED``, ``promotable``, ``unique``,
    ``target-role:Unpromoted``, ``Monitoring`` …
    """
    children: tuple[Resource, ...] = ()
    is_failed: bool = False
    is_managed: bool = True
    is_orphaned: bool = False
    description: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Attributes of the XML that this version of crmtui does not know, by name."""

    def __hash__(self) -> int:
        # These fields tell most resources apart; hashing the members would cost more.
        return hash((self.id, self.kind, self.role, self.nodes))

    def walk(self) -> Iterator[Resource]:
        """Yield this resource and all of its members, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed action: an operation with an unexpected result."""

    resource: str
    operation: str
    """Action with its interval, as crm_mon names it: ``start``, ``10s-interval monitor``."""
    node: str
    status: str
    """End of the execution: ``complete``, ``Timed Out``, ``Error`` …"""
    exit: str
    """Exit status of the agent in words: ``error``, ``not running`` …"""
    reason: str
    """Reason in the agent's own words; empty when it gave none."""
    when: str
    """Time of the last change of the result, as Pacemaker prints it; empty when unknown."""
    key: str = ""
    """Operation key (``db_monitor_10000``), which together with the node names the failure."""


@dataclass(frozen=True, slots=True)
class Run:
    """One entry of the operation history: the last run of an operation."""

    resource: str
    node: str
    call: int
    """Call number, which counts up on each node in the order of the runs."""
    operation: str
    """Operation with its interval, as of a ``Failure``: ``start``, ``10s-interval monitor``,
    ``probe``.
    """
    status: int
    """Exit status of the agent; 193 while it is under way."""
    exit: str
    """Exit status in crm_mon's words: ``OK``, ``Not running``."""
    when: str
    """Time of the last change of the result, as Pacemaker prints it."""
    execution: int | None
    """Execution time in milliseconds; None when it was not printed."""
    queued: int | None
    """Waiting time before the run, in milliseconds; None when it was not printed."""


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
    """Expected value of a connectivity attribute; None for other attributes."""


@dataclass(frozen=True, slots=True)
class FailCount:
    """Fail count of a resource on a node, with the count that moves the resource away."""

    resource: str
    node: str
    count: str
    """Number of failures, or ``INFINITY``."""
    threshold: str | None
    """``migration-threshold``, a number or ``INFINITY``; None when it was not printed."""
    last_failure: str
    """Time of the last failure, as Pacemaker prints it; empty when unknown."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cluster as one snapshot shows it."""

    name: str
    """The property ``cluster-name``; empty when it is unset."""
    stack: str
    dc: str | None
    """Name of the designated controller's node; None without one."""
    has_quorum: bool
    is_maintenance: bool
    """True if ``maintenance-mode`` is set: the cluster manages no resource."""
    is_fencing_enabled: bool
    is_stopping_all: bool
    """True if ``stop-all-resources`` is set."""
    no_quorum_policy: str
    nodes_configured: int
    resources_configured: int
    resources_disabled: int
    resources_blocked: int
    last_updated: str
    last_change: str
    """Time, author and tool of the last change of the configuration, in one line."""
    nodes: tuple[Node, ...]
    resources: tuple[Resource, ...]
    failures: tuple[Failure, ...] = ()
    fencing: tuple[FenceEvent, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    bans: tuple[Ban, ...] = ()
    attributes: tuple[NodeAttribute, ...] = ()
    failcounts: tuple[FailCount, ...] = ()
    history: tuple[Run, ...] = field(default=(), repr=False)
    """Operation history by node, resource and order, without probes that found nothing."""
    version: str = ""
    """Version of Pacemaker on the DC."""
    is_mixed_version: bool = False
    """True if nodes run different versions, as in the middle of an upgrade."""
    pacemaker_state: str = ""
    """State of Pacemaker on the node that answered: ``running``, ``starting_daemons``,
    ``shutting_down`` …; empty without Pacemaker, as for a CIB file.
    """
    is_assumed: bool = False
    """True for a CIB without a status: all nodes are taken as online, and the scheduler's decisions
    as carried out.
    """
    is_fencing_known: bool = True
    """True if the history of fencing was readable."""
    properties: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Settings of ``crm_config`` by name; crm_mon itself prints only a few, with defaults."""
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """All attributes of ``<cluster_options>`` as printed, by name."""

    def node(self, name: str) -> Node | None:
        """Return the node ``name``, or None."""
        return next((node for node in self.nodes if node.name == name), None)

    def walk(self) -> Iterator[Resource]:
        """Yield every resource, collections before their members."""
        for resource in self.resources:
            yield from resource.walk()

    def history_of(self, resource: str) -> tuple[Run, ...]:
        """Return the operation history of a primitive on all nodes; instances share its plain id."""
        return tuple(run for run in self.history if run.resource.partition(":")[0] == resource)

    @property
    def names(self) -> frozenset[str]:
        """Names of all nodes and resources."""
        nodes = (node.name for node in self.nodes)
        return frozenset((*nodes, *(resource.id for resource in self.walk())))

    def running_on(self, node: str) -> tuple[Resource, ...]:
        """Return the primitives that run on ``node``, in crm_mon's order."""
        return tuple(r for r in self.walk() if r.kind == "primitive" and node in r.nodes)
