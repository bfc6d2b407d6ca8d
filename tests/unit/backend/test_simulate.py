"""Programs for a forecast that nobody waits for any more do not go on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import pytest

from crmtui.backend.process import run
from crmtui.backend.process.cancellation import Cancellation
from crmtui.backend.process.target import Invocation
from crmtui.backend.scheduler import simulate
from crmtui.backend.scheduler.simulate import SchedulerRuns
from crmtui.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import Target
    from crmtui.backend.scheduler.cib_copy import Copy


class _Hanging:
    """Stands in for a copy whose crm_simulate hangs."""

    folder = "/nowhere"

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Run something else."""
        return Invocation(("sh", "-c", "sleep 60", *argv), {**os.environ, **(env or {})})


def test_a_simulation_that_nobody_wants_is_ended_and_reaped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where it was given up before anybody waited for it: its program is no zombie."""
    children: list[run.Child] = []

    def start(target: Target, argv: Sequence[str]) -> run.Child:
        children.append(run.start(target, argv))
        return children[-1]

    monkeypatch.setattr(simulate, "start", start)
    cancellation = Cancellation()
    hanging = SchedulerRuns(cast("Copy", _Hanging()), "copy.xml", 60.0, cancellation)
    cancellation.cancel()

    with pytest.raises(Cancelled):
        hanging.outcome()
    assert [child.returncode for child in children] == [-9]
