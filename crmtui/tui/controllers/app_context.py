"""What whoever acts has to know of the program around it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crmtui.tui.presentation.headline import Lock


@dataclass(frozen=True, slots=True)
class AppContext:
    """Handed down by the app."""

    keys: Mapping[str, tuple[str, ...]]
    """The keys of each action, by its id."""
    refusal: Callable[[], str]
    """Says why nothing may be written now, as a sentence; empty where it may."""
    lock: Callable[[], Lock]
    """Whether nothing may change anything."""
    where: Callable[[], str]
    """What is changed from here: ``LIVE acme``."""
    clock: Callable[[], float] = time.monotonic
    """Seconds from an arbitrary beginning, by which is said how long something takes."""
