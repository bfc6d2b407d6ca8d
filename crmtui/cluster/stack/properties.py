"""The cluster's properties: what is set, what holds where nothing is, and what each is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cib.xml import root, words
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.cib.agents import Parameter

_FIRST = "cib-bootstrap-options"
"""Of several sets Pacemaker gives this one precedence."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property."""

    about: Parameter
    """Its name, and what the installed Pacemaker says of it."""
    value: str
    """What holds: the value that is set, else the default."""
    is_set: bool
    is_known: bool = True
    """Whether the installed Pacemaker documents it; a tool may keep values of its own here."""

    @property
    def is_changed(self) -> bool:
        """Whether somebody set it to something that is not the default."""
        return self.is_set and not self.about.is_generated and self.value != self.about.default


def crm_config(xml: str) -> tuple[tuple[str, str], ...]:
    """Return what is set in ``xml``, the section ``crm_config`` of a CIB; nothing of what is none.

    Rules are not evaluated.
    """
    try:
        section = root(xml, "cibadmin")
    except CibUnreadable:  # the status is shown all the same
        return ()
    sets = sorted(section.iter("cluster_property_set"), key=lambda each: each.get("id") != _FIRST)
    found: dict[str, str] = {}
    for pair in (words(pair) for each in sets for pair in each.iter("nvpair")):
        found.setdefault(pair.get("name", ""), pair.get("value", ""))
    return tuple(found.items())


def properties(
    set_: Iterable[tuple[str, str]], documented: Iterable[Parameter]
) -> tuple[Property, ...]:
    """Return every property that is set or documented, by name.

    Args:
        set_: What ``crm_config`` returned.
        documented: What the daemons say of their options.
    """
    current = dict(set_)
    known = {parameter.name: parameter for parameter in documented}
    return tuple(
        _property(name, current.get(name), known.get(name)) for name in sorted({*current, *known})
    )


def _property(name: str, value: str | None, documented: Parameter | None) -> Property:
    # Not above: a look reads what is set, and nothing of what could be.
    from crmtui.cib.agents import Parameter

    if documented is None:
        return Property(Parameter(name), value or "", is_set=True, is_known=False)
    is_set = value is not None
    return Property(documented, value if value is not None else documented.default, is_set)
