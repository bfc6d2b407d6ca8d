"""One kind of thing that is expected, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """One kind of thing that is expected."""

    kind: str
    """``word``, ``command``, or what stands between ``<`` and ``>`` in the table: ``node`` …"""
    of: str = ""
    """What it belongs to: an agent, a level, a section of ``names.txt``."""
    name: str = ""
    """The name whose value is expected, or the word itself."""
    used: tuple[str, ...] = ()
    """What was typed before: the arguments of the command, or the names in this section."""
    operation: str = ""
    """The operation whose attributes are expected."""
