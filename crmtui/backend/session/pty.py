"""The pseudo-terminal that crm runs in: bytes in, bytes out, and how it ended."""

from __future__ import annotations

# Asks to be told of each fork, with a lock taken before and released after. If another thread loads it
# in the middle of ours, the lock is released without having been taken, under whoever holds it
# (RuntimeError, seen on Python 3.11). So it is here before anything is forked.
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
"""crm pages what is longer than the terminal."""
_WIDTH = 1000
"""Readline on a dumb terminal scrolls sideways what is wider than the terminal: of a long question
or prompt it would print but the end. What crm formats to a width goes by COLUMNS."""
_CHUNK = 65536
_MOST = 4 * _CHUNK
"""Bytes read at a time before anybody gets to see them."""
_GRACE = 0.5
"""Seconds that crm has to end after a hang-up before it is killed."""
NOT_FOUND = "exit status 127"
"""How a wrapper (sh, ssh, nsenter) tells that there is no such program."""
_LOST = 255
"""The exit status by which ssh tells that the connection is gone."""
_LOCAL_FLAGS = 3
"""Where ``tcgetattr`` has ICANON and ECHO."""


def spawn(invocation: Invocation, program: str) -> CrmPty:
    """Start ``program`` the way ``invocation`` says, in a terminal of its own.

    Its standard error is a pipe, so that errors arrive apart from output: what crm's line editor and
    its questions need is standard input and output (tried out on crmsh 4.4.1 and 5.0.0).

    Raises:
        ProgramMissing: It is not installed.
        SessionFailed: No terminal or process could be had.
    """
    command, *arguments = invocation.argv
    try:
        reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise _not_started(program, error) from error
    # By its path, since all descriptors but the first three are closed when this is called.
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
    """Redirect standard error, and heed what ``nohup`` or a shell's ``&`` makes deaf to.

    Args:
        errors: Where to write errors.
    """
    opened = os.open(errors, os.O_WRONLY)
    os.dup2(opened, 2)
    os.close(opened)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _not_started(program: str, error: Exception) -> CrmtuiError:
    return CrmNotStarted(f"{program} could not be started: {error}")


class CrmPty:
    """A child on a pseudo-terminal; all calls belong to one thread and none blocks but hang_up.

    Args:
        child: The child.
        errors: The pipe that its standard error comes through; closed with the terminal.
        far: The program itself, where the child is only the way to it.
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
        """To be waited on before writing."""
        self.pid: int = child.pid
        """crm, or the wrapper that brings it to the target."""
        os.set_blocking(self.fd, False)

    @property
    def readable_fds(self) -> tuple[int, ...]:
        """To be waited on before reading."""
        return (self.fd, self._errors) if self._has_errors_open else (self.fd,)

    @property
    def wants_write(self) -> bool:
        """Whether something waits until the terminal takes more."""
        return bool(self._unwritten)

    @property
    def is_reading(self) -> bool:
        """Whether a line editor reads: so it is at crm's prompts and questions, never in between.

        Over ssh it always is: the line discipline that knows is the one at the far end.
        """
        return not self._local_flags() & termios.ICANON

    @property
    def hides_typing(self) -> bool:
        """Whether a line is read without being shown, as passwords are."""
        flags = self._local_flags()
        return bool(flags & termios.ICANON) and not flags & termios.ECHO

    @property
    def listening(self) -> Listening:
        """Whether a line that is typed now is taken by who waits for it."""
        return "yes" if self.is_reading or self.hides_typing else listening(self.pid)

    def _local_flags(self) -> int:
        try:
            flags = termios.tcgetattr(self.fd)[_LOCAL_FLAGS]
        except termios.error:  # it has hung up, as the next read will tell
            return termios.ICANON | termios.ECHO
        assert isinstance(flags, int)
        return flags

    def read(self) -> tuple[bytes, bool]:
        """Return what can be read at once, and whether the child is still there."""
        return _read(self.fd)

    def read_errors(self) -> bytes:
        """Return what can be read at once of standard error."""
        if not self._has_errors_open:
            return b""
        data, self._has_errors_open = _read(self._errors)
        return data

    def write(self, text: str) -> None:
        """Type ``text``, now or as soon as the terminal takes it.

        What UTF-8 has no bytes for (half of a pair, as a broken file name has it) becomes a ``?``.
        """
        self._unwritten += text.encode(errors="replace")
        self.flush()

    def flush(self) -> None:
        """Type as much of what waits as the terminal takes."""
        try:
            while self._unwritten:
                del self._unwritten[: os.write(self.fd, self._unwritten)]
        except BlockingIOError:
            return
        except OSError:  # the child has gone, as the next read will tell
            self._unwritten.clear()

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal all that crm has started, but not crm; say whether there was anything."""
        if self._far is not None:
            return self._far.interrupt(number)
        return interrupt(self.pid, number)

    def kill(self) -> None:
        """End the child at once, as reading will tell."""
        if self._far is not None:
            self._far.end()
        self._signal(signal.SIGKILL)

    def hang_up(self) -> str:
        """End the child as a lost connection would, at worst by force, and say how it ended.

        crm commits nothing then. What runs in the foreground with it is hung up as well.
        """
        self._signal(signal.SIGHUP)
        self._signal(signal.SIGCONT)  # one that was stopped would hear of nothing
        if self._far is not None:
            self._far.end()
        return self.reap()

    def reap(self) -> str:
        """Wait for the end of a child that has let go of the terminal, and say how it ended."""
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
    """Return what can be read at once, and whether more may come."""
    chunks: list[bytes] = []
    size = 0
    while size < _MOST:
        try:
            chunk = os.read(fd, _CHUNK)
        except BlockingIOError:
            break
        except OSError:  # EIO: how Linux tells that the last process has let go of a terminal
            chunk = b""
        if not chunk:
            return b"".join(chunks), False
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks), True
