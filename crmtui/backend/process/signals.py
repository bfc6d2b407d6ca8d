"""Signals of the keys that interrupt and quit, while another program has the terminal."""

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
    r"""Ignore Ctrl-C and Ctrl-\ in this process, but not in its children; for the main thread only."""
    # An empty handler and not SIG_IGN, which the child would inherit.
    before = [signal.signal(number, _nothing) for number in _OF_KEYS]
    try:
        yield
    finally:
        for number, handler in zip(_OF_KEYS, before, strict=True):
            signal.signal(number, handler)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    pass
