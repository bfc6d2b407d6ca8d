"""CIB, parsed once: its version, its last writer, and what is configured in it."""

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


# No slots: what is cached lies in the instance's dictionary.
@dataclass(frozen=True)
class Cib:
    """A CIB that was read. Its elements are shared by all readers: copy what is to be changed."""

    text: str = field(repr=False)
    """The XML, as it was printed."""
    root: Element = field(repr=False, compare=False)
    """The ``<cib>``, with every attribute on one line and safe to paint."""
    configuration: Element = field(repr=False, compare=False)
    """The ``<configuration>`` in it."""
    version: CibVersion
    changed_by: str
    """``by root via crm_resource on n1``, in crm_mon's words; empty where the CIB does not say."""
    last_written: str
    """Time of the last write, as Pacemaker prints it; empty where the CIB does not say."""

    @classmethod
    def parse(cls, text: str) -> Cib:
        """Read a CIB, as ``cibadmin --query`` prints it.

        Raises:
            CibUnreadable: It is empty, broken or no CIB, or declares a document type.
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
        """The objects that are configured."""
        return objects.parse(self.configuration)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """The constraints, in their order."""
        return constraints.parse(self.configuration)

    @cached_property
    def as_written(self) -> Element:
        """The ``<cib>`` with its attributes as they are, line breaks included: to be written again."""
        return self.root if is_plain(self.text) else as_written(self.text, "cibadmin")

    @property
    def configuration_text(self) -> str:
        """The text of the configuration alone: all of it that crm goes by."""
        found = _CONFIGURATION.search(self.text)
        return found[0] if found else ""


EMPTY_CIB = Cib.parse("<cib><configuration/></cib>")
"""A CIB in which nothing is configured."""
