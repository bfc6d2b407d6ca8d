"""A line that is held until somebody has given leave for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, ChangeRequest

NOT_RUN = "Not run."
_SAID = re.compile(r"(?:was|[.:]) not run\b", re.IGNORECASE)
"""How a sentence says so; of a resource that does not run it says nothing."""


def not_run(why: str) -> str:
    """Return ``why`` with what comes of it, which is said once: some reasons say so themselves."""
    return why if _SAID.search(why) else f"{why} {NOT_RUN}"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What goes on when it is decided."""

    request: ChangeRequest
    go: Callable[[Approval], None]
    back: Callable[[str], None]
    """Called with why it may not run."""
    line: str = ""
    """The submitted line, where it has not begun yet."""
