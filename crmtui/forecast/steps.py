"""Steps of a change on a copy of the CIB: with Pacemaker's tools, or by crm itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Tool:
    """Run one of Pacemaker's programs, with ``CIB_file`` naming the copy."""

    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settle:
    """Let the scheduler carry the copy's status forward before the next step."""


@dataclass(frozen=True, slots=True)
class Down:
    """Mark an offline node as cleanly down, as a successful fencing would."""

    node: str


@dataclass(frozen=True, slots=True)
class Configured:
    """Run lines of crm's ``configure``, in order, as a commit after them would leave the CIB."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """Run a line at crm's root."""

    line: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Replace the whole configuration."""

    cib: str
    """Text of the whole CIB; its status does not count."""


Step: TypeAlias = "Tool | Settle | Down | Configured | Typed | Replacement"


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """Effect of a line, as steps on a copy."""

    steps: tuple[Step, ...]
    caveats: tuple[str, ...] = ()
    """Assumptions of the plan, each as a sentence."""
    is_erasure: bool = False
    is_deferred: bool = False
    """True if nothing happens before ``commit``."""
    is_reading: bool = False
    """True if the line leaves the cluster as it is."""


@dataclass(frozen=True, slots=True)
class Unforeseeable:
    """Reason why a line cannot be forecast."""

    reason: str
