"""Times and lengths of time as Pacemaker has them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from crmtui.cluster.times import expiry, printed, seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue Nov 14 22:13:20 2023", datetime(2023, 11, 14, 22, 13, 20)),
        ("2023-11-14 22:13:20Z", datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone.utc)),
        ("2023-11-14 23:13:20 +01:00", datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone.utc)),
        (
            "2026-11-24 09:47:07.498149Z",
            datetime(2026, 11, 24, 9, 47, 7, 498149, tzinfo=timezone.utc),
        ),
        ("soon", None),
        ("", None),
    ],
)
def test_printed_times(text: str, expected: datetime | None) -> None:
    """Each way in which crm_mon prints a time is read, anything else is not."""
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", 60.0), ("60s", 60.0), ("5min", 300.0), ("2h", 7200.0), ("500ms", 0.5),
        ("PT1M30S", 90.0), ("P1D", 86400.0), ("P", None), ("five", None), ("", None),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, expected: float | None) -> None:
    """Lengths are those that Pacemaker takes."""
    assert seconds(text) == expected


def test_failures_expire() -> None:
    """A failure is forgotten its timeout after it happened; without one it never is."""
    assert expiry("Tue Nov 14 22:13:20 2023", "10min") == datetime(2023, 11, 14, 22, 23, 20)
    assert expiry("Tue Nov 14 22:13:20 2023", "0") is None
    assert expiry("", "10min") is None


def test_a_failure_may_expire_later_than_any_year_that_can_be_written() -> None:
    """A node whose clock was far off makes no error of a time."""
    assert expiry("9999-12-31 23:59:59Z", "1h") is None
