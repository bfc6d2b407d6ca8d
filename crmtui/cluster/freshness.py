"""How well a cluster is seen: whether the last picture still holds, and if not, why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PATIENCE_SECONDS = 3.0
"""For so long a look may take before what is shown counts as old; a healthy one takes 0.05 s."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known, at one moment, of how true the picture is."""

    word: Literal["", "STALE", "BLIND"] = ""
    """Empty while the picture is as new as it gets; ``STALE`` when there is only an older one;
    ``BLIND`` when there is none at all."""
    reason: str = ""
    """A sentence; empty while the picture holds."""
    age: float | None = None
    """Seconds since the last picture was taken; None when there has been none."""

    @property
    def is_clear(self) -> bool:
        """Whether what is shown may be believed, and acted on."""
        return not self.word

    @property
    def label(self) -> str:
        """The word with the age of the picture: ``STALE 01:07``; ``BLIND`` has no age."""
        return f"{self.word} {clock(self.age)}" if self.age is not None else self.word

    @property
    def refusal(self) -> str:
        """Why nothing may be written now; empty when it may."""
        if self.is_clear:
            return ""
        old = "" if self.age is None else f" for {clock(self.age)}"
        return f"The cluster has not been seen{old}: {self.reason}"


def sight(now: float, *, seen: float | None, trouble: str, began: float | None) -> Freshness:
    """Return how well a cluster is seen.

    Args:
        now: This moment, in seconds of a clock that only grows, as all other times here.
        seen: When the last picture was taken.
        trouble: Why the last look failed, as a sentence; empty when it did not.
        began: When the look began that is under way; None when there is none.
    """
    age = None if seen is None else max(0.0, now - seen)
    waited = 0.0 if began is None else now - began
    if not trouble and waited > PATIENCE_SECONDS:
        trouble = f"crm_mon has given no answer for {int(waited)} s."
    if seen is None:
        return Freshness("BLIND", trouble or "The cluster is being looked at for the first time.")
    return Freshness("STALE", trouble, age) if trouble else Freshness(age=age)


def clock(seconds: float) -> str:
    """Return a length of time as minutes and seconds, or as hours: ``01:07``, ``2:00:09``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
