"""A terminal with crmtui in it: keys go in, and what a person would see is looked at."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import sys
import termios
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

ROOT = Path(__file__).parents[2]
CRMTUI = (sys.executable, "-m", "crmtui")
SECONDS = 90.0
"""Bound of all that has no deadline of its own; on an idle machine it takes less than 2 s."""
_PACE = 0.02
"""Seconds without a word from the program after which what it painted is looked at."""

_TIOCGPTPEER = 0x5441
"""ioctl_tty(2): opens the other side of a pseudo-terminal."""
_KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+tab": "\x1b[Z",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f3": "\x1bOR",
    "f8": "\x1b[19~",
    "f10": "\x1b[21~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_IN_THE_LINE = "[Tt]ab Complete"
_IN_THE_PANES = "[Tt]ab Next pane"
"""Words of crmtui's footer where letters are typed, and where they are keys."""
_CONFIRMED_BY = re.compile(r"Type (?P<name>\S+) and Enter to run it|\b(?P<key>Enter|[yY])  run it")
"""Words of the dialog that shows what lines would do."""
_ALTERNATE = re.compile(rb"\x1b\[\?1049([hl])")
_FRAME = re.compile(rb"\x1b\[\?2026([hl])")
_FRAME_QUERY = b"\x1b[?2026$p"
_FRAME_ANSWER = "\x1b[?2026;2$y"
"""Synchronised output: a program that is told so says where a picture begins and ends."""
_PRIVATE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|u)|\x1b[P_][^\x1b]*\x1b\\"
)
"""Requests that pyte would paint as text: the kitty keyboard protocol, mode queries, strings."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?0-9;$]*|[P_][^\x1b]*\x1b?)?\Z")


def environment(given: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Return the environment of a user at an ordinary terminal, with ``given`` over it.

    A value of None takes a variable out.
    """
    ours = {name: value for name, value in os.environ.items() if name != "CIB_file"}
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "CIB_shadow", "COLUMNS", "LINES"):
        ours.pop(name, None)
    ours |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    ours["XDG_CONFIG_HOME"] = str(ROOT / ".no-settings")  # not those of whoever runs the tests
    for name, value in (given or {}).items():
        if value is None:
            ours.pop(name, None)
        else:
            ours[name] = value
    return ours


