"""How a change is made on a copy of the CIB: with Pacemaker's tools, or by crm itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Tool:
    """One of Pacemaker's programs, run with ``CIB_file`` naming the copy."""

    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settle:
    """Let the scheduler carry the copy's status forward before the next step."""


@dataclass(frozen=True, slots=True)
class Down:
    """Take a node that is offline for cleanly down, as a fencing that succeeded would."""

    node: str


@dataclass(frozen=True, slots=True)
class Configured:
    """Lines of crm's ``configure``, in order, as a commit after them would leave the CIB."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A line for crm's root."""

    line: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another configuration in the place of the one there is."""

    cib: str
    """The whole CIB; its status does not count."""


Step: TypeAlias = "Tool | Settle | Down | Configured | Typed | Replacement"


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """What a line does, ready to be done on a copy."""

    steps: tuple[Step, ...]
    caveats: tuple[str, ...] = ()
    """What is taken for granted, each as a sentence."""
    is_erasure: bool = False
    is_deferred: bool = False
    """Whether nothing happens before ``commit``."""
    is_reading: bool = False
    """Whether it does nothing to the cluster."""


@dataclass(frozen=True, slots=True)
class Unforeseeable:
    """Why a line cannot be forecast."""

    reason: str
