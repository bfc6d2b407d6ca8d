"""Rules of the CIB in crm's words: ``#uname eq n1 and pingd gt 0``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element


def rule(element: Element) -> str:
    """Return the condition of a ``<rule>``, in crm's language."""
    word = plain_line(element.get("boolean-op", "and")).lower() or "and"
    parts = [_part(child) for child in element if child.tag not in _NO_CONDITION]
    return f" {word} ".join(part for part in parts if part)


_NO_CONDITION = ("nvpair", "instance_attributes", "meta_attributes")


def _part(element: Element) -> str:
    given = {name: plain_line(value) for name, value in element.items()}
    if element.tag == "rule":
        inner = rule(element)
        return f"({inner})" if len(element) > 1 else inner
    if element.tag == "expression":
        return _expression(given)
    if element.tag == "date_expression":
        return _date(element, given)
    if element.tag == "rsc_expression":
        named = (given.get(key, "") for key in ("class", "provider", "type"))
        return f"type {':'.join(word for word in named if word)}"
    if element.tag == "op_expression":
        return " ".join(filter(None, ("operation", given.get("name"), given.get("interval"))))
    return element.tag


def _expression(given: Mapping[str, str]) -> str:
    operation, attribute = given.get("operation", ""), given.get("attribute", "")
    if operation in ("defined", "not_defined"):
        return f"{operation} {attribute}"
    return " ".join(filter(None, (attribute, operation, given.get("value", ""))))


def _date(element: Element, given: Mapping[str, str]) -> str:
    operation = given.get("operation", "")
    if operation == "in_range":
        bounds = (f"{key}={given[key]}" for key in ("start", "end") if key in given)
        return " ".join(("date in", *bounds, *_parts_of(element, "duration")))
    if operation == "date_spec":
        return " ".join(("date spec", *_parts_of(element, "date_spec")))
    when = given.get("end") if operation == "lt" else given.get("start")
    return f"date {operation} {when or ''}".strip()


def _parts_of(element: Element, tag: str) -> tuple[str, ...]:
    child = element.find(tag)
    if child is None:
        return ()
    return tuple(f"{name}={plain_line(value)}" for name, value in child.items() if name != "id")


def end_of(element: Element) -> str:
    """Return the end of the time in which the rules of ``element`` hold; empty without an end."""
    for date in element.iter("date_expression"):
        if date.get("operation") in ("lt", "in_range") and date.get("end"):
            return plain_line(date.get("end", ""))
    return ""
