"""Properties of the cluster: settings, defaults and documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cib.xml import root, words
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.cib.agents import Parameter

_FIRST = "cib-bootstrap-options"
"""Id of the set to which Pacemaker gives precedence."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property."""

    about: Parameter
    """Name and documentation by the installed Pacemaker."""
    value: str
    """Value in force: the setting, else the default."""
    is_set: bool
    is_known: bool = True
    """True if the installed Pacemaker documents the property; tools may store values of their own."""

    @property
    def is_changed(self) -> bool:
        """True if the property is set to another value than the default."""
        return self.is_set and not self.about.is_generated and self.value != self.about.default


def crm_config(xml: str) -> tuple[tuple[str, str], ...]:
    """Return the settings in ``xml``, the section ``crm_config`` of a CIB; empty for other XML.

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
        set_: Settings of ``crm_config``.
        documented: Options in the documentation of the daemons.
    """
    current = dict(set_)
    known = {parameter.name: parameter for parameter in documented}
    return tuple(
        _property(name, current.get(name), known.get(name)) for name in sorted({*current, *known})
    )


def _property(name: str, value: str | None, documented: Parameter | None) -> Property:
    # Imported here, because a snapshot needs only the settings.
    from crmtui.cib.agents import Parameter

    if documented is None:
        return Property(Parameter(name), value or "", is_set=True, is_known=False)
    is_set = value is not None
    return Property(documented, value if value is not None else documented.default, is_set)
