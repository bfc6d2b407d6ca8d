"""Settings of a resource, own and inherited: parameters and meta attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.secrets import shown
from crmtui.cluster.details.page import Item, PageSection, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.agents import AgentMetadata, Parameter
    from crmtui.cib.document import Cib
    from crmtui.cib.objects import Operation
    from crmtui.cluster.details.page_facts import PageFacts


def parameters(name: str, cib: Cib, metadata: AgentMetadata | None) -> PageSection:
    """Return the parameters of a resource: those set, then those with their default."""
    values = dict(_inherited(name, cib, "params"))
    known = {each.name: each for each in metadata.parameters} if metadata else {}
    items = [_set(each, value, source, known.get(each)) for each, (value, source) in values.items()]
    missing = [each for each in known.values() if each.is_required and each.name not in values]
    items += [Item(each.name, "not set", f"required: {each.shortdesc}", "crit") for each in missing]
    rest = [
        _unset(each) for each in known.values() if each.name not in values and not each.is_required
    ]
    if rest:
        items.append(
            Item(f"{len(rest)} more", "not set", "each with its default", "dim",
                 below=tuple(rest), is_folded=True)
        )  # fmt: skip
    return PageSection("Parameters", tuple(items), "" if items else "none")


def _set(name: str, value: str, source: str, known: Parameter | None) -> Item:
    about = known.shortdesc if known else ""
    if known is not None and known.is_deprecated:
        about = f"deprecated. {about}"
    if source:
        about = f"{source}. {about}" if about else source
    return Item(
        name,
        shown(name, value),
        about,
        below=paragraphs(known.longdesc) if known else (),
        is_folded=True,
    )


def _unset(known: Parameter) -> Item:
    default = f"default {known.default}" if known.default else "no default"
    return Item(
        known.name,
        default,
        known.shortdesc,
        "dim",
        below=paragraphs(known.longdesc),
        is_folded=True,
    )


def meta_attributes(name: str, known: PageFacts, cib: Cib) -> PageSection:
    """Return the meta attributes in force for a resource, with the origin of each."""
    found = dict(_inherited(name, cib, "meta"))
    for holder in cib.objects.holders(name):
        for setting in holder.settings:
            if setting.section == "meta":
                found.setdefault(setting.name, (setting.value, f"set on {holder.id}"))
    for defaults in cib.objects.of_kind("rsc_defaults"):
        for setting in defaults.settings:
            found.setdefault(setting.name, (setting.value, "rsc_defaults"))
    items = []
    for each, (value, source) in found.items():
        about = ". ".join(filter(None, (source, known.meta_help.get(each, ""))))
        items.append(Item(each, value, about))
    return PageSection("Meta attributes", tuple(items), "" if items else "none set")


def utilization(name: str, cib: Cib) -> PageSection:
    """Return the capacity that a resource takes of its node."""
    items = (Item(each, value) for each, (value, _) in _inherited(name, cib, "utilization"))
    return PageSection("Utilization", tuple(items))


def _inherited(name: str, cib: Cib, section: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the names set on a resource, and those set only on its template, with their values."""
    own = cib.objects.objects.get(name)
    template = cib.objects.objects.get(own.template) if own and own.template else None
    seen: set[str] = set()
    for holder, source in ((own, ""), (template, f"from {template.id}" if template else "")):
        for setting in holder.settings if holder else ():
            if setting.section == section and setting.name not in seen:
                seen.add(setting.name)
                yield setting.name, (setting.value, source)


def operations(name: str, cib: Cib, metadata: AgentMetadata | None) -> PageSection:
    """Return the configured operations of a resource beside what its agent advises."""
    own = cib.objects.objects.get(name)
    if own is None:
        return PageSection("Operations")
    template = cib.objects.objects.get(own.template) if own.template else None
    found = own.operations or (template.operations if template else ())
    items = []
    for operation in found:
        pairs = [("interval", operation.interval), *operation.attributes]
        value = " ".join(f"{key}={given}" for key, given in pairs if given)
        items.append(Item(operation.name, value, _advised(operation, metadata)))
    if not any(each.name == "monitor" for each in items):
        items.append(Item("monitor", "none", "nothing notices when it stops by itself", "warn"))
    return PageSection("Operations", tuple(items))


def _advised(operation: Operation, metadata: AgentMetadata | None) -> str:
    role = dict(operation.attributes).get("role", "")
    actions = [each for each in metadata.actions if each.name == operation.name] if metadata else []
    match = next((each for each in actions if each.role == role), actions[0] if actions else None)
    if match is None or not match.timeout:
        return ""
    return f"the agent advises timeout={match.timeout}"
