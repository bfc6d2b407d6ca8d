"""Options of crm_mon that the feed's keys ask for."""

from __future__ import annotations

import pytest

from crmtui.cluster.feed_options import FLAGS, FeedOptions, Toggle


def test_at_first_inactive_resources_are_shown() -> None:
    """Without a key pressed the feed is ``crm_mon -1 -r``."""
    assert FeedOptions().command == ("crm_mon", "-1", "-r")


@pytest.mark.parametrize("name", FLAGS)
def test_a_key_pressed_twice_changes_nothing(name: Toggle) -> None:
    """Each key puts its own option in or takes it out again."""
    once = FeedOptions().toggled(name)
    twice = once.toggled(name)

    assert (FLAGS[name] in once.command) is (name != "inactive")
    assert (FLAGS[name] in twice.command) is (name == "inactive")


def test_timing_brings_the_operations_and_goes_with_them() -> None:
    """Times without operations would say nothing; crm_mon couples the keys in the same way."""
    timed = FeedOptions().toggled("timing")

    assert timed.command == ("crm_mon", "-1", "-r", "-o", "-t")
    assert timed.toggled("operations").command == ("crm_mon", "-1", "-r")


def test_the_fence_history_has_four_levels() -> None:
    """The key goes round: what crm_mon prints by itself is level 1 and needs no option."""
    levels = [FeedOptions()]
    for _ in range(4):
        levels.append(levels[-1].with_next_fence_level())

    assert [each.command[3:] for each in levels] == [
        (),
        ("--fence-history=2",),
        ("--fence-history=3",),
        ("--fence-history=0",),
        (),
    ]
