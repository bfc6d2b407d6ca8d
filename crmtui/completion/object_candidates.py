"""Candidates from the configuration: ids, members, and objects that constraints may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.agents import Parameter
from crmtui.cib.objects import RESOURCES, ConfigurationObject
from crmtui.completion.agent_candidates import values_for
from crmtui.completion.candidate_source import CandidateRequest, SourceItem, Sources, named
from crmtui.completion.state_candidates import describe_object
from crmtui.completion.word_candidates import values_of
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cib.objects import NvPair, Operation

_SELDOM = frozenset({"node", "property", "rsc_defaults", "op_defaults"})
"""Kinds that are seldom meant where any object may stand."""


def _described(known: ConfigurationObject) -> SourceItem:
    return SourceItem(known.id, describe_object(known))


def _objects(request: CandidateRequest, *kinds: str) -> Iterator[ConfigurationObject]:
    configuration = request.knowledge.configuration()
    return iter(configuration.of_kind(*kinds) if kinds else configuration.objects.values())


def _id(request: CandidateRequest) -> Iterable[SourceItem]:
    ordered = sorted(_objects(request), key=lambda known: known.kind in _SELDOM)
    return map(_described, ordered)


def _free_primitive(request: CandidateRequest) -> Iterable[SourceItem]:
    return (_described(o) for o in _objects(request, "primitive") if not o.parent)


def _group(request: CandidateRequest) -> Iterable[SourceItem]:
    return map(_described, _objects(request, "group"))


def _group_change(request: CandidateRequest) -> Iterable[SourceItem]:
    """Return the members that ``modgroup`` can add to the group, or remove from it."""
    if request.expectation.used[1] == "add":
        return _free_primitive(request)
    return _group_member(request)


def _group_member(request: CandidateRequest) -> Iterable[SourceItem]:
    group = request.expectation.used[0]
    return (_described(o) for o in _objects(request, "primitive") if o.parent == group)


def _clonable(request: CandidateRequest) -> Iterable[SourceItem]:
    return (_described(o) for o in _objects(request, "primitive", "group") if not o.parent)


def _group_place(request: CandidateRequest) -> Iterable[SourceItem]:
    return named("places") if request.expectation.used[1] == "add" else ()


def _anchor(request: CandidateRequest) -> Iterable[SourceItem]:
    return _group_member(request) if request.expectation.used[1] == "add" else ()


def describe_referable(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the objects that constraints may name: top-level resources, their members, then tags."""
    known = [o for o in _objects(request, *RESOURCES) if not o.parent]
    inner = [o for o in _objects(request, *RESOURCES) if o.parent]
    yield from map(_described, (*known, *inner, *_objects(request, "tag", "rsc_template")))


def object_offers(request: CandidateRequest, *kinds: str) -> Iterator[SourceItem]:
    """Yield the objects of these kinds."""
    yield from map(_described, _objects(request, *kinds))


def _acl_role(request: CandidateRequest) -> Iterable[SourceItem]:
    return map(_described, _objects(request, "role"))


def _show_filter(request: CandidateRequest) -> Iterable[SourceItem]:
    """Yield ``type:``, ``tag:``, ``related:`` and ``obscure:``, and the values behind the typed one."""
    prefix, colon, _ = request.typed.partition(":")
    if not colon:
        yield SourceItem("type:", "Objects of one kind", is_final=False)
        yield SourceItem("tag:", "Objects of one tag", is_final=False)
        yield SourceItem("related:", "An object and all that refers to it", is_final=False)
        yield SourceItem("obscure:", "Hide the values of these names", is_final=False)
    elif prefix == "type":
        kinds = dict.fromkeys(known.kind for known in _objects(request))
        yield from (SourceItem(f"type:{kind}", display=kind) for kind in kinds)
    elif prefix in ("tag", "related"):
        for known in _objects(request, *(("tag",) if prefix == "tag" else ())):
            offer = _described(known)
            yield SourceItem(f"{prefix}:{known.id}", offer.meta, known.id)


def _attribute_path(request: CandidateRequest) -> Iterable[SourceItem]:
    """Yield ids, and behind the dot the attributes that ``set`` can change: those set once, operations.

    crm reads ``ID.NAME``, ``ID.OPERATION.NAME`` and ``ID.OPERATION.INTERVAL.NAME`` (do_set in
    crmsh/ui_configure.py), so an id with a dot cannot be meant.
    """
    name, *steps = request.typed.split(".")
    known = request.knowledge.configuration().objects.get(name)
    if not steps or known is None:
        for offer in _id(request):
            if "." not in offer.text:
                yield SourceItem(f"{offer.text}.", offer.meta, offer.text, is_final=False)
        return
    if len(steps) == 1:
        names = [setting.name for setting in known.settings]
        for setting in known.settings:
            if names.count(setting.name) == 1:
                yield SourceItem(f"{name}.{setting.name}", f"now {setting.value}", setting.name)
    for operation in known.operations:
        yield from _operation_path(name, steps, operation, _is_single(operation, known))


def _is_single(operation: Operation, known: ConfigurationObject) -> bool:
    return [other.name for other in known.operations].count(operation.name) == 1


def _operation_path(
    name: str, steps: list[str], operation: Operation, is_single: bool
) -> Iterator[SourceItem]:
    path = f"{name}.{operation.name}."
    interval = f"{path}{operation.interval or 0}."
    if len(steps) == 1:
        yield SourceItem(path, f"Operation {operation.name}", operation.name, is_final=False)
    elif steps[0] == operation.name:
        now = dict(operation.attributes)
        prefix = path if len(steps) == 2 else interval
        if len(steps) == 2:
            yield SourceItem(interval, "The one with this interval", is_final=False)
        if is_single or len(steps) == 3:
            for row in command_table.names("op_defaults").values():
                meta = f"{row.help}, now {now[row.name]}" if row.name in now else row.help
                yield SourceItem(f"{prefix}{row.name}", meta, row.name)


def _attribute_path_value(request: CandidateRequest) -> Iterable[SourceItem]:
    """Yield the values of the attribute that the path names."""
    name, *steps = request.expectation.used[0].split(".")
    known = request.knowledge.configuration().objects.get(name)
    if known is None or not steps:
        return
    if len(steps) > 1:
        yield from values_of("op_defaults", steps[-1])
        return
    for setting in known.settings:
        if setting.name == steps[0]:
            section = f"meta.{known.kind}" if setting.section == "meta" else known.kind
            yield from _setting_values(request, known, section, setting)


def _setting_values(
    request: CandidateRequest, known: ConfigurationObject, section: str, setting: NvPair
) -> Iterator[SourceItem]:
    yield from values_of(section, setting.name)
    parameters: tuple[Parameter, ...] = ()
    if known.kind == "property":
        parameters = request.knowledge.properties()
    elif setting.section == "params" and known.kind in ("primitive", "rsc_template"):
        agent = request.knowledge.configuration().agent_of(known.id)
        metadata = request.knowledge.metadata(agent) if agent else None
        parameters = metadata.parameters if metadata else ()
    documented = (parameter for parameter in parameters if parameter.name == setting.name)
    yield from values_for(next(documented, Parameter(setting.name)), setting.value)


SOURCES: Sources = {
    "id": _id,
    "free-primitive": _free_primitive,
    "group": _group,
    "group-change": _group_change,
    "group-place": _group_place,
    "group-member": _anchor,
    "clonable": _clonable,
    "located": describe_referable,
    "tagged": describe_referable,
    "acl-role": _acl_role,
    "show-filter": _show_filter,
    "attribute-path": _attribute_path,
    "attribute-path-value": _attribute_path_value,
}
