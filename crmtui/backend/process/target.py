"""Target of commands: the one abstraction between crmtui and a cluster.

A target starts programs, wakes a watcher when the CIB changes, and tidies up after a command. Everything
above it is the same for each of them; a new way to reach a cluster is one more class with these members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping, Sequence

TargetKind = Literal["live", "sandbox", "lab", "ssh"]


class FarProcess(Protocol):
    """Program on another machine, started through a local process."""

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal the children of the program, but not itself; return True if there are any."""

    def end(self) -> None:
        """End the program and its children, which may outlive the local process."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """Program and environment to start on this machine."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    """Whole environment of the child, and not an addition to ours."""
    far: FarProcess | None = None
    """Process on the other machine, if the program runs there."""


class Wakeup(Protocol):
    """Source of signs that the cluster may have changed."""

    @property
    def way(self) -> str:
        """Method in a few words: ``following pacemaker.log``, ``polling every 2 s``."""

    @property
    def is_over(self) -> bool:
        """True if the wake-up has ended, so that a new one is needed."""

    def wait(self, seconds: float) -> bool:
        """Wait for a change, at most ``seconds``; return True after a change."""

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""

    def vouches(self) -> bool:
        """Return True if a ``wait`` without a sign proves that nothing changed.

        Without proof the watch takes a snapshot to know; the next wait may have proof.
        """

    def instead(self) -> Wakeup:
        """Return the next best wake-up of the same target, after this one missed a change."""

    def close(self) -> None:
        """Close files and end children."""


class Target(Protocol):
    """Machine or copy on which ``crm``, ``crm_mon`` and the like run."""

    @property
    def kind(self) -> TargetKind:
        """Kind for the badge on the screen; each but ``sandbox`` is a real cluster."""

    @property
    def name(self) -> str:
        """Name of a node or path of a file."""

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return the local command that runs ``argv`` on the target.

        Args:
            argv: Program and its arguments; no shell splits them.
            env: Environment variables to add to those of the target.
        """

    def wakeup(self) -> Wakeup:
        """Return a new wake-up of this target, the fastest that works."""

    def after_command(self) -> None:
        """Update the target after a command of the crm session, before the next snapshot.

        A real cluster needs nothing; a sandbox lets the scheduler carry its status forward.
        """

    def close(self) -> None:
        """Remove the files and connections of the target."""


@runtime_checkable
class Assuming(Protocol):
    """Target whose state may be an assumption."""

    @property
    def is_assumed(self) -> bool:
        """True if the CIB came without a status, so that all of its nodes count as online."""


def is_assumed(target: Target) -> bool:
    """Return True if the state of ``target`` is an assumption; a real cluster's never is."""
    return isinstance(target, Assuming) and target.is_assumed
