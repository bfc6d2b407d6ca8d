"""Whether the configuration may be another one from one look to the next."""

from __future__ import annotations

from dataclasses import replace

from crmtui.cluster.configuration_clock import ConfigurationClock
from tests.unit.cluster_values import cluster, node


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


LOOK = replace(cluster(nodes=(node("n1"),)), last_change="Tue Nov 24 16:00:00 2026 by root")


def test_another_last_change_tells_of_another_configuration() -> None:
    """What crm_mon says of the last change is gone by, and nothing else on a cluster."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    assert last.may_be_other(LOOK)
    clock.now = 10.0
    assert not last.may_be_other(replace(LOOK, nodes=(node("n1", "standby"),)))
    assert last.may_be_other(replace(LOOK, last_change="Tue Nov 24 16:00:10 2026 by root"))


def test_a_second_change_in_the_same_second_is_not_missed() -> None:
    """Two changes of one second are told by the same words, so that these do not vouch yet."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    last.may_be_other(LOOK)
    clock.now = 1.1
    assert last.may_be_other(LOOK)
    assert last.is_open
    clock.now = 2.0
    assert not last.may_be_other(LOOK)
    assert not last.is_open


def test_a_file_has_no_last_change_to_go_by() -> None:
    """There, whatever is different may come from another configuration; the clock alone does not."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    file = replace(LOOK, last_change="")
    last.may_be_other(file)
    clock.now = 10.0
    assert not last.may_be_other(replace(file, last_updated="later"))
    assert last.may_be_other(replace(file, nodes=(node("n1", "standby"),)))
