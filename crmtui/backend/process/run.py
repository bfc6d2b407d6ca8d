"""Programs on a target, each run to its end with a deadline."""

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
"""Seconds after which a tool without an answer is killed; a healthy one takes some 20 ms."""

_LIMITS = {"cibadmin": 256 << 20}
"""Bytes that a program may print, if it has a limit of its own: a CIB may be large."""

BOUND = ("setpriv", "--pdeathsig", "KILL", "--")
"""Prefix that ends a long-running program when crmtui is killed: tail would wait for ever for a line,
and a crm_mon without its terminal may spin for ever."""


class Child(subprocess.Popen[bytes]):
    """Program that was started, here or on another machine."""

    far: FarProcess | None = None
    """Process on the other machine, if the local process only leads to it."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Outcome of a program that has ended."""

    status: int
    """Exit status, or minus the signal that ended the program."""
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
        target: Target that it runs on.
        argv: Program and its arguments.
        env: Environment variables to add.
        keeps_errors: True to get its standard error; else it is dropped.
        reads: True to write to its standard input; else that is empty.

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
    """Start a program with the given streams.

    Args:
        invocation: Program and its environment.
        name: Name of the program for errors.
        stdin: Standard input, as Popen takes it.
        stdout: Standard output, as Popen takes it.
        stderr: Standard error, as Popen takes it.

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
    """Wait for ``child`` and return its outcome.

    Args:
        child: Program that was started.
        name: Name of the program for errors.
        timeout: Seconds until it is killed.
        given: Its input in bytes.

    Raises:
        ClusterUnavailable: The program gave no answer in time, or printed without end, and was killed.
        Cancelled: The request was cancelled, and the program was killed.
    """
    limit = _LIMITS.get(name, LIMIT)
    try:
        with heeded().ending(partial(kill, child)):
            output, errors = read_to_end(child, given, seconds=timeout, limit=limit)
    except TooLate as error:
        end(child)
        raise ClusterUnavailable(
            f"{name} gave no answer within {round(timeout, 1):g} s.",
            hint="The cluster may be overloaded or hanging; crmtui keeps trying.",
        ) from error
    except TooMuch as error:
        end(child)
        raise ClusterUnavailable(
            f"{name} printed more than {limit >> 20} MB, and was ended.",
            hint=f"See what it prints: {name} | head",
        ) from error
    except BaseException:
        # Ctrl-C as well: the child has its own session, so the terminal's signal does not reach it.
        end(child)
        raise
    return Completed(
        child.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace")
    )


def end(child: Child) -> None:
    """Kill ``child`` with its process on the target, and reap it."""
    kill(child)
    # The pipes are not read to the end, since children of the child may hold them open.
    for stream in filter(None, (child.stdin, child.stdout, child.stderr)):
        with contextlib.suppress(BrokenPipeError):
            stream.close()
    child.wait()


def kill(child: Child) -> None:
    """Kill ``child`` with its process on the target; the thread that waits for it reaps it."""
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
        ClusterUnavailable: The program gave no answer within ``timeout`` seconds.
    """
    return finish(start(target, argv, env), argv[0], timeout)


_NOT_FOUND = 127


def found(done: Completed, program: str) -> Completed:
    """Return the outcome of ``program``, which a shell started.

    Raises:
        ProgramMissing: The shell did not find the program.
    """
    if done.status == _NOT_FOUND:
        raise missing(program)
    return done


def last_words(done: Completed) -> str:
    """Return the last line of a program's errors, else of its output: the reason why it ended.

    cibadmin may print a whole CIB before that line.
    """
    lines = plain(done.errors or done.output).strip().splitlines()
    return lines[-1] if lines else f"exit status {done.status}"


def put(target: Target, content: bytes, path: str) -> None:
    """Write ``content`` to an executable file ``path`` on ``target``, private to its owner.

    Raises:
        ClusterUnavailable: The file cannot be written.
    """
    write = 'umask 077; mkdir -p "${0%/*}" && cat > "$0" && chmod 700 "$0"'
    child = start(target, ("sh", "-c", write, path), reads=True)
    done = finish(child, "sh", given=content)
    if done.status != 0:
        raise ClusterUnavailable(
            f"{path} could not be written on {target.name}.", hint=done.errors.strip()[-300:]
        )


def require(target: Target, program: str) -> None:
    """Make sure that ``target`` has ``program``.

    Raises:
        ProgramMissing: The program is not installed.
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
"""Debian package of each program; SUSE has all but ``crm`` in ``pacemaker-cli``."""


def missing(program: str) -> ProgramMissing:
    """Return the error for a program that is not installed, with the way to install it."""
    package = PACKAGES.get(program)
    if package is None:
        return ProgramMissing(f"The program {program} is not installed.")
    suse = "pacemaker-cli" if package == "pacemaker-cli-utils" else package
    return ProgramMissing(
        f"The program {program} is not installed.",
        hint=f"Install it: apt-get install {package} (Debian, Ubuntu), zypper install {suse} (SUSE).",
    )


def not_executable(program: str) -> ClusterUnavailable:
    """Return the error for a program without the right to execute it."""
    return ClusterUnavailable(
        f"{program} is installed, but you may not execute it.",
        hint=f'See its rights: ls -l "$(command -v {program} || echo /usr/sbin/{program})"',
    )
