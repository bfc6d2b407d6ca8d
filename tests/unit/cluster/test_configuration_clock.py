"""Clock of the configuration: changes between two snapshots."""

from __future__ import annotations

from dataclasses import replace

from crmtui.cluster.configuration_clock import ConfigurationClock
from tests.unit.cluster_values import cluster, node


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


SNAPSHOT = replace(cluster(nodes=(node("n1"),)), last_change="Tue Nov 24 16:00:00 2026 by root")


def test_another_last_change_tells_of_another_configuration() -> None:
    """On a cluster the last change that crm_mon tells decides, and nothing else."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    assert last.may_be_other(SNAPSHOT)
    clock.now = 10.0
    assert not last.may_be_other(replace(SNAPSHOT, nodes=(node("n1", "standby"),)))
    assert last.may_be_other(replace(SNAPSHOT, last_change="Tue Nov 24 16:00:10 2026 by root"))


def test_a_second_change_in_the_same_second_is_not_missed() -> None:
    """Two changes of one second are told by the same words, so that these do not vouch yet."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    last.may_be_other(SNAPSHOT)
    clock.now = 1.1
    assert last.may_be_other(SNAPSHOT)
    assert last.is_open
    clock.now = 2.0
    assert not last.may_be_other(SNAPSHOT)
    assert not last.is_open


def test_a_file_has_no_last_change_to_go_by() -> None:
    """There, whatever is different may come from another configuration; the clock alone does not."""
    clock = _Clock()
    last = ConfigurationClock(clock)
    file = replace(SNAPSHOT, last_change="")
    last.may_be_other(file)
    clock.now = 10.0
    assert not last.may_be_other(replace(file, last_updated="later"))
    assert last.may_be_other(replace(file, nodes=(node("n1", "standby"),)))
