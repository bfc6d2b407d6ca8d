"""Pseudo-terminal of crm: input, output, and the end of crm."""

from __future__ import annotations

# This module registers fork hooks: a lock is taken before each fork and released after it. An import by
# another thread during a fork releases a lock that was not taken (RuntimeError, seen on Python 3.11).
# So the import comes before any fork.
import concurrent.futures.thread  # noqa: F401
import os
import select
import signal
import termios
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from crmtui.backend.process.run import missing
from crmtui.backend.process.tree import interrupt
from crmtui.backend.session.listening import Listening, listening
from crmtui.errors import CrmNotStarted, CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.process.target import FarProcess, Invocation

_ROWS = 5000
"""Height of the terminal in lines, large because crm pages longer output."""
_WIDTH = 1000
"""Width of the terminal in characters.

Readline on a dumb terminal prints only the end of a wider prompt. crm's lists go by COLUMNS."""
_CHUNK = 65536
_MOST = 4 * _CHUNK
"""Bytes to read before the output is passed on."""
_GRACE = 0.5
"""Grace period in seconds between the hang-up and the kill of crm."""
NOT_FOUND = "exit status 127"
"""Exit status of a wrapper (sh, ssh, nsenter) for a missing program."""
_LOST = 255
"""Exit status of ssh for a lost connection."""
_LOCAL_FLAGS = 3
"""Index of ICANON and ECHO in the result of ``tcgetattr``."""


def spawn(invocation: Invocation, program: str) -> CrmPty:
    """Start ``program`` by ``invocation`` in a new terminal.

    Its standard error is a pipe, so that errors arrive apart from output. crm's line editor and its
    questions need only standard input and output (tried out on crmsh 4.4.1 and 5.0.0).

    Raises:
        ProgramMissing: The program is not installed.
        CrmNotStarted: The system has no terminal, pipe or process left.
    """
    command, *arguments = invocation.argv
    try:
        reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise _not_started(program, error) from error
    # Opened by its path, since pexpect closes all descriptors but the first three before ``preexec_fn``.
    errors = Path("/proc") / str(os.getpid()) / "fd" / str(writing)
    try:
        child: pexpect.spawn[bytes] = pexpect.spawn(
            command,
            arguments,
            env=dict(invocation.env),
            dimensions=(_ROWS, _WIDTH),
            timeout=None,
            preexec_fn=partial(_prepare, errors),
        )
    except pexpect.ExceptionPexpect as error:
        os.close(reading)
        if pexpect.which(command, env=dict(invocation.env)) is None:
            raise missing(program) from error
        raise _not_started(program, error) from error
    except OSError as error:
        os.close(reading)
        raise _not_started(program, error) from error
    finally:
        os.close(writing)
    return CrmPty(child, reading, invocation.far)


def _prepare(errors: Path) -> None:
    """Redirect standard error, and restore signals that ``nohup`` or a shell's ``&`` ignores.

    Args:
        errors: Path of the pipe for standard error.
    """
    opened = os.open(errors, os.O_WRONLY)
    os.dup2(opened, 2)
    os.close(opened)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _not_started(program: str, error: Exception) -> CrmtuiError:
    return CrmNotStarted(f"{program} could not be started: {error}")


