"""Output of a child, read with a bound on time and on bytes."""

from __future__ import annotations

import os
import selectors
import time
from typing import IO, TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    import subprocess

LIMIT = 64 << 20
"""Bytes that a program may print. crm_mon prints some 20 MB for 64 nodes with 1000 resources."""
_AT_ONCE = 1 << 16


class TooLate(Exception):
    """The child did not end in time."""


class TooMuch(Exception):
    """The child printed more than it may."""


class Printed(NamedTuple):
    """Output of a child until it closed its streams."""

    output: bytearray
    errors: bytearray


def read_to_end(
    child: subprocess.Popen[bytes], given: bytes | None, *, seconds: float, limit: int = LIMIT
) -> Printed:
    """Write the input of ``child``, return all its output, and wait until it has ended.

    Args:
        child: Child with pipes.
        given: Its input in bytes; None for no input.
        seconds: Deadline for the whole.
        limit: Bytes that it may print, output and errors together.

    Raises:
        TooLate: The child has not ended in time.
        TooMuch: The child prints more than the limit.
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
                # Freed now, since the error keeps this frame, and with it the buffers.
                output.clear()
                errors.clear()
                _give_back()
                raise TooMuch if room < 0 else TooLate
    _wait(child, deadline)
    return Printed(output, errors)


def _give_back() -> None:
    """Return free memory to the system, since glibc keeps some of each thread for later."""
    import ctypes  # here, as next to no child prints so much

    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # musl keeps none
        trim(0)


def _write(stream: IO[bytes], left: memoryview) -> memoryview:
    try:
        return left[os.write(stream.fileno(), left[:_PIPE_BUF]) :]
    except BrokenPipeError:  # the child has read as much as it wants
        return left[:0]


_PIPE_BUF = 4096
"""Bytes that a writable pipe takes without blocking (``pipe(7)``)."""


def _wait(child: subprocess.Popen[bytes], deadline: float) -> None:
    from subprocess import TimeoutExpired

    try:
        child.wait(max(0.1, deadline - time.monotonic()))
    except TimeoutExpired as error:
        raise TooLate from error
