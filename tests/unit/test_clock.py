"""The clock of a run on another day."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.clock.moments import MOMENTS

_NOW = 1_800_000_000.0
_TELL = """
import time
began = time.monotonic()
time.sleep(0.05)
print(time.monotonic() - began, time.time())
"""


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_is_to_come(name: str) -> None:
    """Each moment is another one than now, and in a zone that there is."""
    assert MOMENTS[name].offset(_NOW) > 0


def test_a_moment_of_a_zone_is_its_own() -> None:
    """29 February in Newfoundland ends three and a half hours after that of Greenwich."""
    assert _NOW + MOMENTS["leap-day"].offset(_NOW) == 1_835_494_195  # 2028-03-01T03:29:55Z


def test_programs_see_the_time_of_the_test_and_sleep_as_ever() -> None:
    """On whichever day a run is, what it starts is there too, and waits as long as it means to."""
    told = subprocess.run(
        [sys.executable, "-c", _TELL], capture_output=True, text=True, check=True
    ).stdout.split()
    date = subprocess.run(["date", "+%s"], capture_output=True, text=True, check=True).stdout

    assert 0.05 <= float(told[0]) < 30
    assert abs(float(told[1]) - time.time()) < 30
    assert abs(int(date) - time.time()) < 30


@pytest.mark.skipif("CRMTUI_TEST_MOMENT" not in os.environ, reason="the clock is not shifted here")
def test_a_shifted_run_is_on_its_day() -> None:
    """A run on another day is on that day."""
    moment = MOMENTS[os.environ["CRMTUI_TEST_MOMENT"]]
    real = time.monotonic() + float(os.environ["CRMTUI_TEST_EPOCH"])

    assert abs(time.time() - real - moment.offset(real)) < 30
