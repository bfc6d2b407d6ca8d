"""Pressed keys behind the present work, from the key itself to the requests that follow.

A binding of Textual's knows its action, but not which of its keys was pressed. Yet the key that
asks for a change must not confirm it, whatever the keymap.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS: ContextVar[tuple[str, ...]] = ContextVar("keys that led here", default=())


def pressed() -> tuple[str, ...]:
    """Return the keys, in Textual's names; empty for work that no key asked for."""
    return _KEYS.get()


@contextmanager
def led_by(*keys: str) -> Iterator[None]:
    """Attribute the work started inside to these keys."""
    token = _KEYS.set(keys)
    try:
        yield
    finally:
        _KEYS.reset(token)
