"""Prompt for an approval on a bare terminal: it asks as the screen does, and never waits in silence."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.shell import approval_prompt
from crmtui.shell.approval_prompt import ApprovalPrompt
from crmtui.shell.interrupts import CtrlC
from tests.unit.backend.test_gate import CALM, LOSS, MOVES, Nowhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.forecast.model import Forecast

REQUEST = ChangeRequest(("resource stop web",))


class Terminal:
    """Bare terminal with a user who gives one answer."""

    def __init__(self, forecast: Callable[[], Forecast], answer: str = "", ahead: str = "") -> None:
        self.shown: list[str] = []
        self.notes: list[str] = []
        self.asked: list[str] = []
        self.has_noted = threading.Event()
        self._answer = answer
        self._ahead = ahead
        self.given_back: list[str] = []
        gate = SimpleNamespace(forecast=lambda *_given: forecast())
        self._dispatcher = SimpleNamespace(gate=gate, masked=str)

    def approval(self, ctrl_c: CtrlC | None = None) -> Approval | None:
        """Return the answer to the request."""
        prompt = ApprovalPrompt(
            Nowhere(),
            cast("CommandDispatcher", self._dispatcher),
            lambda: None,
            self._ask,
            ctrl_c or CtrlC(lambda: None),
            show=self.shown.append,
            note=self._note,
            typed_ahead=lambda: self._ahead,
            give_back=self.given_back.extend,
        )
        return prompt.approval_for(REQUEST)

    def _note(self, text: str) -> None:
        self.notes.append(text)
        self.has_noted.set()

    def _ask(self, question: CrmQuestion) -> str:
        self.asked.append(question.text)
        return self._answer


@pytest.mark.parametrize(
    ("forecast", "answer", "word", "is_given"),
    [
        (CALM, "", "", True),
        (MOVES, "y", "y", True),
        (MOVES, "n", "y", False),
        (LOSS, "y", "n1", False),
        (LOSS, "n1", "n1", True),
    ],
)
def test_the_forecast_decides(forecast: Forecast, answer: str, word: str, is_given: bool) -> None:
    """A line that moves nothing is noted and runs; all else is shown, and asked for by its word."""
    terminal = Terminal(lambda: forecast, answer)

    assert (terminal.approval() is not None) is is_given

    assert terminal.asked == ([f"Type {word} to run it, anything else not to: "] if word else [])
    assert terminal.notes == ([] if word else ["Forecast: nothing moves."])
    assert [text.splitlines()[:2] for text in terminal.shown] == (
        [["Run on LIVE n1?", "    crm resource stop web"]] if word else []
    )


def test_text_typed_ahead_is_no_answer() -> None:
    """It was typed before anybody could read the question; it comes back for the next prompt."""
    terminal = Terminal(lambda: LOSS, answer="", ahead="n1\nnode show")

    assert terminal.approval() is None
    assert terminal.asked
    assert terminal.given_back == ["n1", "node show"]
    assert "no answer" in terminal.notes[0]


def test_a_late_forecast_is_said_to_be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to guess what the shell waits for, nor which key ends that."""
    monkeypatch.setattr(approval_prompt, "LATE_SECONDS", 0.0)

    def forecast() -> Forecast:
        assert terminal.has_noted.wait(20)
        return CALM

    terminal = Terminal(forecast)

    assert terminal.approval() is not None
    assert terminal.notes[0].endswith("Ctrl-C cancels.")


def test_ctrl_c_does_not_wait_for_the_forecast() -> None:
    """The lines are not run, and nothing is asked."""
    ctrl_c, is_over = CtrlC(lambda: None), threading.Event()

    def forecast() -> Forecast:
        ctrl_c._note(0, None)  # as the signal handler does
        assert is_over.wait(20)
        return CALM

    terminal = Terminal(forecast)

    assert terminal.approval(ctrl_c) is None
    is_over.set()
    assert terminal.asked == []
