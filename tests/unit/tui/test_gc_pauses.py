"""Moments at which garbage is collected."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from crmtui.tui.textual_ext import gc_pauses
from crmtui.tui.textual_ext.gc_pauses import GcPauses

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A collector that begins, in which a full collection is always due; what it took in full."""
    taken: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            taken.append(1)

    monkeypatch.setattr(gc_pauses, "_DUE", 0)
    threshold = gc.get_threshold()
    gc.callbacks.append(note)
    yield taken
    gc.callbacks.remove(note)
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_at_rest_a_full_collection_is_taken(full: list[int]) -> None:
    """A user who has pressed no key for two seconds does not notice."""
    clock = _Clock()
    kept = GcPauses(clock)
    kept.begin()
    clock.now = 2.0
    kept.tick()
    assert full


def test_no_full_collection_while_somebody_types(full: list[int]) -> None:
    """A key that was pressed a moment ago is followed by another one."""
    clock = _Clock()
    kept = GcPauses(clock)
    kept.begin()
    clock.now = 10.0
    kept.key()
    clock.now = 11.5
    kept.tick()
    assert not full


def test_python_takes_one_by_itself_only_when_that_is_overdue(full: list[int]) -> None:
    """Memory is bounded, however long somebody types."""
    GcPauses().begin()
    assert gc.isenabled()
    assert gc.get_threshold()[2] > 10
    assert not full
