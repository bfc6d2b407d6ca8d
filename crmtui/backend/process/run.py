"""Running one program on a target, with a deadline, to its end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.process.bounded import LIMIT, TooLate, TooMuch, read_to_end
from crmtui.backend.process.cancellation import heeded
from crmtui.errors import ClusterUnavailable, ProgramMissing
from crmtui.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import FarProcess, Invocation, Target

TIMEOUT = 10.0
"""Seconds after which a tool that gives no answer is killed; a healthy one takes some 20 ms."""

_LIMITS = {"cibadmin": 256 << 20}
"""Bytes that a program may print where that is not the usual limit: a CIB may be large."""

BOUND = ("setpriv", "--pdeathsig", "KILL", "--")
"""Put before a program that runs for long, ends it when we are killed: tail would wait for a line
that may never come, and a crm_mon whose terminal is gone may spin for ever."""


class Child(subprocess.Popen[bytes]):
    """A program that was started, here or on another machine."""

    far: FarProcess | None = None
    """The program itself, where what runs here is only the way to it."""


@dataclass(frozen=True, slots=True)
class Completed:
    """How a program ended."""

    status: int
    """Its exit status, or minus the signal that ended it."""
    output: str
    errors: str


def start(
    target: Target,
    argv: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    keeps_errors: bool = True,
    reads: bool = False,
) -> Child:
    """Start ``argv`` on ``target`` with pipes for its output.

    Args:
        target: Where it runs.
        argv: The program and its arguments.
        env: Variables to set for it.
        keeps_errors: Whether somebody will read what it writes to standard error.
        reads: Whether it will be given something to read; else it finds nothing.

    Raises:
        ProgramMissing: The program is not installed.
        ClusterUnavailable: This machine cannot start another process.
    """
    return launch(
        target.invocation(argv, env),
        argv[0],
        stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if keeps_errors else subprocess.DEVNULL,
    )


def launch(invocation: Invocation, name: str, *, stdin: int, stdout: int, stderr: int) -> Child:
    """Start a program whose streams are what is given; ``name`` is what to call it.

    Raises:
        ProgramMissing: The program is not installed.
        ClusterUnavailable: This machine cannot start another process.
    """
    try:
        child = Child(
            invocation.argv,
            env=dict(invocation.env),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise missing(name) from error
    except PermissionError as error:
        raise not_executable(name) from error
    except OSError as error:
        raise ClusterUnavailable(
            f"{name} could not be started: {error.strerror or error}.",
            hint="This machine may be out of memory, processes or open files; crmtui keeps trying.",
        ) from error
    child.far = invocation.far
    return child


def finish(
    child: Child,
    name: str,
    timeout: float = TIMEOUT,
    given: bytes | None = None,
) -> Completed:
    """Wait for ``child`` and return how it ended; ``given`` is what it reads.

    Raises:
        ClusterUnavailable: It gave no answer within ``timeout`` seconds, or printed without end,
            and was killed.
        Cancelled: Nobody waits for it any more, and it was killed.
    """
    limit = _LIMITS.get(name, LIMIT)
    try:
        with heeded().ending(partial(kill, child)):
            output, errors = read_to_end(child, given, seconds=timeout, limit=limit)
    except TooLate as error:
        end(child)
        raise ClusterUnavailable(
            f"{name} gave no answer within {timeout:g} s.",
            hint="The cluster may be overloaded or hanging; crmtui keeps trying.",
        ) from error
    except TooMuch as error:
        end(child)
        raise ClusterUnavailable(
            f"{name} printed more than {limit >> 20} MB, and was ended.",
            hint=f"See what it prints: {name} | head",
        ) from error
    except BaseException:
        # Ctrl-C, too: the child has a session of its own, so the terminal does not tell it.
        end(child)
        raise
    return Completed(
        child.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace")
    )


def end(child: Child) -> None:
    """Kill ``child``, with what runs it on the target, and reap it."""
    kill(child)
    # Not read to the end: what it has started may hold its pipes open.
    for stream in filter(None, (child.stdin, child.stdout, child.stderr)):
        with contextlib.suppress(BrokenPipeError):
            stream.close()
    child.wait()


def kill(child: Child) -> None:
    """Kill ``child``, with what runs it on the target; who waits for it, in any thread, reaps it."""
    if child.poll() is None:
        if child.far is not None:
            child.far.end()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def run(
    target: Target,
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Completed:
    """Run ``argv`` on ``target`` to its end.

    Raises:
        ProgramMissing: The program is not installed.
        ClusterUnavailable: It gave no answer within ``timeout`` seconds.
    """
    return finish(start(target, argv, env), argv[0], timeout)


_NOT_FOUND = 127


def found(done: Completed, program: str) -> Completed:
    """Return how ``program`` ended, that a shell was to start.

    Raises:
        ProgramMissing: The shell did not find it.
    """
    if done.status == _NOT_FOUND:
        raise missing(program)
    return done


def last_words(done: Completed) -> str:
    """Return the last line that a program printed, errors first: the one that says why it ended.

    Before it cibadmin may print a whole CIB.
    """
    lines = plain(done.errors or done.output).strip().splitlines()
    return lines[-1] if lines else f"exit status {done.status}"


def put(target: Target, content: bytes, path: str) -> None:
    """Write ``content`` to the file ``path`` on ``target``, for its owner alone, and executable.

    Raises:
        ClusterUnavailable: It cannot be written.
    """
    write = 'umask 077; mkdir -p "${0%/*}" && cat > "$0" && chmod 700 "$0"'
    child = start(target, ("sh", "-c", write, path), reads=True)
    done = finish(child, "sh", given=content)
    if done.status != 0:
        raise ClusterUnavailable(
            f"{path} could not be written on {target.name}.", hint=done.errors.strip()[-300:]
        )


def require(target: Target, program: str) -> None:
    """Make sure that ``program`` is there on ``target``.

    Raises:
        ProgramMissing: It is not installed.
    """
    if run(target, ["sh", "-c", 'command -v "$1"', "sh", program]).status != 0:
        raise missing(program)


PACKAGES = {
    "crm": "crmsh",
    "crm_mon": "pacemaker-cli-utils",
    "crm_simulate": "pacemaker-cli-utils",
    "crm_resource": "pacemaker-cli-utils",
    "cibadmin": "pacemaker-cli-utils",
}
"""Which Debian package holds a program; SUSE has all but ``crm`` in ``pacemaker-cli``."""


def missing(program: str) -> ProgramMissing:
    """Return the error that says that ``program`` is not installed, and how to install it."""
    package = PACKAGES.get(program)
    if package is None:
        return ProgramMissing(f"The program {program} is not installed.")
    suse = "pacemaker-cli" if package == "pacemaker-cli-utils" else package
    return ProgramMissing(
        f"The program {program} is not installed.",
        hint=f"Install it: apt-get install {package} (Debian, Ubuntu), zypper install {suse} (SUSE).",
    )


def not_executable(program: str) -> ClusterUnavailable:
    """Return the error that says that ``program`` is there, and may not be executed."""
    return ClusterUnavailable(
        f"{program} is installed, but you may not execute it.",
        hint=f'See its rights: ls -l "$(command -v {program} || echo /usr/sbin/{program})"',
    )