class CrmPty:
    """Pseudo-terminal with its child. One thread makes all calls; only ``hang_up`` and ``reap`` block.

    Args:
        child: Child on the terminal.
        errors: Pipe with its standard error, closed together with the terminal.
        far: Program on a remote host, if the child is only the connection to it.
    """

    def __init__(
        self, child: pexpect.spawn[bytes], errors: int, far: FarProcess | None = None
    ) -> None:
        assert child.pid is not None
        self._child = child
        self._far = far
        self._unwritten = bytearray()
        self._errors = errors
        self._has_errors_open = True
        self.fd: int = child.child_fd
        """File descriptor of the terminal, to wait on before writing."""
        self.pid: int = child.pid
        """Process id of crm, or of the wrapper that runs crm on the target."""
        os.set_blocking(self.fd, False)

    @property
    def readable_fds(self) -> tuple[int, ...]:
        """File descriptors to wait on before reading."""
        return (self.fd, self._errors) if self._has_errors_open else (self.fd,)

    @property
    def wants_write(self) -> bool:
        """True while typed text waits until the terminal accepts more."""
        return bool(self._unwritten)

    @property
    def is_reading(self) -> bool:
        """True while a line editor reads, which is so exactly at crm's prompts and questions.

        Over ssh the value is always True, since only the terminal at the far end knows.
        """
        return not self._local_flags() & termios.ICANON

    @property
    def hides_typing(self) -> bool:
        """True while typed text is read but not shown, like a password."""
        flags = self._local_flags()
        return bool(flags & termios.ICANON) and not flags & termios.ECHO

    @property
    def listening(self) -> Listening:
        """State of the asking program: does it read from the terminal now?"""
        return "yes" if self.is_reading or self.hides_typing else listening(self.pid)

    def _local_flags(self) -> int:
        try:
            flags = termios.tcgetattr(self.fd)[_LOCAL_FLAGS]
        except termios.error:  # the terminal has hung up, which the next read reports
            return termios.ICANON | termios.ECHO
        assert isinstance(flags, int)
        return flags

    def read(self) -> tuple[bytes, bool]:
        """Return the available output, and False once the child has closed the terminal."""
        return _read(self.fd)

    def read_errors(self) -> bytes:
        """Return the available text from standard error."""
        if not self._has_errors_open:
            return b""
        data, self._has_errors_open = _read(self._errors)
        return data

    def write(self, text: str) -> None:
        """Type ``text`` as soon as the terminal accepts it.

        A character without a UTF-8 encoding, such as a lone surrogate from a broken file name, becomes
        a ``?``.
        """
        self._unwritten += text.encode(errors="replace")
        self.flush()

    def flush(self) -> None:
        """Type as much of the waiting text as the terminal accepts."""
        try:
            while self._unwritten:
                del self._unwritten[: os.write(self.fd, self._unwritten)]
        except BlockingIOError:
            return
        except OSError:  # the child is gone, which the next read reports
            self._unwritten.clear()

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal the programs that crm has started, but not crm; return False if there are none."""
        if self._far is not None:
            return self._far.interrupt(number)
        return interrupt(self.pid, number)

    def kill(self) -> None:
        """Kill the child; the next read reports its end."""
        if self._far is not None:
            self._far.end()
        self._signal(signal.SIGKILL)

    def hang_up(self) -> str:
        """End the child like a lost connection does, at worst by force; return its exit status in words.

        crm commits nothing then. Programs in its foreground are hung up as well.
        """
        self._signal(signal.SIGHUP)
        self._signal(signal.SIGCONT)  # a stopped child would not receive the hang-up
        if self._far is not None:
            self._far.end()
        return self.reap()

    def reap(self) -> str:
        """Wait for the end of a child that has closed its terminal; return its exit status in words."""
        if not self._has_ended_within(_GRACE):
            self._signal(signal.SIGKILL)
        self._child.wait()
        self._child.close()
        self._has_errors_open = False
        os.close(self._errors)
        if self._far is not None and self._child.exitstatus == _LOST:
            return "the connection to its host"
        if self._child.signalstatus is None:
            return f"exit status {self._child.exitstatus}"
        return f"signal {signal.Signals(self._child.signalstatus).name}"

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return

    def _has_ended_within(self, seconds: float) -> bool:
        child = os.pidfd_open(self.pid)
        try:
            return bool(select.select([child], [], [], seconds)[0])
        finally:
            os.close(child)


def _read(fd: int) -> tuple[bytes, bool]:
    """Return the available bytes, and False at the end of the stream."""
    chunks: list[bytes] = []
    size = 0
    while size < _MOST:
        try:
            chunk = os.read(fd, _CHUNK)
        except BlockingIOError:
            break
        except OSError:  # EIO: on Linux, the last process has closed the terminal
            chunk = b""
        if not chunk:
            return b"".join(chunks), False
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks), True
