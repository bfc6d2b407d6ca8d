"""Checks of the line while the user types: findings and explanation, made in the background."""

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
"""The longest time that a check waits for completions, in seconds."""
_PAINTING = 0.012
"""Seconds that a screen needs to paint a menu, which a check in a thread would delay."""
_Place = tuple[str, int, tuple[str, ...]]
"""A text, the cursor's index in it, and the level of crm that it is for."""


class CrmCheck:
    """Check and explanation of a crm line.

    Args:
        level: Returns the level of crm where the line will run; asked at each check.
        knowledge: Facts about the cluster.
    """

    def __init__(self, level: Callable[[], tuple[str, ...]], knowledge: Knowledge) -> None:
        self._level = level
        self._knowledge = knowledge

    def __call__(self, text: str, cursor: int) -> Remarks:
        """Return the remarks about ``text`` with the cursor at an index; may take a while."""
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
        """The level of crm where the line will run."""
        return self._level()

    def written_out(self, text: str) -> LintFinding | None:
        """Return the replacement for a word that crm would guess; at once."""
        return written_out(self._level(), text, self._knowledge.crmsh())


class Checking:
    """Remarks about a changing line: one check at a time, always of the newest text.

    Args:
        check: Makes the remarks; runs in a thread of its own.
        on_change: Called when there are new remarks.
    """

    def __init__(self, check: CrmCheck, on_change: Callable[[], None]) -> None:
        self._check = check
        self._on_change = on_change
        self._wanted: _Place = ("", 0, ())
        self._checked: _Place | None = None
        self._remarks = NO_REMARKS
        self.made = 0
        """Counter of remarks made; a new number means that they may have changed."""
        self._task: asyncio.Task[None] | None = None
        self._free = asyncio.Event()
        self._free.set()
        self._going: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        """Delay the next check for a moment: completions of the line come first."""
        self._free.clear()
        if self._going is not None:
            self._going.cancel()

    def go(self) -> None:
        """End the delay, but for the time that the screen needs to paint the completions."""
        self._going = asyncio.get_running_loop().call_later(_PAINTING, self._free.set)

    def want(self, text: str, cursor: int) -> None:
        """Request a check of another text; needs a running event loop."""
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
        """Return the remarks about ``text`` so far; for a newer text, those that still hold."""
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
        """Cancel the check in the background."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
