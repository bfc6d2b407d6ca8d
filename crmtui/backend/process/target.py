"""Where commands run: the one abstraction between crmtui and a cluster.

A target says how a program is started so that it runs there, what wakes a watcher when the CIB
changes, and what has to be done after a command. Everything above it is the same for each of them;
a new way to reach a cluster is one more class with these members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping, Sequence

TargetKind = Literal["live", "sandbox", "lab", "ssh"]


class FarProcess(Protocol):
    """A program on another machine, to which the process here is only the way."""

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal what it has started, but not itself; say whether that was anything."""

    def end(self) -> None:
        """End it, and all that it has started; to end the process here may leave it there."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A program as the machine that crmtui runs on has to start it."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    """The whole environment of the child, not an addition to ours."""
    far: FarProcess | None = None
    """The program itself, where it runs on another machine."""


class Wakeup(Protocol):
    """Tells a watcher that the cluster may have changed."""

    @property
    def way(self) -> str:
        """How it knows, in a few words: ``following pacemaker.log``, ``polling every 2 s``."""

    @property
    def is_over(self) -> bool:
        """Whether it will never tell anything again, so that a new one is needed."""

    def wait(self, seconds: float) -> bool:
        """Wait until something changed, at most ``seconds``; say whether it did."""

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""

    def vouches(self) -> bool:
        """Say, after a ``wait`` in which nothing changed, whether it is sure of that.

        Where it is not, the cluster has to be looked at to know; it may be sure the next time.
        """

    def instead(self) -> Wakeup:
        """Return the next best wake-up of the same target, for when this one missed a change."""

    def close(self) -> None:
        """Let go of files and children."""


class Target(Protocol):
    """A place where ``crm``, ``crm_mon`` and the like run."""

    @property
    def kind(self) -> TargetKind:
        """Which badge the screen shows; all but SANDBOX, which changes a file, change real clusters."""

    @property
    def name(self) -> str:
        """What is looked at, in one word or path: a node's name, a file."""

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return how to start ``argv`` here so that it runs there.

        Args:
            argv: The program and its arguments; never passed through a shell.
            env: Variables to set for it, beside those the target sets.
        """

    def wakeup(self) -> Wakeup:
        """Return a new wake-up of this target, the fastest that works."""

    def after_command(self) -> None:
        """Do what has to follow each command of the crm session before the cluster is looked at.

        Nothing on a real cluster; a sandbox lets the scheduler carry its status forward.
        """

    def close(self) -> None:
        """Remove what the target made for itself."""


@runtime_checkable
class Assuming(Protocol):
    """Target whose state may be an assumption."""

    @property
    def is_assumed(self) -> bool:
        """Whether the CIB came without a status, so that all of its nodes are taken as online."""


def is_assumed(target: Target) -> bool:
    """Say whether the state of ``target`` is an assumption, as it never is on a real cluster."""
    return isinstance(target, Assuming) and target.is_assumed
