"""Candidates that are objects of the configuration: ids, members, what constraints refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.cib import RESOURCES, ConfigurationObject
from crmtui.completion import table
from crmtui.completion.offer import Offer, Question, Sources, named
from crmtui.completion.state import describe_object, nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SELDOM = frozenset({"node", "property", "rsc_defaults", "op_defaults"})
"""Kinds that are seldom meant where any object can stand."""


def _described(known: ConfigurationObject) -> Offer:
    return Offer(known.id, describe_object(known))


def _objects(question: Question, *kinds: str) -> Iterator[ConfigurationObject]:
    configuration = question.knowledge.configuration()
    return iter(configuration.of_kind(*kinds) if kinds else configuration.objects.values())


def _id(question: Question) -> Iterable[Offer]:
    ordered = sorted(_objects(question), key=lambda known: known.kind in _SELDOM)
    return map(_described, ordered)


def _free_primitive(question: Question) -> Iterable[Offer]:
    return (_described(o) for o in _objects(question, "primitive") if not o.parent)


def _group(question: Question) -> Iterable[Offer]:
    return map(_described, _objects(question, "group"))


def _group_change(question: Question) -> Iterable[Offer]:
    """Offer what ``modgroup`` can add to the group, or what it can take out of it."""
    if question.want.used[1] == "add":
        return _free_primitive(question)
    return _group_member(question)


def _group_member(question: Question) -> Iterable[Offer]:
    group = question.want.used[0]
    return (_described(o) for o in _objects(question, "primitive") if o.parent == group)


def _clonable(question: Question) -> Iterable[Offer]:
    return (_described(o) for o in _objects(question, "primitive", "group") if not o.parent)


def _referable(question: Question) -> list[ConfigurationObject]:
    """Return what constraints refer to: top-level resources, then their members, then tags."""
    known = [o for o in _objects(question, *RESOURCES) if not o.parent]
    inner = [o for o in _objects(question, *RESOURCES) if o.parent]
    return [*known, *inner, *_objects(question, "tag", "rsc_template")]


def _located(question: Question) -> Iterable[Offer]:
    return map(_described, _referable(question))


def _with_suffix(question: Question, section: str) -> Iterator[Offer]:
    """Yield what a constraint refers to, and behind ``:`` the roles or actions of it."""
    name, colon, _ = question.typed.partition(":")
    if not colon:
        yield from _located(question)
    elif name in question.knowledge.configuration().objects:
        for offer in named(section):
            yield Offer(f"{name}:{offer.text}", offer.meta, offer.text)


def _with_role(question: Question) -> Iterable[Offer]:
    return _with_suffix(question, "roles")


def _with_action(question: Question) -> Iterable[Offer]:
    return _with_suffix(question, "actions")


def _location_end(question: Question) -> Iterable[Offer]:
    """Offer the node behind a score, or the parts of a rule."""
    used = question.want.used
    if used[-1] == "rule":
        yield from named("scores")
    if "rule" in used[2:]:
        if used[-2:-1] == ("#uname",):
            yield from nodes(question)
        elif used[-1] != "rule":
            yield from named("expressions")
    elif len(used) == 3:
        yield from nodes(question)


def _is_fencing(known: ConfigurationObject) -> bool:
    return known.agent.startswith("stonith:")


def _stonith(question: Question) -> Iterable[Offer]:
    return (_described(o) for o in _objects(question, "primitive") if _is_fencing(o))


def _fencing_target(question: Question) -> Iterable[Offer]:
    return (Offer(f"{node.id}:", "Node") for node in _objects(question, "node"))


def _acl_role(question: Question) -> Iterable[Offer]:
    return map(_described, _objects(question, "role"))


def _show_filter(question: Question) -> Iterable[Offer]:
    """Offer ``type:``, ``tag:``, ``related:`` and ``obscure:``, and what follows the one typed."""
    prefix, colon, _ = question.typed.partition(":")
    if not colon:
        yield Offer("type:", "Objects of one kind", is_final=False)
        yield Offer("tag:", "Objects of one tag", is_final=False)
        yield Offer("related:", "An object and all that refers to it", is_final=False)
        yield Offer("obscure:", "Hide the values of these names", is_final=False)
    elif prefix == "type":
        kinds = dict.fromkeys(known.kind for known in _objects(question))
        yield from (Offer(f"type:{kind}", display=kind) for kind in kinds)
    elif prefix in ("tag", "related"):
        for known in _objects(question, *(("tag",) if prefix == "tag" else ())):
            offer = _described(known)
            yield Offer(f"{prefix}:{known.id}", offer.meta, known.id)


def _attribute_path(question: Question) -> Iterable[Offer]:
    """Offer ids, and behind the dot the names that are set on the object."""
    name, dot, _ = question.typed.rpartition(".")
    known = question.knowledge.configuration().objects.get(name)
    if not dot or known is None:
        for offer in _id(question):
            yield Offer(f"{offer.text}.", offer.meta, offer.text, is_final=False)
        return
    section = table.names(f"meta.{known.kind}")
    for setting in known.settings:
        yield Offer(f"{name}.{setting.name}", f"now {setting.value}", setting.name)
    for row in section.values():
        yield Offer(f"{name}.{row.name}", row.help, row.name)


SOURCES: Sources = {
    "id": _id,
    "free-primitive": _free_primitive,
    "group": _group,
    "group-change": _group_change,
    "group-member": _group_member,
    "clonable": _clonable,
    "located": _located,
    "tagged": _located,
    "with-role": _with_role,
    "with-action": _with_action,
    "location-end": _location_end,
    "stonith": _stonith,
    "fencing-target": _fencing_target,
    "acl-role": _acl_role,
    "show-filter": _show_filter,
    "attribute-path": _attribute_path,
}
