"""Tally of uncommitted objects: changed ones, and those that a line staged in spite of its error.

crm stages some objects in spite of an error: after ``primitive q1 Dummi`` fails, q1 exists. crm reports
no status. So crmtui compares crm's configuration after each staging line, which takes some milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.cib.staged_objects import created
from crmtui.cib.text_diff import differences
from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import has_failed

if TYPE_CHECKING:
    from crmtui.crmsh.line import CrmLine

_LONGEST = 60_000
"""Characters that crm shows in less than 0.1 s; of a longer configuration it shows only changes."""
_REFUSED = re.compile(r"^ERROR: Cannot create \S+ with ID '(?P<id>[^']*)'", re.MULTILINE)


class Tally:
    """Tally of changed objects, and of the objects that a corrected line may replace."""

    def __init__(self) -> None:
        self.count: int | None = 0
        """Number of objects that differ from the committed configuration; None if unknown."""
        self._spoiled: dict[str, str] = {}
        self._base: str | None = None
        self._last: str | None = ""

    @property
    def spoiled(self) -> frozenset[str]:
        """Ids of objects that a line staged in spite of its error, unchanged since."""
        return frozenset(self._spoiled)

    def spoiler(self, id: str) -> str:  # noqa: A002 - Pacemaker's word
        """Return the line that staged the object in spite of its error; empty for none."""
        return self._spoiled.get(id, "")

    @property
    def question(self) -> str:
        """Line that asks crm for the text that `compare` takes."""
        return "show" if self._base is not None else "show changed"

    def settle(self) -> None:
        """Reset the tally after a commit or a discard."""
        self.count, self._base, self._last = 0, None, ""
        self._spoiled.clear()

    def begin(self, base: str) -> None:
        """Take ``base``, crm's configuration before the first line, as the committed one."""
        self.settle()
        if len(base) <= _LONGEST:
            self._base = self._last = base

    def miss(self) -> None:
        """Mark the count as unknown, since crm cannot show its configuration at this level."""
        self.count = self._last = None

    def compare(self, line: str, said: str, text: str) -> bool | None:
        """Compare the configuration after ``line``; return True if it has changed, None if unknown.

        Args:
            line: Line typed at ``configure``.
            said: Output of the line.
            text: Reply of crm to `question`.
        """
        last, self._last = self._last, text
        if self._base is not None:
            self.count = len(differences(self._base, text))
        else:
            self.count = None
        self._note(line, said, text)
        if last is None or (self._base is None and _removes(parse(("configure",), line))):
            return None
        return last != text

    def _note(self, line: str, said: str, text: str) -> None:
        words = set(re.split(r"[\s=]+", line))
        self._spoiled = {id_: each for id_, each in self._spoiled.items() if id_ not in words}
        made = created(line)
        refused = {found["id"] for found in _REFUSED.finditer(said)}
        if made and has_failed(said) and made not in refused and _has(text, made):
            self._spoiled[made] = line


def _removes(found: CrmLine) -> bool:
    return not found.is_known or found.path != ("configure",) or found.has("removes")


def _has(text: str, id_: str) -> bool:
    return any(each.name.split()[-1] == id_ for each in differences("", text))
