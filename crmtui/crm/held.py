"""A line that is held until somebody has given leave for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.crm.leave import Leave, Request

NOT_RUN = "Not run."


@dataclass(frozen=True, slots=True)
class Held:
    """What goes on when it is decided."""

    request: Request
    go: Callable[[Leave], None]
    back: Callable[[str], None]
    """Called with why it may not run."""
    line: str = ""
    """The submitted line, where it has not begun yet."""
