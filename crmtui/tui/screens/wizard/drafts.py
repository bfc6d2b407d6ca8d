"""What was begun in a guided form and not finished, kept over a restart in a file of the user's own."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from crmtui.paths import open_private, state_dir
from crmtui.wizard.answers import storable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.crm.target import Target

_RECENT = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is half filled in; it has no secrets in it."""

    kind: str
    """``agent``, ``form``, ``script`` or ``change``."""
    name: str
    """The agent, the form, the script, or the id of what is changed."""
    answers: Mapping[str, str] = field(default_factory=dict)
    step: int = 0
    when: float = 0.0
    """Seconds since the epoch."""

    @property
    def title(self) -> str:
        """What is shown of it."""
        made = self.answers.get("id", "")
        what = {"change": "the change of", "agent": "new", "form": "form", "script": "recipe"}
        words = f"Go on with {what.get(self.kind, '')} {self.name} {made}"
        return f"{' '.join(words.split())} ({time.strftime('%H:%M', time.localtime(self.when))})"


class Drafts:
    """Keeps one draft for each target, and the agents of late.

    Args:
        target: Whose drafts.
    """

    def __init__(self, target: Target) -> None:
        safe = re.sub(r"[^\w.-]", "_", target.name)[-80:]
        self._file = f"wizard-{target.kind}-{safe}.json"

    def load(self) -> Draft | None:
        """Return what was begun; None where nothing was, or the file is no good."""
        try:
            found = json.loads(self._path().read_text(encoding="utf-8"))
            answers = {str(key): str(value) for key, value in found["answers"].items()}
            return Draft(
                str(found["kind"]),
                str(found["name"]),
                answers,
                int(found["step"]),
                float(found["when"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # a draft is a convenience: without one, one begins anew

    def save(self, draft: Draft) -> str:
        """Keep a draft without its secrets; return why it could not be kept, or nothing."""
        kept = Draft(draft.kind, draft.name, storable(draft.answers), draft.step, time.time())
        return self._write(self._path(), json.dumps(asdict(kept), ensure_ascii=False))

    def forget(self) -> None:
        """Drop the draft: it was finished."""
        self._path().unlink(missing_ok=True)

    def recent(self) -> tuple[str, ...]:
        """Return the agents of late, the last one first."""
        try:
            found = json.loads(self._recents().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        return tuple(str(name) for name in found) if isinstance(found, list) else ()

    def used(self, agent: str) -> None:
        """Note that an agent was used."""
        names = dict.fromkeys((agent, *self.recent()))
        self._write(self._recents(), json.dumps(list(names)[:_RECENT]))

    def _path(self) -> Path:
        return state_dir() / self._file

    def _recents(self) -> Path:
        return state_dir() / "wizard-recent.json"

    def _write(self, path: Path, text: str) -> str:
        # In one step, so that a full disk does not cost the draft before.
        beside = path.with_suffix(".new")
        try:
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
            with os.fdopen(open_private(beside, flags), "w", encoding="utf-8") as file:
                file.write(text)
            beside.replace(path)
        except OSError as error:
            return f"The half-filled form cannot be kept: {error.strerror or error}."
        return ""
