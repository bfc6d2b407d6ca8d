"""Freshness of the picture of a cluster: its age, and the reason why it no longer holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PATIENCE_SECONDS = 3.0
"""Seconds that a snapshot may take before the last one counts as old; a healthy one takes 0.05 s."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Freshness of the picture at one moment."""

    word: Literal["", "STALE", "BLIND"] = ""
    """Empty for a current picture; ``STALE`` for an older one; ``BLIND`` for none at all."""
    reason: str = ""
    """Sentence; empty while the picture holds."""
    age: float | None = None
    """Seconds since the last picture; None without a picture."""

    @property
    def is_clear(self) -> bool:
        """True if users may believe the picture, and act on it."""
        return not self.word

    @property
    def label(self) -> str:
        """Word with the age of the picture: ``STALE 01:07``; ``BLIND`` has no age."""
        return f"{self.word} {clock(self.age)}" if self.age is not None else self.word

    @property
    def refusal(self) -> str:
        """Reason why no change is allowed now; empty when changes are allowed."""
        if self.is_clear:
            return ""
        old = "" if self.age is None else f" for {clock(self.age)}"
        return f"The cluster has not been seen{old}: {self.reason}"


def freshness_of(now: float, *, seen: float | None, trouble: str, began: float | None) -> Freshness:
    """Return the freshness of the picture.

    Args:
        now: Present time in seconds of a monotonic clock, as all times here.
        seen: Time of the last picture; None without a picture.
        trouble: Sentence about the failure of the last snapshot; empty after a success.
        began: Start of the snapshot under way; None without one.
    """
    age = None if seen is None else max(0.0, now - seen)
    waited = 0.0 if began is None else now - began
    if not trouble and waited > PATIENCE_SECONDS:
        trouble = f"crm_mon has given no answer for {int(waited)} s."
    if seen is None:
        return Freshness("BLIND", trouble or "Waiting for the first look at the cluster.")
    return Freshness("STALE", trouble, age) if trouble else Freshness(age=age)


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, or with hours: ``01:07``, ``2:00:09``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
