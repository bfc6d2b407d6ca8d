"""The text entry: an input that loses no key, however fast keys come."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


def _actions() -> dict[str, str]:
    found = {}
    for binding in Input.BINDINGS:
        keys, action = (
            (binding[0], binding[1])
            if isinstance(binding, tuple)
            else (binding.key, binding.action)
        )
        found.update(dict.fromkeys(keys.split(","), action))
    return found


_ACTIONS = _actions()


class TextEntry(Input):
    """Input whose letters and editing keys take effect in the order of the keys.

    Textual inserts letters at once, but runs bindings later. Letters typed right after Ctrl-U would
    be deleted, too.
    """

    async def _on_key(self, event: events.Key) -> None:
        action = _ACTIONS.get(event.key)
        if action is not None and not event.is_printable:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            self.notify("A value is one line: only the first line was pasted.", severity="warning")

    async def settle(self) -> None:
        """Wait until all keys so far have become text."""
        arrived = asyncio.Event()
        if self.call_later(arrived.set):
            await arrived.wait()
