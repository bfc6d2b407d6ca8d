"""CIB, parsed once: its version, its last writer, its objects and constraints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from crmtui.cib import constraints, objects
from crmtui.cib.version import CibVersion
from crmtui.cib.xml import as_written, is_plain, root, words
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from crmtui.cib.constraints import Constraint
    from crmtui.cib.objects import Configuration

_BY = (("by ", "update-user"), ("via ", "update-client"), ("on ", "update-origin"))
_CONFIGURATION = re.compile(r"<configuration\b.*</configuration>", re.DOTALL)


# No slots: ``cached_property`` needs the instance's dictionary.
@dataclass(frozen=True)
class Cib:
    """CIB that was read. All readers share its elements: copy an element before changing it."""

    text: str = field(repr=False)
    """XML, as it was printed."""
    root: Element = field(repr=False, compare=False)
    """``<cib>`` element, with every attribute on one line and safe to paint."""
    configuration: Element = field(repr=False, compare=False)
    """``<configuration>`` element of the CIB."""
    version: CibVersion
    changed_by: str
    """``by root via crm_resource on n1``, in crm_mon's words; empty where the CIB does not say."""
    last_written: str
    """Time of the last write, as Pacemaker prints it; empty where the CIB does not say."""

    @classmethod
    def parse(cls, text: str) -> Cib:
        """Read a CIB, as ``cibadmin --query`` prints it.

        Raises:
            CibUnreadable: The text is empty, broken or no CIB, or declares a document type.
        """
        cib = root(text, "cibadmin")
        if cib.tag != "cib":
            raise CibUnreadable(f"This is no CIB: its outermost element is <{cib.tag}>.")
        configuration = cib.find("configuration")
        if configuration is None:
            raise CibUnreadable("There is no configuration in the CIB.")
        told = words(cib)
        return cls(
            text,
            cib,
            configuration,
            CibVersion.of(cib),
            " ".join(before + told[name] for before, name in _BY if told.get(name)),
            told.get("cib-last-written", ""),
        )

    @cached_property
    def objects(self) -> Configuration:
        """Objects of the configuration."""
        return objects.parse(self.configuration)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Constraints of the configuration, in their order."""
        return constraints.parse(self.configuration)

    @cached_property
    def as_written(self) -> Element:
        """``<cib>`` element with unchanged attributes, line breaks included, for writing it again."""
        return self.root if is_plain(self.text) else as_written(self.text, "cibadmin")

    @property
    def configuration_text(self) -> str:
        """Text of the configuration alone, which is all that crm reads."""
        found = _CONFIGURATION.search(self.text)
        return found[0] if found else ""


EMPTY_CIB = Cib.parse("<cib><configuration/></cib>")
"""CIB without any object."""
