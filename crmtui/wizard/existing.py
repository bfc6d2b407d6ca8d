"""Statement of an existing object, read from the CIB itself.

``crm configure show`` would hide passwords behind stars, and print objects with non-ASCII
characters as XML. Objects that only XML can express are refused here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.objects import KINDS
from crmtui.errors import NotInForm
from crmtui.wizard.statements import Statement, StatementSection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from crmtui.cib.document import Cib

_LISTS = {"params": "instance_attributes", "meta": "meta_attributes", "utilization": "utilization"}
_PRIMITIVE = frozenset({"id", "class", "provider", "type", "template", "description"})
_COLLECTION = frozenset({"id", "description"})


def statement_of(cib: Cib, id: str) -> Statement:  # noqa: A002 - Pacemaker's word
    """Return the statement that makes the object ``id``.

    Args:
        cib: The CIB that it is in.
        id: Id of a primitive, template, group or clone.

    Raises:
        NotInForm: No such object exists, its kind is another one, or it has rules or references,
            which a
            form could not keep.
    """
    resources = cib.configuration.find("resources")
    for element in resources.iter() if resources is not None else ():
        if element.get("id") == id and element.tag in ("primitive", "template", "group", "clone"):
            return Statement(tuple(_head(element)), tuple(_sections(element)))
    raise NotInForm(
        f"There is no primitive, group or clone {id}.",
        hint=f"Change it by hand: configure edit {id}",
    )


def _head(element: Element) -> Iterator[str]:
    own = element.get("id", "")
    yield KINDS[element.tag]
    yield own
    if element.tag in ("primitive", "template"):
        _refuse(own, set(element.keys()) - _PRIMITIVE)
        if element.get("template"):
            yield f"@{element.get('template')}"
        else:
            parts = (element.get(part, "") for part in ("class", "provider", "type"))
            yield ":".join(part for part in parts if part)
    else:
        _refuse(own, set(element.keys()) - _COLLECTION)
        yield from (child.get("id", "") for child in element if child.tag in KINDS)
    if element.get("description"):
        yield f"description={element.get('description')}"


def _sections(element: Element) -> Iterator[StatementSection]:
    own = element.get("id", "")
    for keyword, tag in _LISTS.items():
        lists = element.findall(tag)
        if len(lists) > 1:
            _refuse(own, {f"several lists of {keyword}"})
        for found in lists:
            if words := tuple(_pairs(own, found)):
                yield StatementSection(keyword, words)
    for operations in element.findall("operations"):
        _refuse(own, set(operations.keys()) - {"id"})
        for op in operations:
            yield StatementSection("op", tuple(_operation(own, op)))
    _refuse(own, {child.tag for child in element} - {*_LISTS.values(), "operations", *KINDS})


def _operation(own: str, op: Element) -> Iterator[str]:
    if op.tag != "op" or not set(op.keys()) >= {"name"} or op.get("id-ref"):
        _refuse(own, {"a reference to operations"})
    yield op.get("name", "")
    for name, value in op.items():
        if name not in ("id", "name"):
            yield f"{name}={value}"
    _refuse(own, {child.tag for child in op} - {"instance_attributes"})
    if len(op) > 1:
        _refuse(own, {"several lists in an operation"})
    for found in op:
        yield from _pairs(own, found)


def _pairs(own: str, found: Element) -> Iterator[str]:
    _refuse(own, set(found.keys()) - {"id"})
    for pair in found:
        is_plain = pair.tag == "nvpair" and set(pair.keys()) == {"id", "name", "value"}
        if not is_plain:
            _refuse(own, {"a rule or a reference"})
        yield f"{pair.get('name')}={pair.get('value')}"


def _refuse(own: str, what: set[str]) -> None:
    if what:
        raise NotInForm(
            f"{own} has {', '.join(sorted(what))}, which a form cannot show and might lose.",
            hint=f"Change it by hand: configure edit {own}",
        )
