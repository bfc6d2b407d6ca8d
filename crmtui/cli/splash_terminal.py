"""The terminal between the first picture and the screen that takes over from it."""

from __future__ import annotations

import errno
import sys
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3
"""Where ``tcgetattr`` has ICRNL and IXON, ICANON and ECHO."""
_OTHER_SCREEN, _OWN_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[0m\x1b[?25h\x1b[?1049l"


class Curtain:
    """Keeps what is typed meanwhile for the screen, shows none of it, and restores the terminal."""

    def __init__(self) -> None:
        self.is_up = False
        """Whether a picture is shown that has to be taken away again."""

    def __enter__(self) -> Curtain:
        self._before = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
        quiet = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
        # As Textual will have it, but that Ctrl-C still ends us: an Enter stays an Enter.
        quiet[_INPUT_FLAGS] &= ~(termios.ICRNL | termios.IXON)
        quiet[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(sys.__stdin__, termios.TCSANOW, quiet)  # type: ignore[arg-type]
        return self

    def show(self, picture: str) -> None:
        """Paint ``picture`` on the terminal's other screen."""
        self.is_up = True
        self._write(f"{_OTHER_SCREEN}{picture}")

    def restore_modes(self) -> None:
        """Let the terminal read as before; for any thread."""
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
            # The terminal was closed: there is nothing left to give back, and nobody to tell.
            if gone.args[:1] != (errno.EIO,):
                raise

    def _write(self, text: str) -> None:
        # Where Textual paints, too: standard output may be open where it is piped on.
        assert sys.__stderr__ is not None
        sys.__stderr__.write(text)
        sys.__stderr__.flush()
