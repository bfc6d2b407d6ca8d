"""XML from outside, read with clean attributes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from crmtui.errors import CibUnreadable
from crmtui.text import plain_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Words = Mapping[str, str]
"""Attributes of an element, each on one line and free of terminal escapes."""


_COMMANDS = {
    "cibadmin": "cibadmin --query",
    "crm_mon": "crm_mon -1",
    "crm_simulate": "crm_simulate -SL",
    "stonith_admin": "stonith_admin --list-registered",
}
"""Commands that show a person the output of a program."""
_CHUNK = 65536
"""Characters parsed at a time, some 2 ms, in which other threads wait."""


def root(xml: str, program: str) -> Element:
    """Return the root element of ``xml``, with every attribute on one line and safe to paint.

    Args:
        xml: Output of a program.
        program: Name of the program, for the error.

    Raises:
        CibUnreadable: The output is empty, not well-formed, or declares a document type.
    """
    element = as_written(xml, program)
    if not is_plain(xml):
        for each in element.iter():
            each.attrib = {plain_line(name): plain_line(value) for name, value in each.items()}
    return element


def is_plain(xml: str) -> bool:
    """Return True if every attribute in ``xml`` is on one line and safe to paint already."""
    # A check of each of the 100 000 attributes of a large cluster takes longer than all the rest.
    return "&#" not in xml and xml.replace("\n", "").isprintable()


def as_written(xml: str, program: str) -> Element:
    """Return the root element of ``xml`` with unchanged attributes, for writing and not for showing.

    Args:
        xml: Output of a program.
        program: Name of the program, for the error.

    Raises:
        CibUnreadable: The output is empty, not well-formed, or declares a document type.
    """
    command = _COMMANDS.get(program, program)
    if not xml.strip():
        raise CibUnreadable(f"{program} printed nothing.", hint=f"Run {command} to see why.")
    if "<!DOCTYPE" in xml:
        # A document type can hold entity bombs.
        raise CibUnreadable(
            f"The XML of {program} declares a document type, which Pacemaker never does.",
            hint="Check its origin; crmtui does not read it.",
        )
    parser = ElementTree.XMLParser()
    try:
        for start in range(0, len(xml), _CHUNK):
            parser.feed(xml[start : start + _CHUNK])
        element: Element = parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise CibUnreadable(
            f"{program} printed XML that cannot be read: {error}.",
            hint=f"Run {command} to see the error.",
        ) from error
    return element


def words(element: Element) -> Words:
    """Return the attributes of an element that ``root`` has read."""
    return element.attrib


def is_true(attributes: Words, name: str, *, default: bool = False) -> bool:
    """Return the attribute ``name`` as a boolean; absent means ``default``."""
    value = attributes.get(name)
    return default if value is None else value.lower() in ("true", "1", "yes", "on")


def number(attributes: Words, name: str) -> int:
    """Return the whole number in the attribute ``name``, or 0 without one."""
    value = attributes.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() else 0


def unknown(attributes: Words, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the attributes whose names are not ``known``, in their order."""
    return tuple((name, value) for name, value in attributes.items() if name not in known)
