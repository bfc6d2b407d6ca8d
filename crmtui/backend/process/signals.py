"""Signals of the terminal's keys, while they are meant for another program."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_OF_KEYS = (signal.SIGINT, signal.SIGQUIT)


@contextmanager
def deaf_to_keys() -> Iterator[None]:
    r"""Heed neither Ctrl-C nor Ctrl-\; a child that is started meanwhile does. For the main thread."""
    # A handler that does nothing: what is ignored would be ignored by the child, too.
    before = [signal.signal(number, _nothing) for number in _OF_KEYS]
    try:
        yield
    finally:
        for number, handler in zip(_OF_KEYS, before, strict=True):
            signal.signal(number, handler)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    pass
