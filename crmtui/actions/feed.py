"""What keys do in the feed: crm_mon's own keys, and those of a text that is read."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import Action

_in_feed = partial(Action, scope="feed")


def _toggle(name: str, label: str, words: str, key: str) -> Action:
    return _in_feed(f"feed.{name}", label=label, words=words, keys=(key,), argument=name)


FEED: tuple[Action, ...] = (
    _toggle("by_node", "By node", "Group resources by node", "n"),
    _toggle("inactive", "Inactive", "Show inactive resources", "r"),
    _toggle("failcounts", "Fail counts", "Show fail counts", "f"),
    _toggle("operations", "Operations", "Show operations", "o"),
    _toggle("timing", "Timing", "Show operations with their times", "t"),
    _toggle("attributes", "Attributes", "Show node attributes", "A"),
    _toggle("bans", "Bans", "Show bans", "L"),
    _toggle("tickets", "Tickets", "Show tickets", "c"),
    _in_feed("feed.fence_history", label="Fencing", words="Show more fencing history", keys=("m",)),
    _toggle("detail", "Detail", "Show ids and every instance", "R"),
    _toggle("brief", "Brief", "Count resources of a kind", "b"),
    _toggle("no_headers", "Headers", "Hide the headers", "D"),
    _in_feed(
        "feed.pause", label="Pause", words="Hold the text still, and go on", keys=("space",),
        is_shown=True,
    ),
    _in_feed("feed.next_match", label="Next", words="Go to the next match", keys=("enter",)),
    _in_feed(
        "feed.previous_match", label="Previous", words="Go to the match before", keys=("backspace",)
    ),
    _in_feed(
        "feed.copy", label="Copy", words="Copy the text to the terminal's clipboard", keys=("y",)
    ),
)  # fmt: skip
