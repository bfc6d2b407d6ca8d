"""Driver of a real terminal: reads any bytes, never waits for the terminal, and ends when it is gone."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from crmtui.tui.messages import BytesUnreadable
from crmtui.tui.terminal_writer import TerminalWriter

if TYPE_CHECKING:
    from textual.drivers._writer_thread import WriterThread

_OTHER_SCREEN = "\x1b[?1049h"
_TICK_SECONDS = 0.1
_AT_ONCE = 4096
_REPLACED = "\ufffd"


class TerminalDriver(LinuxDriver):
    """Textual's driver, with a reader and a writer of our own."""

    _writer: TerminalWriter | None = None

    def _own_writer(self) -> TerminalWriter | None:
        return self._writer

    def _put_own_writer(self, made: WriterThread | None) -> None:
        """Put our writer in the place of Textual's.

        That one waits for the terminal without a bound, also once its thread has died of an error.
        """
        self._writer = None
        if made is not None and self._file is not None:
            loop = asyncio.get_running_loop()

            def behind() -> None:
                loop.call_soon_threadsafe(self._paint_anew)

            self._writer = TerminalWriter(self._file, gone=_hang_up, behind=behind)

    _writer_thread = property(_own_writer, _put_own_writer)

    def _paint_anew(self) -> None:
        self._app.refresh(layout=True)
        self._app.screen.refresh(layout=True)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        # Textual would end without a word; who runs the app tells of what it is handed here.
        except Exception as defect:  # noqa: BLE001
            self._app.call_later(self._app._handle_exception, defect)

    def run_input_thread(self) -> None:
        """Read what is typed, whatever bytes it is made of, until program or terminal end."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK_SECONDS):
                    data = self._read()
                    if not data:
                        _hang_up()
                        break
                    text = decode(data)
                    if _REPLACED in text and _REPLACED.encode() not in data:
                        self._app.post_message(BytesUnreadable())
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            return  # what was begun is not finished: nobody waits for it any more

    def _read(self) -> bytes:
        """Return what is typed; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""


class SeamlessDriver(TerminalDriver):
    """Leaves the terminal's other screen as it is when it starts: some terminals clear it."""

    is_taken_over = False
    """Whether it has started, so that it will give the terminal back."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _OTHER_SCREEN and not self.is_taken_over:
            self.is_taken_over = True
            return
        super().write(data)


def _hang_up() -> None:
    """Tell the program what the kernel tells it of a terminal that was closed."""
    os.kill(os.getpid(), signal.SIGHUP)
