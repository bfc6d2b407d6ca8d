"""A program in a pseudo-terminal whose output is noted with its time, and an eye that looks later."""

from __future__ import annotations

import os
import re
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

COLUMNS, LINES = 160, 50
_SECONDS = 30.0
_REST_SECONDS = 0.3
"""After so long without a word a program has shown what it had to show, unless it still waits."""
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|u)|\x1b[P_][^\x1b]*\x1b\\"
)
"""Requests to the terminal that pyte would paint as text."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?0-9;$]*|[P_][^\x1b]*\x1b?)?\Z")


def terminal_environment() -> dict[str, str]:
    """Return our environment as that of a user at an ordinary terminal."""
    ours = {**os.environ, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "CIB_file", "CIB_shadow", "COLUMNS", "LINES"):
        ours.pop(name, None)
    # A user's Python keeps what it compiled, too.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


class _Screen(pyte.Screen):
    def select_graphic_rendition(self, *attributes: int, **_private: Any) -> None:
        super().select_graphic_rendition(*attributes)


class Recording:
    """A program in a terminal of its own.

    Args:
        argv: The program and its arguments.
        env: Its whole environment.
    """

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.screen = _Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self._unfinished = b""
        self._pieces: list[tuple[float, bytes]] = []
        self._shown = 0
        self._is_over = False
        self._arrived = threading.Condition()
        self.started = time.monotonic()
        """Time at which it was spawned."""
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            argv[0], list(argv[1:]), env=dict(env), dimensions=(LINES, COLUMNS), timeout=None
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # As when its window is closed: it clears up after itself.
        self._child.kill(1)
        if not self._wait(lambda: self._is_over, 10.0):
            self._child.kill(9)
        self._reader.join()
        self._child.close()

    @property
    def pid(self) -> int:
        """The program's process."""
        assert self._child.pid is not None
        return self._child.pid

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._child.child_fd, 65536)
            except OSError:  # EIO: nobody has the other side open any more
                data = b""
            now = time.monotonic()
            with self._arrived:
                self._is_over = not data
                self._pieces.append((now, data))
                self._arrived.notify_all()
            if not data:
                return

    def _wait(self, condition: Callable[[], bool], seconds: float = _SECONDS) -> bool:
        with self._arrived:
            return self._arrived.wait_for(condition, seconds)

    def send(self, text: str) -> float:
        """Type ``text`` and return when that was."""
        now = time.monotonic()
        os.write(self._child.child_fd, text.encode())
        return now

    def end(self) -> float:
        """Wait until it ended by itself and return when that was."""
        if not self._wait(lambda: self._is_over):
            raise TimeoutError(f"it did not end: {self.text()}")
        return self._pieces[-1][0]

    def await_words(self, since: float, *words: str) -> None:
        """Wait, without looking at the screen, until all ``words`` were written after ``since``."""
        wanted = [word.encode() for word in words]

        def have_come() -> bool:
            written = b"".join(data for at, data in self._pieces if at >= since)
            return all(word in written for word in wanted)

        if not self._wait(have_come):
            raise TimeoutError(f"{words} not written; on the screen:\n{self.text()}")

    def await_rest(self, since: float) -> None:
        """Wait, without looking at the screen, until nothing more is written after ``since``."""
        if not self._wait(lambda: self._pieces[-1][0] >= since):
            raise TimeoutError(f"nothing written; on the screen:\n{self.text()}")
        while self._wait(partial(self._has_more, len(self._pieces)), _REST_SECONDS):
            continue

    def _has_more(self, than: int) -> bool:
        return len(self._pieces) > than

    def seen(self, condition: Callable[[], bool], since: float = 0.0) -> float:
        """Return when the screen first was as ``condition`` wants it, after ``since``.

        What was written before is looked at in its order; where that is not enough, what is
        written from now on.

        Raises:
            TimeoutError: It was not so in time, however often the screen changed.
        """
        until = time.monotonic() + _SECONDS
        while True:
            is_late = time.monotonic() > until
            if is_late or not self._wait(lambda: len(self._pieces) > self._shown):
                raise TimeoutError(f"not seen; on the screen:\n{self.text()}")
            at, data = self._pieces[self._shown]
            self._shown += 1
            self._show(data)
            if at >= since and condition():
                return at

    def catch_up(self) -> None:
        """Show what was written up to now."""
        while self._shown < len(self._pieces):
            self._show(self._pieces[self._shown][1])
            self._shown += 1

    def _show(self, data: bytes) -> None:
        data = self._unfinished + data
        tail = _UNFINISHED.search(data)
        end = tail.start() if tail else len(data)
        data, self._unfinished = data[:end], data[end:]
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))

    def rows(self) -> list[str]:
        """Return what the screen shows, as far as it was looked at."""
        return [row.rstrip() for row in self.screen.display]

    def text(self) -> str:
        """Return the rows as one text."""
        return "\n".join(self.rows())
