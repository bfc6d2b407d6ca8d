"""What is said about the line while it is typed: findings and explanation, made in the background."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from crmtui.completion.explain import explain
from crmtui.editor.view import NO_REMARKS, Remarks
from crmtui.lint import lint, written_out
from crmtui.lint.lines import last_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.completion import Knowledge
    from crmtui.lint import LintFinding


_PATIENCE = 0.15
"""The longest that a check waits for completions, in seconds."""
_PAINTING = 0.012
"""Seconds that a screen takes to paint a menu, which a check in a thread would hold up."""
_Place = tuple[str, int, tuple[str, ...]]
"""A text, where the cursor is in it, and the level of crm that it is for."""


class CrmCheck:
    """Checks and explains a crm line.

    Args:
        level: Says at which level of crm the line will run; asked at each check.
        knowledge: What is known of the cluster.
    """

    def __init__(self, level: Callable[[], tuple[str, ...]], knowledge: Knowledge) -> None:
        self._level = level
        self._knowledge = knowledge

    def __call__(self, text: str, cursor: int) -> Remarks:
        """Return what there is to say about ``text`` with the cursor at an index; may take a while."""
        level = self._level()
        path, start, knowledge = last_line(level, text[:cursor], self._knowledge)
        found = explain(path, text[start:cursor], knowledge)
        findings = lint(level, text, self._knowledge, is_whole=False)
        return Remarks(
            findings, found.usage, found.title, found.text, is_whole=self._is_whole(level, text)
        )

    def _is_whole(self, level: tuple[str, ...], text: str) -> bool:
        findings = lint(level, text, self._knowledge)
        return not any(finding.severity == "error" for finding in findings)

    @property
    def level(self) -> tuple[str, ...]:
        """Where the line will run."""
        return self._level()

    def written_out(self, text: str) -> LintFinding | None:
        """Return what to put in the place of a word that crm would have to guess; at once."""
        return written_out(self._level(), text, self._knowledge.crmsh())


class Checking:
    """Keeps the remarks about a line that changes: one check at a time, always of the newest text.

    Args:
        check: Makes the remarks; runs in a thread of its own.
        on_change: Called when there are new ones.
    """

    def __init__(self, check: CrmCheck, on_change: Callable[[], None]) -> None:
        self._check = check
        self._on_change = on_change
        self._wanted: _Place = ("", 0, ())
        self._checked: _Place | None = None
        self._remarks = NO_REMARKS
        self.made = 0
        """How many remarks were made: another number means that there may be others."""
        self._task: asyncio.Task[None] | None = None
        self._free = asyncio.Event()
        self._free.set()
        self._going: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        """Wait for a moment with the next check: what completes the line comes first."""
        self._free.clear()
        if self._going is not None:
            self._going.cancel()

    def go(self) -> None:
        """Wait no longer than it takes to paint what completes the line."""
        self._going = asyncio.get_running_loop().call_later(_PAINTING, self._free.set)

    def want(self, text: str, cursor: int) -> None:
        """Check another text; call where an event loop runs."""
        self._wanted = (text, cursor, self._check.level)
        if self._wanted != self._checked and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._wanted != self._checked:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._free.wait(), _PATIENCE)
            self._free.set()
            wanted = self._wanted
            remarks = await asyncio.to_thread(self._check, *wanted[:2])
            self._checked, self._remarks = wanted, remarks
            self.made += 1
            self._on_change()

    def of(self, text: str) -> Remarks:
        """Return what is known about ``text`` by now: of a newer text, what has not changed since."""
        checked = self._checked[0] if self._checked is not None else ""
        if text == checked:
            return self._remarks
        if not text:
            return NO_REMARKS
        pairs = zip(text, checked, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        kept = tuple(found for found in self._remarks.findings if found.end < same)
        return replace(self._remarks, findings=kept, is_whole=False)

    async def close(self) -> None:
        """End what runs in the background."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