def _heed_signals() -> None:
    """Take back what a suite in the background (``nohup``, ``&``) hands on: ignored signals."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class _Eye(pyte.Screen):
    """The screen, which answers what a program asks its terminal."""

    def __init__(self, columns: int, lines: int, reply: Callable[[str], None]) -> None:
        self._reply = reply
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        self._reply(data)

    def select_graphic_rendition(self, *attributes: int, **_private: Any) -> None:
        super().select_graphic_rendition(*attributes)


class Terminal:
    """A program on a pseudo-terminal of its own.

    Args:
        argv: The program and its arguments.
        size: Columns and lines.
        env: Its whole environment; that of an ordinary user if not given.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        size: tuple[int, int] = (160, 50),
        env: Mapping[str, str] | None = None,
    ) -> None:
        columns, lines = size
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            env=dict(environment() if env is None else env),
            dimensions=(lines, columns),
            cwd=str(ROOT),
            timeout=None,
            preexec_fn=_heed_signals,
        )
        self._fd = self._child.child_fd
        # Held open, so that the state in which the program leaves its terminal can be seen.
        self._far = fcntl.ioctl(self._fd, _TIOCGPTPEER, os.O_RDWR | os.O_NOCTTY)
        self._ended = os.pidfd_open(self.pid)
        self._is_hung_up = False
        self._modes = termios.tcgetattr(self._far)
        os.set_blocking(self._fd, False)
        self._screen = _Eye(columns, lines, self.send)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self.raw = b""
        """All that the program has written."""
        self.is_alternate = False
        """True if the program has the alternate screen."""
        self._is_painting = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child.isalive():
            self._child.kill(9)
            self._child.wait()
        os.close(self._ended)
        if not self._is_hung_up:
            os.close(self._far)
            self._child.close()

    @property
    def pid(self) -> int:
        """The program's process."""
        assert self._child.pid is not None
        return self._child.pid

    @property
    def text(self) -> str:
        """Text on the screen, a line for each line, without blanks at their ends."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def is_restored(self) -> bool:
        """True if the terminal is as the program found it: its modes, screen and cursor."""
        return (
            termios.tcgetattr(self._far) == self._modes
            and not self.is_alternate
            and not self._screen.cursor.hidden
        )

    def send(self, text: str) -> None:
        """Type ``text`` as it stands."""
        self.send_bytes(text.encode())

    def send_bytes(self, waiting: bytes) -> None:
        """Type bytes as they stand, whatever a terminal of another encoding would send."""
        while waiting:
            try:
                waiting = waiting[os.write(self._fd, waiting) :]
            except BlockingIOError:
                self._read(_PACE)

    def press(self, *keys: str) -> None:
        """Press keys: a character, or a name such as ``enter``, ``escape`` or ``ctrl+c``."""
        for key in keys:
            self.send(_KEYS.get(key, key))
            if key == "escape":
                # What follows at once would make it Alt or a function key, as on any terminal.
                self._read_for(0.15)

    def enter(self, line: str) -> None:
        """Type ``line`` and press Enter."""
        self.send(line)
        self.press("enter")

    @property
    def is_asked(self) -> bool:
        """True if crmtui asks whether to run lines, and has shown what they would do."""
        return _CONFIRMED_BY.search(self.text) is not None

    def confirms(self) -> None:
        """Read what lines would do, and run them: by Enter, by ``y``, or by the name to type."""
        self.wait(lambda: self.is_asked, "crmtui asks")
        found = _CONFIRMED_BY.search(self.text)
        assert found is not None
        if found["name"]:
            self.send(found["name"])
        key = found["key"] or "enter"
        # Once, as a person does: a second one would be for what is behind the dialog.
        self.press(key.lower() if key == "Enter" else key)
        self.hides(_CONFIRMED_BY.pattern)

    def to_the_panes(self) -> None:
        """Leave crmtui's command line, if that is where we are."""
        if self._is_in_the_line():
            self.press("escape")
            self.shows(_IN_THE_PANES)

    def to_the_line(self) -> None:
        """Go to crmtui's command line, if we are not there."""
        if not self._is_in_the_line():
            self.press(":")
            self.shows(_IN_THE_LINE)

    def _is_in_the_line(self) -> bool:
        """Read from the footer whether letters are typed; where it has none yet, wait for it."""
        self.shows(f"{_IN_THE_LINE}|{_IN_THE_PANES}")
        return self._has(_IN_THE_LINE)

    def colours_of(self, word: str) -> set[str]:
        """Return the colours that ``word`` is painted in, wherever it stands: names, or RRGGBB."""
        found: set[str] = set()
        for line, text in enumerate(self._screen.display):
            for match in re.finditer(re.escape(word), text):
                found.update(self._screen.buffer[line][x].fg for x in range(*match.span()))
        return found

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)

    @property
    def is_stalled(self) -> bool:
        """True if the terminal takes nothing more of the program, as nobody has read it for long."""
        return not select.select([], [self._far], [], 0)[1]

    def stall(self) -> None:
        """Let the program paint, and read nothing of it, until the terminal takes nothing more."""
        columns, lines = self._screen.columns, self._screen.lines
        deadline, by = time.monotonic() + SECONDS, 0
        while not self.is_stalled:
            assert time.monotonic() < deadline, "the program does not paint enough"
            by = 1 - by
            self.resize(columns - by, lines)
            self.waits_unread(_PACE)
        self.resize(columns, lines)

    def type_blindly(self, text: str) -> None:
        """Type ``text`` without reading what the program writes."""
        os.write(self._fd, text.encode())

    def waits_unread(self, seconds: float) -> None:
        """Wait so long without reading, unless the program ends."""
        select.select([self._ended], [], [], seconds)

    def hang_up(self) -> None:
        """Close the terminal, as the window or the connection is closed."""
        self._is_hung_up = True
        os.close(self._far)
        pty = self._child.ptyproc  # type: ignore[attr-defined]
        pty.fileobj.close()
        self._child.closed = pty.closed = True  # pexpect's own way to close ends the program

    def ends_unread(self, seconds: float = SECONDS) -> int:
        """Wait until the program ended, reading nothing; return its status as ``ends`` does."""
        assert select.select([self._ended], [], [], seconds)[0], f"runs still after {seconds:g} s"
        self._child.isalive()
        if self._child.signalstatus is not None:
            return -self._child.signalstatus
        assert self._child.exitstatus is not None
        return self._child.exitstatus

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
        """Wait until ``condition`` holds.

        Raises:
            AssertionError: It does not come; with ``what`` was expected, and the screen.
        """
        if not self.comes(condition, seconds):
            raise AssertionError(f"not within {seconds:g} s: {what}\n{self._picture()}")

    def comes(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait so long for ``condition``, and say whether it came."""
        deadline = time.monotonic() + seconds
        while self._is_painting or not condition():
            if time.monotonic() > deadline:
                return False
            self._read(_PACE)
        return True

    def shows(self, *patterns: str, seconds: float = SECONDS) -> str:
        """Wait until the screen shows every one of the regular expressions; return the screen."""
        for pattern in patterns:
            self.wait(partial(self._has, pattern), f"{pattern!r} shown", seconds)
        return self.text

    def hides(self, pattern: str, *, seconds: float = SECONDS) -> str:
        """Wait until the screen does not show the regular expression; return the screen."""
        self.wait(lambda: not self._has(pattern), f"{pattern!r} gone", seconds)
        return self.text

    def ends(self, seconds: float = SECONDS) -> int:
        """Wait until the program ended; return its exit status, or minus the signal."""
        self.wait(lambda: not self._child.isalive(), "the program ended", seconds)
        while self._read(0.0):
            continue
        if self._child.signalstatus is not None:
            return -self._child.signalstatus
        assert self._child.exitstatus is not None
        return self._child.exitstatus

    def _has(self, pattern: str) -> bool:
        return re.search(pattern, self.text, re.MULTILINE) is not None

    def _read_for(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> bool:
        """Take what the program wrote, waiting for it; say whether it wrote anything."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # EIO: the program has gone
            return False
        self.raw += data
        self._paint(self._pending + data)
        return True

    def _paint(self, data: bytes) -> None:
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        data, self._pending = data[:end], data[end:]
        for switch in _ALTERNATE.finditer(data):
            self.is_alternate = switch[1] == b"h"
        for frame in _FRAME.finditer(data):
            self._is_painting = frame[1] == b"h"
        if _FRAME_QUERY in data:
            self.send(_FRAME_ANSWER)
        self._stream.feed(_PRIVATE.sub(b"", data))

    def _picture(self) -> str:
        width = self._screen.columns
        return f"+{'-' * width}+\n{self.text}\n+{'-' * width}+"
