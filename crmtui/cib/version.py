"""Version of a CIB: ``admin_epoch.epoch.num_updates``, which Pacemaker raises with each write.

Every change of the configuration raises the epoch, and every result of an operation ``num_updates``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_CIB = re.compile(r"<cib\b[^>]*>")
_NUMBER = re.compile(r'\b(admin_epoch|epoch|num_updates)="([^"]*)"')
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
"""A number; beyond so many digits it is none of Pacemaker's, and Python may refuse it."""


@dataclass(frozen=True, slots=True, order=True)
class CibVersion:
    """Version of one CIB; what is not written in it counts as 0, as to Pacemaker."""

    admin_epoch: int = 0
    epoch: int = 0
    num_updates: int = 0

    @classmethod
    def of(cls, cib: Element) -> CibVersion:
        """Return the version of the CIB whose outermost element is ``cib``."""
        return cls._from(cib.attrib)

    @classmethod
    def of_text(cls, xml: str) -> CibVersion | None:
        """Return the version of a CIB that is not parsed for it; None where ``xml`` has no ``<cib>``."""
        found = _CIB.search(xml)
        return cls._from(dict(_NUMBER.findall(found[0]))) if found is not None else None

    @classmethod
    def parse(cls, text: str) -> CibVersion | None:
        """Read a version as ``str`` writes it; None where ``text`` is none."""
        numbers = text.split(".")
        if len(numbers) != 3 or not all(map(_DIGITS.fullmatch, numbers)):
            return None
        return cls(*map(int, numbers))

    @classmethod
    def _from(cls, attributes: Mapping[str, str]) -> CibVersion:
        written = (attributes.get(name, "") for name in ("admin_epoch", "epoch", "num_updates"))
        return cls(*(int(each) if _DIGITS.fullmatch(each) else 0 for each in written))

    @property
    def configuration(self) -> tuple[int, int]:
        """The part that every change of the configuration raises: ``admin_epoch`` and ``epoch``."""
        return self.admin_epoch, self.epoch

    def __str__(self) -> str:
        return f"{self.admin_epoch}.{self.epoch}.{self.num_updates}"
