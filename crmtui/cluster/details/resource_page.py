"""Page of a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib import scores
from crmtui.cib.constraints import tags_of, touching
from crmtui.cluster import state_words
from crmtui.cluster.details import operation_history, resource_settings
from crmtui.cluster.details.page import Item, Page, PageSection, PageTone, Reference, paragraphs
from crmtui.cluster.glyphs import severity, worst_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.agents import AgentMetadata
    from crmtui.cib.constraints import Constraint
    from crmtui.cib.document import Cib
    from crmtui.cluster.details.page_facts import PageFacts
    from crmtui.cluster.model import Cluster, Resource


def resource_page(name: str, known: PageFacts) -> Page:
    """Return the page of the resource ``name``, urgent facts first."""
    resource, parents = _find(known.cluster, name)
    sections = [_state(name, resource, parents), *_trouble(name, known)]
    cib = known.cib
    if cib is not None:
        agent = cib.objects.agent_of(name)
        metadata = known.agents.get(agent)
        sections += [
            _constraints(name, cib),
            _places(name, resource, known),
            *_members(resource),
            resource_settings.parameters(name, cib, metadata)
            if agent
            else PageSection("Parameters"),
            resource_settings.meta_attributes(name, known, cib),
            resource_settings.operations(name, cib, metadata)
            if agent
            else PageSection("Operations"),
            resource_settings.utilization(name, cib),
            operation_history.history(known.cluster.history_of(name), on_node=False),
            _agent(agent, metadata),
        ]
    sections += [_unknown(known)]
    kept = tuple(each for each in sections if each.items or each.note)
    what = resource.agent or resource.kind if resource else "not in the cluster any more"
    return Page(Reference("resource", name), f"{name}  {what}", kept)


def _find(cluster: Cluster, name: str) -> tuple[Resource | None, tuple[Resource, ...]]:
    """Return the resource, or the first of several instances, and its holders."""

    def within(resource: Resource, above: tuple[Resource, ...]) -> Iterator[tuple[Resource, ...]]:
        if resource.id == name:
            yield (*above, resource)
        for child in resource.children:
            yield from within(child, (*above, resource))

    paths = [path for top in cluster.resources for path in within(top, ())]
    return (paths[0][-1], paths[0][:-1]) if paths else (None, ())


def _state(name: str, resource: Resource | None, parents: tuple[Resource, ...]) -> PageSection:
    if resource is None:
        return PageSection(
            "State", (Item("state", "gone", "it is not in the cluster any more", "warn"),)
        )
    instances = [resource]
    if parents and not resource.children:
        instances = [each for each in parents[0].walk() if each.id == name]
    items = [_instance(each, parents) for each in instances]
    items += [
        Item(f"held by {parent.kind}", parent.id, leads_to=Reference("resource", parent.id))
        for parent in reversed(parents)
        if parent.id != name
    ]
    if resource.description:
        items.append(Item("description", resource.description))
    return PageSection("State", tuple(items))


def _instance(resource: Resource, parents: tuple[Resource, ...]) -> Item:
    how = severity(resource, parents[-1] if parents else None)
    role = state_words.role(resource)
    flags = f" ({', '.join(resource.flags)})" if resource.flags else ""
    node = resource.nodes[0] if len(resource.nodes) == 1 else ""
    where = f" on {', '.join(resource.nodes)}" if resource.nodes else ""
    leads_to = Reference("node", node) if node else None
    return Item("state", f"{role}{where}{flags}", _why(resource), how, leads_to)


_REASONS = {
    "disabled": "its target-role is Stopped",
    "unmanaged": "the cluster leaves it alone",
    "maintenance": "the cluster leaves it alone",
    "blocked": "the cluster can do nothing more for it",
    "failure ignored": "on-fail=ignore",
    "ORPHANED": "it is not configured any more",
}


def _why(resource: Resource) -> str:
    reasons = [_REASONS[flag] for flag in resource.flags if flag in _REASONS]
    reasons += [
        "its node is down by a shutdown lock" for f in resource.flags if f.startswith("LOCKED")
    ]
    return ", ".join(reasons)


def _trouble(name: str, known: PageFacts) -> Iterator[PageSection]:
    cluster = known.cluster
    failed = [each for each in cluster.failures if each.resource.partition(":")[0] == name]
    counted = [each for each in cluster.failcounts if each.resource.partition(":")[0] == name]
    yield operation_history.failures(failed, on_node=False)
    yield operation_history.fail_counts(counted, known, on_node=False)


def _constraints(name: str, cib: Cib) -> PageSection:
    names = cib.objects.family(name)
    found = touching(cib.constraints, (*names, *tags_of(cib.root, names)))
    items = tuple(_constraint(each, names) for each in found)
    return PageSection("Constraints", items, "" if items else "none")


def _constraint(each: Constraint, names: tuple[str, ...]) -> Item:
    other = next((other for other in each.names if other not in names), "")
    leads_to = Reference("resource", other) if other else None
    if not each.is_leftover:
        return Item(each.id, each.sentence, leads_to=leads_to)
    until = f"until {each.until}" if each.until else "forever"
    about = f"left by a move or ban by hand, {until}: c clears it"
    return Item(each.id, each.sentence, about, "warn", leads_to, clears=each.names[0])


def _places(name: str, resource: Resource | None, known: PageFacts) -> PageSection:
    if known.scores is None:
        return PageSection("Where it may run", note="not known yet")
    # A group's place follows from its first member, which accounts for all the others.
    decides = name
    while resource is not None and resource.kind == "group" and resource.children:
        resource = resource.children[0]
        decides = resource.id
    placing = known.scores.placing.get(decides, {})
    promoting = known.scores.promoting.get(name, {})
    nodes = {node.name: node for node in known.cluster.nodes}
    here = {n for each in known.cluster.walk() if each.id == name for n in each.nodes}
    order = sorted(placing, key=lambda node: -scores.number(placing[node]))
    items = []
    for node in order:
        may = scores.number(placing[node]) >= 0
        promotion = f", promotion score {promoting[node]}" if node in promoting else ""
        state = nodes[node].state if node in nodes else "unknown"
        is_up = node in nodes and nodes[node].state == "online"
        said = ["runs here"] if node in here else [] if may else ["may not run here"]
        if not is_up:
            said.append(f"the node is {state}")
        tone: PageTone = "ok" if node in here else "plain" if may and is_up else "dim"
        items.append(
            Item(node, f"score {placing[node]}{promotion}", ", ".join(said), tone,
                 Reference("node", node))
        )  # fmt: skip
    return PageSection(
        "Where it may run", tuple(items), "" if items else "the scheduler says nothing"
    )


def _members(resource: Resource | None) -> Iterator[PageSection]:
    if resource is None or not resource.children:
        return
    members: dict[str, list[Resource]] = {}
    for child in resource.children:
        members.setdefault(child.id, []).append(child)
    items = []
    for id_, instances in members.items():
        said = "; ".join(filter(None, (state_words.state(each) for each in instances)))
        worst = worst_of(severity(each, resource) for each in instances)
        about = instances[0].agent or instances[0].kind
        items.append(Item(id_, said, about, worst, Reference("resource", id_)))
    yield PageSection("Members", tuple(items))


def _agent(agent: str, metadata: AgentMetadata | None) -> PageSection:
    if not agent:
        return PageSection("Agent")
    if metadata is None:
        return PageSection("Agent", (Item(agent),))
    item = Item(agent, metadata.shortdesc, below=paragraphs(metadata.longdesc), is_folded=True)
    return PageSection("Agent", (item,))


def _unknown(known: PageFacts) -> PageSection:
    said = tuple(Item("", sentence, tone="warn") for sentence in known.troubles)
    return PageSection("Unknown", said)
