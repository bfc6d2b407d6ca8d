"""Requests take turns; what gives way or is not wanted any more is ended."""

from __future__ import annotations

import threading

import pytest

from crmtui.backend.process.cancellation import Cancellation, ForecastQueue, heeded, heeding
from crmtui.errors import Cancelled

SECONDS = 20.0


class Worker:
    """Works in its own turn, until it is ended or told to stop."""

    def __init__(self, turns: ForecastQueue, cancellation: Cancellation) -> None:
        self._turns = turns
        self._cancellation = cancellation
        self.began = threading.Event()
        self.stop = threading.Event()
        self.is_cancelled = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._turns.turn(self._cancellation):
                self.began.set()
                with self._cancellation.ending(self.stop.set):
                    self.stop.wait(SECONDS)
        except Cancelled:
            self.is_cancelled = True

    def ends(self) -> bool:
        """Wait for its end."""
        self._thread.join(SECONDS)
        return not self._thread.is_alive()


def test_what_gives_way_is_ended_by_any_other() -> None:
    """A request that gives way does not hold another up; one that does not is waited for."""
    turns = ForecastQueue()
    first = Worker(turns, Cancellation(gives_way=True))
    assert first.began.wait(SECONDS)
    second = Worker(turns, Cancellation())
    assert second.began.wait(SECONDS)
    assert first.ends()
    assert first.is_cancelled

    third = Worker(turns, Cancellation())
    assert not third.began.is_set()
    second.stop.set()
    assert third.began.wait(SECONDS)
    assert not second.is_cancelled
    third.stop.set()
    assert third.ends()


def test_one_that_is_not_wanted_never_begins() -> None:
    """A request that was ended while it waited does not begin, and lets the next one begin."""
    turns = ForecastQueue()
    first = Worker(turns, Cancellation())
    assert first.began.wait(SECONDS)
    unwanted = Cancellation()
    second = Worker(turns, unwanted)
    unwanted.cancel()
    first.stop.set()
    assert second.ends()
    assert second.is_cancelled
    assert not second.began.is_set()
    third = Worker(turns, Cancellation(gives_way=True))
    assert third.began.wait(SECONDS)
    third.stop.set()
    assert third.ends()


def test_nobody_begins_once_it_is_closed() -> None:
    """Closing ends what works, and lets nobody else begin."""
    turns = ForecastQueue()
    first = Worker(turns, Cancellation())
    assert first.began.wait(SECONDS)
    assert turns.close(SECONDS)
    assert first.ends()
    with pytest.raises(Cancelled), turns.turn(Cancellation()):
        pytest.fail("it began")


def test_one_that_waits_for_its_turn_is_ended_at_once() -> None:
    """A request that is ended while another works does not wait for that one."""
    turns = ForecastQueue()
    first = Worker(turns, Cancellation())
    assert first.began.wait(SECONDS)
    for gives_way in (True, False):
        unwanted = Cancellation(gives_way=gives_way)
        second = Worker(turns, unwanted)
        unwanted.cancel()
        assert second.ends()
        assert second.is_cancelled
    assert not first.stop.is_set()
    first.stop.set()
    assert first.ends()


def test_all_that_is_waited_for_is_ended() -> None:
    """A wait within another one is ended with it, and once only."""
    ended: list[str] = []
    cancellation = Cancellation(reason="It is enough.")

    def wait() -> None:
        outer, inner = (lambda: ended.append("outer")), (lambda: ended.append("inner"))
        with cancellation.ending(outer):
            with cancellation.ending(lambda: ended.append("over")):
                pass
            with cancellation.ending(inner):
                cancellation.cancel()

    with pytest.raises(Cancelled, match="It is enough"):
        wait()
    assert ended == ["outer", "inner"]
    assert cancellation.was_heard


def test_what_a_thread_heeds_is_its_own() -> None:
    """A cancellation of one thread's waits ends none of another, nor those behind it."""
    mine = Cancellation()
    found: list[Cancellation] = []
    with heeding(mine):
        assert heeded() is mine
        other = threading.Thread(target=lambda: found.append(heeded()))
        other.start()
        other.join(SECONDS)
    assert found
    assert found[0] is not mine
    assert heeded() is not mine


def test_one_that_is_interrupted_while_it_waits_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C in the wait for a turn leaves nothing behind that what gives way would wait for."""
    turns = ForecastQueue()

    def interrupted(_is_true: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(turns._changed, "wait_for", interrupted)
        with pytest.raises(KeyboardInterrupt), turns.turn(Cancellation()):
            pytest.fail("it began")
    after = Worker(turns, Cancellation(gives_way=True))
    assert after.began.wait(SECONDS)
    after.stop.set()
    assert after.ends()
