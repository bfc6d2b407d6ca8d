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
"""Number of Pacemaker's; longer ones are foreign, and Python may refuse them."""


@dataclass(frozen=True, slots=True, order=True)
class CibVersion:
    """Version of one CIB; a missing number counts as 0, as in Pacemaker."""

    admin_epoch: int = 0
    epoch: int = 0
    num_updates: int = 0

    @classmethod
    def of(cls, cib: Element) -> CibVersion:
        """Return the version of a parsed CIB, from its outermost element."""
        return cls._from(cib.attrib)

    @classmethod
    def of_text(cls, xml: str) -> CibVersion | None:
        """Return the version of a CIB without parsing it; None if ``xml`` has no ``<cib>``."""
        found = _CIB.search(xml)
        return cls._from(dict(_NUMBER.findall(found[0]))) if found is not None else None

    @classmethod
    def parse(cls, text: str) -> CibVersion | None:
        """Read a version as ``str`` writes it; None for other text."""
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
        """``admin_epoch`` and ``epoch``, which every change of the configuration raises."""
        return self.admin_epoch, self.epoch

    def __str__(self) -> str:
        return f"{self.admin_epoch}.{self.epoch}.{self.num_updates}"
