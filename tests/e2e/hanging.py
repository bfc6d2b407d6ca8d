"""Programs of a cluster that hang, as they do on one that is ill, and how long what ends them takes."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = f"7777.{os.getpid()}"
"""Seconds that what hangs would sleep, by which it is found: other tests run beside these."""
_HANGS = '#!/bin/sh\n[ -e "{switch}" ] && {when} && exec sleep {mark}\nexec {program} "$@"\n'


class Hanging:
    """Programs in a folder before the others, which hang from when they are told to.

    Args:
        folder: Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "hanging"
        self.path.mkdir()
        self._switch = folder / "hangs-now"

    def add(self, name: str, when: str = "true") -> None:
        """Let a program hang, once it is told to.

        Args:
            name: The program.
            when: A condition of the shell, with the arguments in ``$*``.
        """
        real = shutil.which(name)
        assert real is not None
        program = self.path / name
        program.write_text(_HANGS.format(switch=self._switch, when=when, mark=MARK, program=real))
        program.chmod(0o755)

    def begin(self) -> None:
        """Let them hang from now on."""
        self._switch.touch()

    def end(self) -> None:
        """Let them hang no more."""
        self._switch.unlink()


def sleepers() -> list[int]:
    """Return the processes that hang now."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it has ended meanwhile
                continue
            if words[:2] == [b"sleep", MARK.encode()]:
                found.append(int(each.name))
    return found


_BUSY = 5
"""Factor for a machine with more to do than processors; what hangs here hangs for longer still."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where what is in here is not ended by what is done in it, but by a deadline.

    Args:
        seconds: Promised time, which holds on a machine that is not busy.
    """
    began = time.monotonic()
    yield
    assert time.monotonic() - began < _BUSY * seconds
