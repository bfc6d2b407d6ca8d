"""A crm beside the warm one: what it tells never changes what the warm one shows or asks."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING, TypeVar

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.session.events import (
    CommandFinished,
    HintGiven,
    QuestionAsked,
    QuestionWithdrawn,
    SessionEvent,
    SessionReady,
    SideSession,
)
from crmtui.forecast.model import Forecast
from tests.e2e.session_driver import DEADLINE, fake_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Event = TypeVar("Event", bound=SessionEvent)


class SideSessionDriver:
    """A dispatcher with a fake crm, and the events that come of it."""

    def __init__(self, folder: Path) -> None:
        target = fake_target(folder)
        self.gate = Gate(target, is_attended=False)
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.dispatcher = CommandDispatcher(target, self.gate, self.events.put)

    def wait(self, kind: type[Event], *, is_side_session: bool = False) -> Event:
        """Return the next event of this kind, of the warm crm or of one beside it."""
        end = time.monotonic() + DEADLINE
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            told = event.event if isinstance(event, SideSession) else event
            if isinstance(told, kind) and isinstance(event, SideSession) == is_side_session:
                return told

    def press(self, line: str) -> None:
        """Run a line as a key does, while the warm crm is not idle."""
        request = ChangeRequest((line,), origin="key")
        self.dispatcher.submit_at_root(Approval(request, Forecast(line, "")))

    def close(self) -> None:
        """End all of it."""
        self.dispatcher.close()
        self.gate.close()


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[SideSessionDriver]:
    """Return a driver whose fake crm is at its prompt."""
    made = SideSessionDriver(tmp_path)
    made.dispatcher.start()
    made.wait(SessionReady)
    yield made
    made.close()


def test_a_question_stays_open_while_another_crm_runs_a_line(driver: SideSessionDriver) -> None:
    """The warm crm still asks when the line of a key has run beside it, and takes its answer."""
    driver.dispatcher.submit("yes")
    question = driver.wait(QuestionAsked).question
    driver.press("noeol")
    assert driver.wait(CommandFinished, is_side_session=True).reply.line == "noeol"
    rest = [driver.events.get() for _ in range(driver.events.qsize())]
    assert all(isinstance(event, SideSession) for event in rest), rest
    driver.dispatcher.answer("y", question)
    assert driver.wait(CommandFinished).reply.output.endswith("got y\n")


def test_two_questions_are_asked_one_after_the_other(driver: SideSessionDriver) -> None:
    """The question of the other crm comes when the first is answered, and not when that line ends."""
    driver.dispatcher.submit("yes")
    first = driver.wait(QuestionAsked).question
    driver.press("cancel")
    driver.press("noeol")
    driver.wait(CommandFinished, is_side_session=True)
    driver.dispatcher.answer("n", first)
    driver.wait(QuestionWithdrawn)
    second = driver.wait(QuestionAsked, is_side_session=True).question
    assert second.kind == "yes_no_cancel"
    driver.dispatcher.answer("y", second)
    assert driver.wait(CommandFinished, is_side_session=True).reply.output.endswith("got y\n")


def test_an_answer_is_no_answer_to_another_question(driver: SideSessionDriver) -> None:
    """An answer that comes too late for its question is not given to the one that came after it."""
    driver.dispatcher.submit("yes")
    first = driver.wait(QuestionAsked).question
    driver.dispatcher.answer("n", first)
    driver.wait(CommandFinished)
    driver.dispatcher.submit("cancel")
    second = driver.wait(QuestionAsked).question
    driver.dispatcher.answer("y", first)
    assert "not asked any more" in driver.wait(HintGiven).text
    assert driver.wait(QuestionAsked).question is second
    driver.dispatcher.answer("c", second)
    assert driver.wait(CommandFinished).reply.output.endswith("got c\n")
