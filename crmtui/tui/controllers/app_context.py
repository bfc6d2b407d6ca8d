"""App context: facts about the app that its controllers share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crmtui.tui.presentation.headline import Lock


@dataclass(frozen=True, slots=True)
class AppContext:
    """Facts that the app hands to its controllers."""

    keys: Mapping[str, tuple[str, ...]]
    """The keys of each action, by its id."""
    refusal: Callable[[], str]
    """Returns the reason, as a sentence, why changes are refused now; else empty."""
    lock: Callable[[], Lock]
    """Returns the read-only lock; empty while changes are allowed."""
    where: Callable[[], str]
    """Returns kind and name of the target: ``LIVE acme``."""
    clock: Callable[[], float] = time.monotonic
    """Returns seconds from an arbitrary beginning, to measure durations."""
