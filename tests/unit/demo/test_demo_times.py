"""The demo's events are minutes old when it opens, whatever the day."""

from __future__ import annotations

import re

import pytest

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.settled import is_settled
from crmtui.demo import demo_cib, moved, recent_demo_cib
from tests.unit.demo.test_demo import needs_pacemaker

_STAMP = re.compile(rb'last-rc-change="(\d+)"')


def _stamps(cib: bytes) -> list[int]:
    return [int(each) for each in _STAMP.findall(cib)]


@pytest.mark.parametrize("now", [946684800, 1600000000, 1700000000, 2000000000, 4102444800])
def test_the_newest_event_is_some_minutes_old(now: int) -> None:
    """Also where the clock is before the day on which the demo was made, or long after it."""
    assert 60 <= now - max(_stamps(recent_demo_cib(now))) <= 600


def test_no_time_of_the_demo_is_left_behind() -> None:
    """Times of the day on which it was made are moved; all else stays as it is."""
    shipped, recent = demo_cib(), recent_demo_cib(2000000240)
    assert b"1700000000" in shipped
    assert recent == shipped.replace(b"1700000000", b"2000000000")


def test_how_far_events_lie_apart_is_kept() -> None:
    """Operations, fail counts and the configuration's own time move together."""
    cib = (
        b'<cib cib-last-written="Tue Nov 14 22:13:00 2023"><lrm_rsc_op last-rc-change="1700000000" '
        b'last-run="1699999990"/><nvpair name="last-failure-db#monitor_10000" value="1699999940"/>'
        b'<nvpair name="fail-count-db#monitor_10000" value="3"/></cib>'
    )
    assert moved(cib, 1800000240) == (
        b'<cib cib-last-written="Fri Jan 15 07:59:40 2027"><lrm_rsc_op last-rc-change="1800000000" '
        b'last-run="1799999990"/><nvpair name="last-failure-db#monitor_10000" value="1799999940"/>'
        b'<nvpair name="fail-count-db#monitor_10000" value="3"/></cib>'
    )


def test_a_clock_that_was_never_set_makes_no_time_before_1970() -> None:
    """Pacemaker reads no negative times."""
    assert set(_stamps(recent_demo_cib(5))) == {1}


@needs_pacemaker
def test_what_is_opened_is_settled() -> None:
    """With other times the scheduler has nothing to do either."""
    sandbox = Sandbox(CibSource.parse("demo", recent_demo_cib(2000000000)))
    try:
        assert is_settled(sandbox)
    finally:
        sandbox.close()
