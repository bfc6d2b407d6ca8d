"""What was begun in guided forms and not finished, kept over a restart in a file of the user's own."""

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
_WHAT = {"change": "the change of", "agent": "new", "form": "form", "script": "recipe"}


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form that is half filled in; what is stored of it has no secrets in it."""

    kind: str
    """``agent``, ``form``, ``script`` or ``change``."""
    name: str
    """The agent, the form, the script, or the id of what is changed."""
    answers: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    """The answers that the form began with, which nobody typed."""
    step: int = 0
    when: float = 0.0
    """When it was kept, in seconds since the epoch; 0 for one that is new."""
    begun: str = ""
    """What tells it from others of the same name."""

    @property
    def title(self) -> str:
        """What is shown of it."""
        made = self.answers.get("id", "") if self.kind != "change" else ""
        words = f"Go on with {_WHAT.get(self.kind, '')} {self.name} {made}"
        at = time.strftime("%d %b %H:%M", time.localtime(self.when))
        return f"{' '.join(words.split())} ({at})"

    def over(self, initial: Mapping[str, str]) -> dict[str, str]:
        """Return what a form begins with today, with what was typed in this draft over it.

        What others changed meanwhile stays changed, and secrets, which no draft has, stay as they
        are.
        """
        touched = [
            key
            for key in {**self.base, **self.answers}
            if self.answers.get(key, "") != self.base.get(key, "")
        ]
        return {**initial, **{key: self.answers.get(key, "") for key in touched}}


class Drafts:
    """Keeps what was begun on a target, and the agents of late.

    Each draft is written as a part of its own, so that several forms, also those of several crmtui,
    leave each other alone.

    Args:
        target: Whose drafts.
    """

    def __init__(self, target: Target) -> None:
        safe = re.sub(r"[^\w.-]", "_", target.name)[-80:]
        self._file = f"wizard-{target.kind}-{safe}.json"

    def load(self) -> tuple[FormDraft, ...]:
        """Return what was begun, the last one first; nothing where the file is no good."""
        try:
            found = Record.parse(self._path().read_bytes()).records("drafts")
        except (OSError, Damaged):
            return ()  # a draft is a convenience: without one, one begins anew
        drafts = [draft for each in found for draft in _draft(each)]
        return tuple(sorted(drafts, key=lambda draft: -draft.when))

    def find(self, kind: str, name: str) -> FormDraft | None:
        """Return the last draft of that kind and name."""
        return next((d for d in self.load() if (d.kind, d.name) == (kind, name)), None)

    def save(self, draft: FormDraft) -> str:
        """Keep a draft without its secrets; return why it could not be kept, or nothing.

        One in which nothing was typed is not kept.
        """
        answers = storable(draft.answers)
        secret = draft.answers.keys() - answers.keys()
        base = {key: value for key, value in storable(draft.base).items() if key not in secret}
        kept = replace(draft, answers=answers, base=base, when=time.time())
        others = [other for other in self.load() if other.begun != draft.begun]
        return self._store([kept, *others] if draft.over({}) else others)

    def forget(self, begun: str) -> str:
        """Drop a draft, finished or not; return why it could not be dropped, or nothing."""
        return self._store([other for other in self.load() if other.begun != begun])

    def recent(self) -> tuple[str, ...]:
        """Return the agents of late, the last one first."""
        try:
            found = Record({"names": parsed(self._recents().read_bytes())})
            return found.texts("names")
        except (OSError, Damaged):
            return ()

    def used(self, agent: str) -> None:
        """Note that an agent was used."""
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
    """Yield the draft in ``found``; nothing where that is damaged, which is no harm to the others."""
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
    # In one step, so that a full disk does not cost what was there before.
    beside = path.with_suffix(".new")
    try:
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with os.fdopen(open_private(beside, flags), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        return f"The half-filled form cannot be kept: {error.strerror or error}."
    return ""
