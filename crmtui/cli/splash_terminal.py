"""Terminal between the first picture and the screen that takes over from it."""

from __future__ import annotations

import errno
import sys
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3
"""Indices of ICRNL and IXON, and of ICANON and ECHO, in the list of ``tcgetattr``."""
_OTHER_SCREEN, _OWN_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[0m\x1b[?25h\x1b[?1049l"


class SplashTerminal:
    """Keeps keys typed meanwhile for the screen, without echo, and restores the terminal."""

    def __init__(self) -> None:
        self.is_up = False
        """True if a picture is shown that has to be removed again."""

    def __enter__(self) -> SplashTerminal:
        self._before = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
        quiet = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
        # The modes of Textual, so that Enter stays Enter, except that Ctrl-C still ends the program.
        quiet[_INPUT_FLAGS] &= ~(termios.ICRNL | termios.IXON)
        quiet[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(sys.__stdin__, termios.TCSANOW, quiet)  # type: ignore[arg-type]
        return self

    def show(self, picture: str) -> None:
        """Paint ``picture`` on the terminal's other screen."""
        self.is_up = True
        self._write(f"{_OTHER_SCREEN}{picture}")

    def restore_modes(self) -> None:
        """Restore the terminal's modes; for any thread."""
        termios.tcsetattr(sys.__stdin__, termios.TCSANOW, self._before)  # type: ignore[arg-type]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.restore_modes()
            if self.is_up:
                self._write(_OWN_SCREEN)
        except (termios.error, OSError) as gone:
            # The terminal was closed: there is nothing left to restore.
            if gone.args[:1] != (errno.EIO,):
                raise

    def _write(self, text: str) -> None:
        # Standard error, as Textual: standard output may go to a pipe.
        assert sys.__stderr__ is not None
        sys.__stderr__.write(text)
        sys.__stderr__.flush()
