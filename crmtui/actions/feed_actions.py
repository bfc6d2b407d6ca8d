"""Actions in the feed: crm_mon's own keys, and those of reading a text."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import KeyAction

_in_feed = partial(KeyAction, scope="feed")


_TOGGLES = (
    ("by_node", "By node", "Group resources by node", "n"),
    ("inactive", "Inactive", "Show inactive resources", "r"),
    ("failcounts", "Fail counts", "Show fail counts", "f"),
    ("operations", "Operations", "Show operations", "o"),
    ("timing", "Timing", "Show operations with their times", "t"),
    ("attributes", "Attributes", "Show node attributes", "A"),
    ("bans", "Bans", "Show bans and other negative locations", "L"),
    ("tickets", "Tickets", "Show tickets", "c"),
    ("detail", "Detail", "Show ids and every instance", "R"),
    ("brief", "Brief", "Count resources by kind", "b"),
    ("no_headers", "Headers", "Hide the headers", "D"),
)
"""Sections that can be shown or hidden: name, label, sentence, and crm_mon's key."""

FEED: tuple[KeyAction, ...] = (
    *(
        _in_feed(f"feed.{name}", label=label, words=words, keys=(key,), argument=name)
        for name, label, words, key in _TOGGLES
    ),
    _in_feed("feed.fence_history", label="Fencing", words="Show more fencing history", keys=("m",)),
    _in_feed(
        "feed.pause", label="Pause", words="Pause the feed (toggle)", keys=("space",),
        is_shown=True,
    ),
    _in_feed("feed.next_match", label="Next", words="Go to the next match", keys=("enter",)),
    _in_feed(
        "feed.previous_match", label="Previous", words="Go to the previous match", keys=("backspace",)
    ),
    _in_feed(
        "feed.copy", label="Copy", words="Copy the text to the terminal's clipboard", keys=("y",)
    ),
)  # fmt: skip

MON: tuple[KeyAction, ...] = (
    *(
        KeyAction(f"mon.{name}", "app", label, f"In the feed: {words}", (), argument=name)
        for name, label, words, _ in _TOGGLES
    ),
    KeyAction("mon.fence_history", "app", "Fencing", "In the feed: Show more fencing history", ()),
)
"""The same toggles from every pane; only a keymap like crm_mon's has keys for them."""
