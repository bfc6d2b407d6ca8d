"""Page of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster import state_words
from crmtui.cluster.details import operation_history
from crmtui.cluster.details.page import Item, Page, PageSection, Reference
from crmtui.cluster.glyphs import severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.document import Cib
    from crmtui.cluster.details.page_facts import PageFacts
    from crmtui.cluster.model import Cluster, Node, NodeAttribute, Resource


def node_page(name: str, known: PageFacts) -> Page:
    """Return the page of the node ``name``, urgent facts first."""
    cluster = known.cluster
    node = cluster.node(name)
    sections = [
        _state(node),
        *_trouble(name, known),
        _running(name, cluster),
        _attributes(name, cluster, known.cib),
    ]
    if known.cib is not None:
        sections += [
            _utilization(name, cluster, known.cib),
            _constraints(name, known.cib),
        ]
    ran = [each for each in cluster.history if each.node == name]
    sections += [_fencing(name, cluster), operation_history.history(ran, on_node=True)]
    sections.append(PageSection("Unknown", tuple(Item("", s, tone="warn") for s in known.troubles)))
    kept = tuple(each for each in sections if each.items or each.note)
    what = f"{node.kind} node" if node else "not in the cluster any more"
    return Page(Reference("node", name), f"{name}  {what}", kept)


def _state(node: Node | None) -> PageSection:
    if node is None:
        return PageSection(
            "State", (Item("state", "gone", "it is not in the cluster any more", "warn"),)
        )
    items = [Item("state", node.state, _meaning(node), severity(node))]
    if node.is_dc:
        items.append(Item("DC", "yes", "the controller that decides for all nodes runs here"))
    if node.host or node.resource:
        items.append(
            Item("runs on", node.host or "nothing", f"as resource {node.resource}",
                 leads_to=Reference("resource", node.resource or ""))
        )  # fmt: skip
    if node.health != "green":
        about = "an attribute that begins with #health says so"
        items.append(Item("health", node.health, about, "warn"))
    if node.is_shutting_down:
        items.append(Item("shutdown", "asked for", "its resources leave it", "busy"))
    items.append(Item("id", node.id))
    if node.feature_set:
        items.append(Item("feature set", node.feature_set, "of its Pacemaker"))
    return PageSection("State", tuple(items))


_MEANINGS = (
    ("UNCLEAN", "what it does is not known, so it has to be fenced before resources can move"),
    ("pending", "in the membership of Corosync, not yet in Pacemaker's"),
    ("standby (on-fail)", "a failure with on-fail=standby put it there"),
    ("standby (with", "resources are leaving it, or cannot"),
    ("standby", "it runs no resources until it is brought online"),
    ("maintenance", "the cluster leaves the resources on it alone"),
)


def _meaning(node: Node) -> str:
    return next((meaning for word, meaning in _MEANINGS if word in node.state), "")


def _trouble(name: str, known: PageFacts) -> Iterator[PageSection]:
    cluster = known.cluster
    failed = [each for each in cluster.failures if each.node == name]
    counted = [each for each in cluster.failcounts if each.node == name]
    yield operation_history.failures(failed, on_node=True)
    yield operation_history.fail_counts(counted, known, on_node=True)


def _running(name: str, cluster: Cluster) -> PageSection:
    items = tuple(_runs(each) for each in cluster.running_on(name))
    return PageSection("Runs here", items, "" if items else "nothing")


def _runs(resource: Resource) -> Item:
    return Item(
        resource.id,
        state_words.state(resource),
        resource.agent,
        severity(resource),
        Reference("resource", resource.id),
    )


def _attributes(name: str, cluster: Cluster, cib: Cib | None) -> PageSection:
    own = cib.objects.objects.get(name) if cib else None
    kept = {s.name: s.value for s in own.settings if s.section == "params"} if own else {}
    now = [each for each in cluster.attributes if each.node == name]
    items = [_attribute(each, is_kept=each.name in kept) for each in now]
    shown = {each.name for each in now}
    items += [Item(each, value, "permanent") for each, value in kept.items() if each not in shown]
    return PageSection("Attributes", tuple(items), "" if items else "none")


def _attribute(each: NodeAttribute, *, is_kept: bool) -> Item:
    about = "permanent" if is_kept else "until the node restarts"
    if each.expected is not None and each.expected != each.value:
        return Item(each.name, each.value, f"{each.expected} when all is well", "warn")
    return Item(each.name, each.value, about)


def _utilization(name: str, cluster: Cluster, cib: Cib) -> PageSection:
    own = cib.objects.objects.get(name)
    capacity = {s.name: s.value for s in own.settings if s.section == "utilization"} if own else {}
    used: dict[str, int] = {}
    for resource in cluster.running_on(name):
        configured = cib.objects.objects.get(resource.id)
        for setting in configured.settings if configured else ():
            if setting.section == "utilization" and setting.value.isdecimal():
                used[setting.name] = used.get(setting.name, 0) + int(setting.value)
    items = []
    for each, size in capacity.items():
        taken = used.get(each, 0)
        is_over = size.isdecimal() and taken > int(size)
        items.append(Item(each, f"{taken} of {size} used", tone="warn" if is_over else "plain"))
    return PageSection("Utilization", tuple(items))


def _constraints(name: str, cib: Cib) -> PageSection:
    items = tuple(
        Item(each.id, each.sentence,
             "left by a move or ban by hand: c clears it" if each.is_leftover else "",
             "warn" if each.is_leftover else "plain",
             Reference("resource", each.names[0]) if each.names else None,
             each.names[0] if each.is_leftover and each.names else "")
        for each in cib.constraints
        if name in each.nodes
    )  # fmt: skip
    return PageSection("Constraints", items)


def _fencing(name: str, cluster: Cluster) -> PageSection:
    items = tuple(
        Item(each.action, each.status,
             ", ".join(filter(None, (each.completed, each.reason, f"by {each.client}"))),
             {"success": "note", "failed": "crit"}.get(each.status, "busy"))  # type: ignore[arg-type]
        for each in cluster.fencing
        if each.target == name
    )  # fmt: skip
    return PageSection("Fencing history", items)
