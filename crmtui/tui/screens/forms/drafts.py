"""Drafts of guided forms, kept over a restart in a private file of the user."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from crmtui.ownership import open_private
from crmtui.paths import state_dir
from crmtui.stored import Damaged, Record, parsed
from crmtui.wizard.answers import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.backend.process.target import Target

_RECENT = 8
_WHAT = {"change": "change of", "agent": "new", "form": "form", "script": "recipe"}


@dataclass(frozen=True, slots=True)
class FormDraft:
    """Draft of a form, half filled in; the stored draft has no secrets."""

    kind: str
    """``agent``, ``form``, ``script`` or ``change``."""
    name: str
    """The agent, the form, the script, or the id of the object to change."""
    answers: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    """The answers that the form started with, before anything was typed."""
    step: int = 0
    when: float = 0.0
    """Time of the last save, in seconds since the epoch; 0 for a new draft."""
    begun: str = ""
    """Identity of the draft, among others of the same name."""

    @property
    def title(self) -> str:
        """The line of the draft in the chooser."""
        made = self.answers.get("id", "") if self.kind != "change" else ""
        words = f"Draft: {_WHAT.get(self.kind, '')} {self.name} {made}"
        at = time.strftime("%d %b %H:%M", time.localtime(self.when))
        return f"{' '.join(words.split())} ({at})"

    def over(self, initial: Mapping[str, str]) -> dict[str, str]:
        """Return the answers that a form starts with today, below those typed in this draft.

        Changes that others made meanwhile stay. Secrets stay, too: no draft has them.
        """
        touched = [
            key
            for key in {**self.base, **self.answers}
            if self.answers.get(key, "") != self.base.get(key, "")
        ]
        return {**initial, **{key: self.answers.get(key, "") for key in touched}}


class Drafts:
    """Store of the drafts of one target, and of the agents used lately.

    Saving a draft keeps all others: several forms, even of several crmtui, do not disturb each other.

    Args:
        target: The target of the drafts.
    """

    def __init__(self, target: Target) -> None:
        safe = re.sub(r"[^\w.-]", "_", target.name)[-80:]
        self._file = f"wizard-{target.kind}-{safe}.json"

    def load(self) -> tuple[FormDraft, ...]:
        """Return all drafts, the last one first; none if the file is missing or damaged."""
        try:
            found = Record.parse(self._path().read_bytes()).records("drafts")
        except (OSError, Damaged):
            return ()  # a draft is a convenience: without one, the form starts empty
        drafts = [draft for each in found for draft in _draft(each)]
        return tuple(sorted(drafts, key=lambda draft: -draft.when))

    def find(self, kind: str, name: str) -> FormDraft | None:
        """Return the last draft of that kind and name."""
        return next((d for d in self.load() if (d.kind, d.name) == (kind, name)), None)

    def save(self, draft: FormDraft) -> str:
        """Save a draft without its secrets; return the reason of a failure, empty on success.

        A draft without typed answers is deleted instead.
        """
        answers = storable(draft.answers)
        secret = draft.answers.keys() - answers.keys()
        base = {key: value for key, value in storable(draft.base).items() if key not in secret}
        kept = replace(draft, answers=answers, base=base, when=time.time())
        others = [other for other in self.load() if other.begun != draft.begun]
        return self._store([kept, *others] if draft.over({}) else others)

    def forget(self, begun: str) -> str:
        """Delete a draft, finished or not; return the reason of a failure, empty on success."""
        return self._store([other for other in self.load() if other.begun != begun])

    def recent(self) -> tuple[str, ...]:
        """Return the agents used lately, the last one first."""
        try:
            found = Record({"names": parsed(self._recents().read_bytes())})
            return found.texts("names")
        except (OSError, Damaged):
            return ()

    def used(self, agent: str) -> None:
        """Add an agent to those used lately."""
        names = dict.fromkeys((agent, *self.recent()))
        _write(self._recents(), json.dumps(list(names)[:_RECENT]))

    def _path(self) -> Path:
        return state_dir() / self._file

    def _recents(self) -> Path:
        return state_dir() / "wizard-recent.json"

    def _store(self, drafts: Sequence[FormDraft]) -> str:
        path = self._path()
        if not drafts:
            path.unlink(missing_ok=True)
            return ""
        found = {"drafts": [asdict(draft) for draft in drafts]}
        return _write(path, json.dumps(found, ensure_ascii=False))


def _draft(found: Record) -> Iterator[FormDraft]:
    """Yield the draft in ``found``; nothing if damaged, so that the other drafts still load."""
    try:
        yield FormDraft(
            found.text("kind"),
            found.text("name"),
            found.table("answers"),
            found.table("base"),
            found.whole("step"),
            found.time("when"),
            found.text("begun"),
        )
    except Damaged:
        return


def _write(path: Path, text: str) -> str:
    # Replaced in one step: a full disk must not cost the old file.
    beside = path.with_suffix(".new")
    try:
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with os.fdopen(open_private(beside, flags), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        return f"The draft of the form cannot be saved: {error.strerror or error}."
    return ""
