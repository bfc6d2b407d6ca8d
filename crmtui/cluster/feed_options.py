"""Feed options: crm_mon's own toggles, by crm_mon's own keys.

The keys are those of a crm_mon in a terminal (``detect_user_input`` in ``tools/crm_mon.c``; the
same in Pacemaker 2.1 and 3.0). The feed shows the text of ``crm_mon -1`` with the chosen options.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Toggle = Literal[
    "inactive", "failcounts", "operations", "timing", "attributes", "bans", "tickets", "by_node",
    "brief", "detail", "no_headers",
]  # fmt: skip

FLAGS: Final[dict[Toggle, str]] = {
    "by_node": "-n",
    "inactive": "-r",
    "failcounts": "-f",
    "operations": "-o",
    "timing": "-t",
    "tickets": "-c",
    "bans": "-L",
    "attributes": "-A",
    "no_headers": "-D",
    "detail": "-R",
    "brief": "-b",
}
"""Option of crm_mon for each toggle, in the order of crm_mon's manual."""

_FENCE_LEVELS = 4
_USUAL_FENCE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """Sections of crm_mon's text, and their layout."""

    on: frozenset[Toggle] = frozenset({"inactive"})
    fence_history: int = _USUAL_FENCE_LEVEL
    """Level of fencing history. 0: none; 1: failed and pending, crm_mon's default; 2: also the
    latest successes; 3: all.
    """

    def toggled(self, name: Toggle) -> FeedOptions:
        """Return the options after a press of the key of ``name``.

        Timing is a detail of the operations: switching it on shows them, hiding them hides it.
        """
        on = self.on ^ {name}
        if name == "timing" and "timing" in on:
            on |= {"operations"}
        if name == "operations" and "operations" not in on:
            on -= {"timing"}
        return replace(self, on=on)

    def with_next_fence_level(self) -> FeedOptions:
        """Return the options with the next of the four levels of fencing history."""
        return replace(self, fence_history=(self.fence_history + 1) % _FENCE_LEVELS)

    @property
    def command(self) -> tuple[str, ...]:
        """Command line of crm_mon for these options."""
        flags = (flag for name, flag in FLAGS.items() if name in self.on)
        level = self.fence_history
        fence = () if level == _USUAL_FENCE_LEVEL else (f"--fence-history={level}",)
        return ("crm_mon", "-1", *flags, *fence)
