"""Freshness: when the last snapshot may be believed."""

from __future__ import annotations

import pytest

from crmtui.cluster.freshness import PATIENCE_SECONDS, Freshness, clock, freshness_of


def test_a_new_snapshot_is_believed() -> None:
    """Without trouble the snapshot is fresh and has an age, and nothing is refused."""
    clear = freshness_of(107.0, seen=100.0, trouble="", began=None)

    assert clear == Freshness("", "", 7.0)
    assert clear.is_clear
    assert clear.refusal == ""


def test_trouble_makes_a_snapshot_stale() -> None:
    """After a failed query the last snapshot is stale, with its age and the reason of the failure."""
    stale = freshness_of(167.0, seen=100.0, trouble="The cluster is not running here.", began=None)

    assert (stale.label, stale.reason) == ("STALE 01:07", "The cluster is not running here.")
    assert "01:07" in stale.refusal
    assert "not running" in stale.refusal


def test_without_any_snapshot_it_is_blind() -> None:
    """Before the first snapshot nothing may be written either, trouble or not."""
    waiting = freshness_of(1.0, seen=None, trouble="", began=0.5)
    failed = freshness_of(1.0, seen=None, trouble="crm_mon is not installed.", began=None)

    assert (waiting.label, failed.label) == ("BLIND", "BLIND")
    assert failed.reason == "crm_mon is not installed."
    assert waiting.refusal
    assert not waiting.is_clear


def test_a_query_that_hangs_makes_it_stale() -> None:
    """A crm_mon that does not answer is noticed long before it is given up."""
    early = freshness_of(101.0, seen=90.0, trouble="", began=100.0)
    late = freshness_of(100.5 + PATIENCE_SECONDS, seen=90.0, trouble="", began=100.0)

    assert early.is_clear
    assert late.word == "STALE"
    assert "no answer for 3 s" in late.reason


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.9, "00:00"), (67, "01:07"), (3599, "59:59"), (7209, "2:00:09")]
)
def test_clocks(seconds: float, text: str) -> None:
    """A length of time is minutes and seconds, and hours where there are any."""
    assert clock(seconds) == text
