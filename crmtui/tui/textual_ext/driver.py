"""Driver of the real terminal: Textual's, made to survive faults of terminals.

Three things end Textual's own. A terminal that takes nothing blocks the screen. One that goes away
kills the thread that writes, and so blocks the screen for ever. A byte that is not UTF-8 kills the
thread that reads.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import termios
import threading
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from crmtui.tui.textual_ext.decoding import Decoder
from crmtui.tui.textual_ext.terminal_messages import InputSpoilt, PicturesLeftOut
from crmtui.tui.textual_ext.terminal_writer import TerminalWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_CLIPBOARD = "\x1b]52;"
_OTHER_SCREEN = "\x1b[?1049h"
_GIVING_BACK = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?7h"
    "\x1b[<u\x1b[0m\x1b[?1049l\x1b[?25h"
)
"""Escape sequences that undo every request to the terminal, in one go."""
_LOOK_SECONDS = 0.1
"""Seconds after which an Escape counts as a key of its own, as in Textual's parser."""
_WHOLE_SECONDS = 1.0
"""Seconds after which an incomplete character counts as a bad byte; ssh may pause as well."""
_CLOSING_SECONDS = 1.0
"""Seconds that a slow terminal has for the last output."""
_CHUNK = 4096


class TerminalDriver(LinuxDriver):
    """Reads keys and writes pictures; every wait has a bound."""

    _writer: TerminalWriter | None = None
    _reader: threading.Thread | None = None
    _is_switching = False
    """True while the output changes the terminal's mode, and paints nothing."""
    _is_lost = False

    def write(self, data: str) -> None:
        """Write to the terminal, without waiting for it."""
        if self._writer is not None:
            must = self._is_switching or data.startswith(_CLIPBOARD)
            self._writer.write(data, must=must)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._writer = TerminalWriter(self._output, gone=self._lose, behind=self._fall_behind)
        self._writer.start()
        with self._switching():
            super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if self._writer is not None:
            self._writer.drop()  # pending pictures would only delay the last output
        with self._switching():
            super().stop_application_mode()

    @property
    def _output(self) -> int:
        assert self._file is not None
        return self._file.fileno()

    @contextlib.contextmanager
    def _switching(self) -> Iterator[None]:
        self._is_switching = True
        try:
            yield
        finally:
            self._is_switching = False

    def close(self) -> None:
        """End the writing."""
        super().close()
        if self._writer is not None:
            self._writer.stop(_CLOSING_SECONDS)

    def give_back(self) -> None:
        """Give the terminal back at once, from any thread, as far as it still takes output."""
        if self.attrs_before is None or self._is_lost:
            return
        with contextlib.suppress(termios.error, OSError):  # a terminal that is gone needs nothing
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if select.select([], [self._output], [], 0)[1]:
                os.write(self._output, _GIVING_BACK.encode())

    # Found by threads.

    def tell(self, message: Message) -> None:
        """Post ``message`` to the app, from any thread."""
        with contextlib.suppress(
            RuntimeError
        ):  # the event loop has ended, and with it every receiver
            self._app.post_message(message)

    def _lose(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            os.kill(os.getpid(), signal.SIGHUP)  # as the kernel does for a controlling terminal

    def _fall_behind(self) -> None:
        self.tell(PicturesLeftOut())

    # Reading.

    def _run_input_thread(self) -> None:
        # A daemon, unlike Textual's: a read that never returns must not delay the end of the
        # program.
        self._reader = threading.Thread(
            target=self.run_input_thread, name="crmtui reader", daemon=True
        )
        self._reader.start()

    def disable_input(self) -> None:
        """Stop taking keys."""
        if self.exit_event.is_set():
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()  # this thread only starts the one that reads
        if self._reader is not None:
            self._reader.join(_CLOSING_SECONDS)
        self.exit_event.clear()
        with contextlib.suppress(termios.error):  # a terminal that is gone holds no keys
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def run_input_thread(self) -> None:
        """Read until input is disabled or the terminal is gone."""
        keys, decoder, pause = _Keys(self), Decoder(), 0.0
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOK_SECONDS)[0]:
                data, pause = self._read(), 0.0
                if data == b"":
                    self._lose()
                    return
                keys.take(*decoder.take(data or b""))
            elif decoder.is_amidst:
                pause += _LOOK_SECONDS
                if pause >= _WHOLE_SECONDS:
                    keys.take(*decoder.take(b"", is_whole=True))
            keys.look()

    def _read(self) -> bytes | None:
        """Return typed bytes; empty where the terminal is gone, None where another process read them."""
        try:
            return os.read(self.fileno, _CHUNK)
        except BlockingIOError:
            return None
        except OSError:  # EIO: the terminal has hung up
            return b""


_ESCAPE_ENTER = "\x1b\r"
"""Alt-Enter, as terminals send it that know no other way; Textual takes it for Enter."""
_ALT_ENTER = "\x1b[13;3u"


class SeamlessDriver(TerminalDriver):
    """Keeps the terminal's alternate screen as it is at the start: some terminals clear it."""

    is_taken_over = False
    """True if the driver has started, and so will give the terminal back."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _OTHER_SCREEN and not self.is_taken_over:
            self.is_taken_over = True
            return
        super().write(data)


class _Keys:
    """Events for typed text."""

    def __init__(self, driver: TerminalDriver) -> None:
        self._driver = driver
        self._parser = XTermParser()

    def take(self, text: str, strays: bytes) -> None:
        """Post the typed text, and report the bytes that were not UTF-8."""
        if strays:
            self._driver.tell(InputSpoilt(strays))
        for letter in text.replace(
            _ESCAPE_ENTER, _ALT_ENTER
        ):  # one by one: an unreadable letter must not take others along
            self._pass_on(self._parser.feed(letter))

    def look(self) -> None:
        """Post an Escape that nothing has followed."""
        self._pass_on(self._parser.tick())

    def _pass_on(self, events: Iterable[Message]) -> None:
        try:
            for event in events:
                self._driver.process_message(event)
        # Textual's parser computes with the numbers of a sequence, such as of a key or of the
        # mouse.
        except (ValueError, ArithmeticError):
            self._parser = XTermParser()
            self._driver.tell(InputSpoilt(b""))
