"""Tally of what waits for a commit: changed objects, and those that a failed line left behind.

crm stages objects of which it complains: ``primitive q1 Dummi`` ends in an error, and q1 is there. It
tells no status. So its configuration is looked at after each line that stages, which takes some
milliseconds in the crm that runs anyway.
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
"""Characters that crm shows in less than 0.1 s; of a longer configuration only changes are shown."""
_REFUSED = re.compile(r"^ERROR: Cannot create \S+ with ID '(?P<id>[^']*)'", re.MULTILINE)


class Tally:
    """Number of changed objects, and the objects that a corrected line may replace."""

    def __init__(self) -> None:
        self.count: int | None = 0
        """The objects that differ from the committed configuration; None where that is not known."""
        self._spoiled: dict[str, str] = {}
        self._base: str | None = None
        self._last: str | None = ""

    @property
    def spoiled(self) -> frozenset[str]:
        """The ids of objects that a line staged in spite of its error, and no line changed since."""
        return frozenset(self._spoiled)

    def spoiler(self, id: str) -> str:  # noqa: A002 - Pacemaker's word
        """Return the line that staged the object in spite of its error; empty for none."""
        return self._spoiled.get(id, "")

    @property
    def question(self) -> str:
        """The line that asks crm for the text that `look` takes."""
        return "show" if self._base is not None else "show changed"

    def settle(self) -> None:
        """Take note that nothing waits any more."""
        self.count, self._base, self._last = 0, None, ""
        self._spoiled.clear()

    def begin(self, base: str) -> None:
        """Take ``base``, which crm shows before the first line, for what is committed."""
        self.settle()
        if len(base) <= _LONGEST:
            self._base = self._last = base

    def miss(self) -> None:
        """Take note that a line staged something that cannot be looked at from where crm is."""
        self.count = self._last = None

    def look(self, line: str, said: str, text: str) -> bool | None:
        """Take the configuration after ``line``; say whether the line changed it, None if unknown.

        Args:
            line: What was typed in ``configure``.
            said: What crm said to it.
            text: The answer to `question`.
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
