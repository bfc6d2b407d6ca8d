"""Reading what a child prints, with a bound on time and on bytes."""

from __future__ import annotations

import os
import selectors
import time
from typing import IO, TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    import subprocess

LIMIT = 64 << 20
"""Bytes that a program may print. crm_mon prints some 20 MB of 64 nodes with 1000 resources."""
_AT_ONCE = 1 << 16


class TooLate(Exception):
    """The child did not end in time."""


class TooMuch(Exception):
    """The child printed more than it may."""


class Printed(NamedTuple):
    """What a child printed until it closed its streams."""

    output: bytearray
    errors: bytearray


def read_to_end(
    child: subprocess.Popen[bytes], given: bytes | None, *, seconds: float, limit: int = LIMIT
) -> Printed:
    """Give ``child`` what it reads, and return all that it prints; wait until it has ended.

    Args:
        child: A child with pipes.
        given: What it reads; None for nothing.
        seconds: How long that may take.
        limit: How many bytes it may print, output and errors together.

    Raises:
        TooLate: It takes longer.
        TooMuch: It prints more.
    """
    deadline = time.monotonic() + seconds
    output, errors = bytearray(), bytearray()
    said: dict[IO[bytes] | None, bytearray] = {child.stdout: output, child.stderr: errors}
    left, room = memoryview(given or b""), limit
    with selectors.DefaultSelector() as selector:
        for stream in filter(None, (child.stdout, child.stderr)):
            selector.register(stream, selectors.EVENT_READ)
        if child.stdin is not None and left:
            selector.register(child.stdin, selectors.EVENT_WRITE)
        elif child.stdin is not None:
            child.stdin.close()
        while selector.get_map():
            for key, _ in selector.select(max(0.0, deadline - time.monotonic())):
                stream = cast("IO[bytes]", key.fileobj)
                if stream is child.stdin:
                    left = _write(stream, left)
                    is_over = not left
                else:
                    piece = os.read(stream.fileno(), _AT_ONCE)
                    said[stream] += piece
                    room -= len(piece)
                    is_over = not piece
                if is_over:
                    selector.unregister(stream)
                    stream.close()
            is_late = time.monotonic() >= deadline and bool(selector.get_map())
            if room < 0 or is_late:
                # Now, not when the error is forgotten: that keeps this call.
                output.clear()
                errors.clear()
                _give_back()
                raise TooMuch if room < 0 else TooLate
    _wait(child, deadline)
    return Printed(output, errors)


def _give_back() -> None:
    """Give memory that is free back to the system: glibc keeps some of each thread for later."""
    import ctypes  # here, as next to no child gets so far

    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # other libraries keep none
        trim(0)


def _write(stream: IO[bytes], left: memoryview) -> memoryview:
    try:
        return left[os.write(stream.fileno(), left[:_PIPE_BUF]) :]
    except BrokenPipeError:  # it has read as much as it wants
        return left[:0]


_PIPE_BUF = 4096
"""So much can be written without waiting where a pipe can be written to at all (``pipe(7)``)."""


def _wait(child: subprocess.Popen[bytes], deadline: float) -> None:
    from subprocess import TimeoutExpired

    try:
        child.wait(max(0.1, deadline - time.monotonic()))
    except TimeoutExpired as error:
        raise TooLate from error
