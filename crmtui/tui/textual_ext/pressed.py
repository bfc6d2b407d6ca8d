"""The keys that led to what is done now, from the one that was pressed up to what it asks for.

A binding of Textual's knows its action and not which of its keys was pressed; but the key that asked for
a change must not be the one that confirms it, whatever the keymap.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS: ContextVar[tuple[str, ...]] = ContextVar("keys that led here", default=())


def pressed() -> tuple[str, ...]:
    """Return the keys, in Textual's names; none for what no key asked for."""
    return _KEYS.get()


@contextmanager
def led_by(*keys: str) -> Iterator[None]:
    """Let what is begun inside be what these keys asked for."""
    token = _KEYS.set(keys)
    try:
        yield
    finally:
        _KEYS.reset(token)
