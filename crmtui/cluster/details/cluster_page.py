"""Page of the cluster: quorum, members, links, daemons, properties and fencing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.secrets import shown
from crmtui.cluster.details.page import Item, Page, PageSection, PageTone, Reference, paragraphs
from crmtui.cluster.stack.daemons import troubles
from crmtui.cluster.state_words import ASSUMPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.details.page_facts import PageFacts
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.stack import ClusterStack
    from crmtui.cluster.stack.daemons import Daemon
    from crmtui.cluster.stack.fencing import Device, Fencing, NodeFencing
    from crmtui.cluster.stack.membership import CorosyncNode, Link, Membership
    from crmtui.cluster.stack.properties import Property
    from crmtui.cluster.stack.quorum import Quorum


def cluster_page(known: PageFacts) -> Page:
    """Return the page of the cluster, problems first."""
    cluster, stack = known.cluster, known.stack
    sections = [_state(known)]
    if stack is None:
        sections.append(PageSection("Quorum, members, links, daemons", note="loading"))
    else:
        sections = [
            *_warnings(stack),
            *sections,
            *_corosync(stack),
            *_fencing(stack),
            *_properties(stack),
        ]
    sections.append(PageSection("Unknown", tuple(Item("", s, tone="warn") for s in known.troubles)))
    kept = tuple(each for each in sections if each.items or each.note)
    return Page(Reference("cluster", ""), f"Cluster {cluster.name}".strip(), kept)


def _warnings(stack: ClusterStack) -> Iterator[PageSection]:
    said: list[str] = []
    if stack.fencing is not None:
        said += stack.fencing.troubles
    if stack.membership is not None:
        said += stack.membership.troubles
    if stack.daemons is not None:
        said += troubles(stack.daemons)
    yield PageSection("Warnings", tuple(Item("", about=sentence, tone="warn") for sentence in said))


def _state(known: PageFacts) -> PageSection:
    cluster = known.cluster
    items = [
        Item("DC", cluster.dc or "none", "the node whose controller decides",
             "plain" if cluster.dc else "crit",
             Reference("node", cluster.dc) if cluster.dc else None),
        Item("quorum", "yes" if cluster.has_quorum else "no",
             f"without it: no-quorum-policy is {cluster.no_quorum_policy}",
             "ok" if cluster.has_quorum else "crit"),
        Item("stack", cluster.stack),
        Item("Pacemaker", cluster.version, _mixed(cluster),
             "warn" if cluster.is_mixed_version else "plain"),
    ]  # fmt: skip
    if cluster.is_assumed:
        items.insert(0, Item("state", "assumed", ASSUMPTION, "warn"))
    if cluster.pacemaker_state:
        items.append(Item("pacemakerd", cluster.pacemaker_state, "on the node that answers"))
    if cluster.is_maintenance:
        items.append(Item("maintenance", "yes", "no resource is managed", "warn"))
    if cluster.is_stopping_all:
        items.append(Item("stop-all-resources", "yes", "the cluster stops everything", "warn"))
    changed = known.cib.changed_by if known.cib else ""
    if cluster.last_change or changed:
        items.append(Item("last change", cluster.last_change or changed))
    return PageSection("Cluster", tuple(items))


def _mixed(cluster: Cluster) -> str:
    return "nodes run different versions" if cluster.is_mixed_version else "on the DC"


def _corosync(stack: ClusterStack) -> tuple[PageSection, ...]:
    why = {stack.unseen.get(name) for name in ("quorum", "membership", "daemons")}
    if len(why) == 1 and None not in why:
        return (_unseen("Quorum, members, links, daemons", "quorum", stack),)
    return _quorum(stack), _members(stack), _daemons(stack)


def _quorum(stack: ClusterStack) -> PageSection:
    quorum = stack.quorum
    if quorum is None:
        return _unseen("Quorum", "quorum", stack)
    tone: PageTone = "ok" if quorum.is_quorate else "crit"
    items = [
        Item("votes", f"{quorum.total} of {quorum.expected}", f"{quorum.needed} needed", tone),
        Item("may still be lost", _nodes(quorum.spare_nodes), "at once, those with most votes first",
             "ok" if quorum.spare_nodes else "warn"),
    ]  # fmt: skip
    items += [Item("", about=sentence, tone="dim") for sentence in quorum.outlook]
    if quorum.flags:
        items.append(Item("flags", " ".join(quorum.flags), "as corosync-quorumtool prints them"))
    items += [
        Item(member.name, _votes(member.votes), ", ".join(member.device),
             leads_to=Reference("node", member.name))
        for member in quorum.members
    ]  # fmt: skip
    items += _device_votes(quorum)
    return PageSection("Quorum", tuple(items))


def _device_votes(quorum: Quorum) -> Iterator[Item]:
    if quorum.device_votes is not None:
        tone: PageTone = "plain" if quorum.device_votes else "warn"
        yield Item("quorum device", _votes(quorum.device_votes), tone=tone)


def _nodes(number: int) -> str:
    return f"{number or 'no'} {'node' if number == 1 else 'nodes'}"


def _votes(number: int) -> str:
    return f"{number} {'vote' if number == 1 else 'votes'}"


def _unseen(title: str, name: str, stack: ClusterStack) -> PageSection:
    return PageSection(title, (Item("", about=stack.unseen.get(name, "not known"), tone="dim"),))


def _members(stack: ClusterStack) -> PageSection:
    membership = stack.membership
    if membership is None:
        return _unseen("Members and links", "membership", stack)
    items = [Item("transport", membership.transport, _encryption(membership))]
    items += [_member(node) for node in membership.nodes]
    return PageSection("Members and links", tuple(items))


def _encryption(membership: Membership) -> str:
    return "encrypted" if membership.is_encrypted else "not encrypted"


def _member(node: CorosyncNode) -> Item:
    here = "the node that answers" if node.is_local else ""
    times = f"joined {node.joined} times" if node.joined > 1 else ""
    return Item(
        node.name,
        node.status,
        ", ".join(filter(None, (here, times))),
        "ok" if node.is_member else "crit",
        Reference("node", node.name),
        below=tuple(_link(link, node) for link in node.links),
    )


def _link(link: Link, node: CorosyncNode) -> Item:
    if link.is_connected is None or node.is_local:
        return Item(f"link {link.number}", link.address)
    state = "up" if link.is_connected else "DOWN"
    latency = f"{link.latency / 1000:.1f} ms" if link.latency is not None else ""
    times = link.times_down - 1
    lost = f"lost {'once' if times == 1 else f'{times} times'}" if times > 0 else ""
    return Item(
        f"link {link.number}",
        f"{state} {link.address}",
        ", ".join(filter(None, (latency, lost))),
        "ok" if link.is_connected else "crit",
    )


def _daemons(stack: ClusterStack) -> PageSection:
    if stack.daemons is None:
        return _unseen("Daemons", "daemons", stack)
    services = [daemon for daemon in stack.daemons if not daemon.of]
    return PageSection("Daemons", tuple(_daemon(each, stack.daemons) for each in services))


def _daemon(daemon: Daemon, all_: tuple[Daemon, ...]) -> Item:
    parts = tuple(
        Item(part.name, part.state, _since(part), "ok" if part.is_running else "crit")
        for part in all_
        if part.of == daemon.name
    )
    is_needed = daemon.name in ("corosync", "pacemaker")
    tone: PageTone = "ok" if daemon.is_running else "crit" if is_needed else "off"
    again = f"started again {daemon.restarts} times" if daemon.restarts else ""
    about = ", ".join(filter(None, (daemon.enabled, again, daemon.description)))
    return Item(daemon.name, daemon.state, about, tone, below=parts)


def _since(part: Daemon) -> str:
    if part.seconds is None:
        return ""
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if part.seconds >= 2 * size:
            return f"for {part.seconds // size} {unit}"
    return f"for {part.seconds} s"


def _fencing(stack: ClusterStack) -> Iterator[PageSection]:
    fencing = stack.fencing
    if fencing is None:
        yield _unseen("Fencing", "fencing", stack)
        return
    is_on = "on" if fencing.is_enabled else "off"
    items = [Item("fencing", is_on, _meaning(fencing), "ok" if fencing.is_enabled else "crit")]
    items += [_device(device) for device in fencing.devices]
    yield PageSection("Fencing", tuple(items))
    yield PageSection(
        "Fencing devices of each node", tuple(_target(node) for node in fencing.nodes)
    )


def _meaning(fencing: Fencing) -> str:
    if fencing.has_watchdog:
        return "nodes fence themselves by their watchdog (SBD)"
    if fencing.is_enabled:
        return ""
    return "a node that fails is only believed to be down: data may be lost"


def _device(device: Device) -> Item:
    where = f"monitored on {', '.join(device.runs_on)}" if device.runs_on else "not started"
    hosts = (
        f"for {', '.join(device.hosts)}"
        if device.hosts
        else f"asked for its targets ({device.check})"
    )
    tone: PageTone = "crit" if device.is_failed else "off" if device.is_disabled else "ok"
    state = "failed" if device.is_failed else "disabled" if device.is_disabled else where
    return Item(
        device.id, state, f"{device.agent}, {hosts}", tone, Reference("resource", device.id)
    )


def _target(node: NodeFencing) -> Item:
    sure = "" if node.is_certain else "as far as the parameters tell; only the device knows"
    last = f"last {node.last.action} {node.last.status} {node.last.completed}" if node.last else ""
    levels = tuple(
        Item(f"level {level.index}", " and ".join(level.devices), f"for {level.target}")
        for level in node.levels
    )
    return Item(
        node.node,
        ", ".join(node.devices) or "no device",
        ", ".join(filter(None, (sure, last))),
        "plain" if node.devices else "crit",
        Reference("node", node.node),
        below=levels,
    )


def _properties(stack: ClusterStack) -> Iterator[PageSection]:
    found = stack.properties
    if found is None:
        yield _unseen("Properties", "properties", stack)
        return
    own = [each for each in found if each.is_set]
    rest = [each for each in found if not each.is_set]
    yield PageSection("Properties", tuple(_property(each) for each in own))
    yield PageSection(
        "Properties with their default",
        tuple(_property(each) for each in rest),
        f"{len(rest)}",
        is_folded=True,
    )


def _property(each: Property) -> Item:
    about = each.about
    said = [about.shortdesc]
    if each.is_changed and about.default not in ("", "none"):
        said.insert(0, f"default {about.default}")
    if about.is_deprecated:
        said.insert(0, "deprecated")
    if not each.is_known:
        said.insert(0, "no property that this Pacemaker knows")
    return Item(
        about.name,
        shown(about.name, each.value) or "(empty)",
        ". ".join(filter(None, said)),
        "plain" if each.is_set else "dim",
        below=paragraphs(about.longdesc),
        is_folded=True,
    )
