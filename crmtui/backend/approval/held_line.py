"""Line on hold until its approval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, ChangeRequest

NOT_RUN = "Not run."
_SAID = re.compile(r"(?:was|[.:]) not run\b", re.IGNORECASE)
"""Words that say so already; a sentence about a resource that is not running does not match."""


def not_run(why: str) -> str:
    """Return a reason with ``Not run.`` behind it, unless the reason says so itself."""
    return why if _SAID.search(why) else f"{why} {NOT_RUN}"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Line on hold, with the callbacks for the decision."""

    request: ChangeRequest
    go: Callable[[Approval], None]
    """Callback of an approved line."""
    back: Callable[[str], None]
    """Callback of a refused line, with the reason."""
    line: str = ""
    """Submitted line; empty once its first command has begun."""
