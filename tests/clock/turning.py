"""Plugin of a shifted run: says when it is, and lets each test begin at a moment that is for each."""

from __future__ import annotations

import os
import time

import pytest

from tests.clock.moments import MOMENTS

_NAME = os.environ["CRMTUI_TEST_MOMENT"]
_MOMENT = MOMENTS[_NAME]
#: What the monotonic clock, which is not shifted, lacks to the real time.
_EPOCH = float(os.environ["CRMTUI_TEST_EPOCH"])


def pytest_report_header() -> str:
    """Return when it is in this run."""
    return f"clock: {_NAME}, {time.strftime('%Y-%m-%d %H:%M:%S %z')} ({_MOMENT.zone})"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Put the clock back to where each test begins."""
    if _MOMENT.is_for_each:
        real = time.monotonic() + _EPOCH
        os.environ["FAKETIME"] = f"{_MOMENT.offset(real):+.3f}"
