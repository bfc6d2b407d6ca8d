"""Of several questions one is asked at a time, and each is withdrawn by its own session only."""

from __future__ import annotations

from crmtui.backend.approval.sandbox_rules import SandboxPolicy
from crmtui.backend.gate.open_questions import OpenQuestions
from crmtui.backend.session.events import (
    HintGiven,
    LinesReturned,
    QuestionAsked,
    QuestionWithdrawn,
    SessionFailed,
)
from crmtui.backend.session.session import CrmSession
from crmtui.backend.targets.live import LiveTarget
from crmtui.crmsh.prompt import CrmQuestion
from crmtui.errors import CrmtuiError


def session() -> CrmSession:
    """Return a session that is never started."""
    return CrmSession(LiveTarget(), SandboxPolicy("live"), lambda _event: None)


def asks(text: str) -> QuestionAsked:
    """Return a question."""
    return QuestionAsked(CrmQuestion(text, "yes_no", ("y", "n")))


def test_the_second_question_is_asked_when_the_first_is_over() -> None:
    """A question waits while another is asked, and follows it."""
    first, second, questions = session(), session(), OpenQuestions()
    mine, other = asks("first? "), asks("second? ")
    assert questions.hear(first, mine) == [(first, mine)]
    assert questions.hear(second, other) == []
    withdrawn = QuestionWithdrawn()
    assert questions.hear(first, withdrawn) == [(first, withdrawn), (second, other)]
    assert questions.asked == (second, other)


def test_a_question_that_waits_is_withdrawn_without_a_word() -> None:
    """The question that is asked stays, whatever another session withdraws or ends with."""
    first, second, questions = session(), session(), OpenQuestions()
    mine = asks("first? ")
    failed = SessionFailed(CrmtuiError("crm keeps dying."))
    questions.hear(first, mine)
    questions.hear(second, asks("second? "))
    assert questions.hear(second, QuestionWithdrawn()) == []
    assert questions.hear(second, failed) == [(second, failed)]
    assert questions.asked == (first, mine)


def test_lines_behind_the_one_that_asks_withdraw_nothing() -> None:
    """Lines that come back, and what else is told, leave the question open."""
    asking, questions = session(), OpenQuestions()
    mine = asks("first? ")
    questions.hear(asking, mine)
    for event in (LinesReturned(("status",), "They were not sent."), HintGiven("Look.")):
        assert questions.hear(asking, event) == [(asking, event)]
    assert questions.asked == (asking, mine)


def test_a_question_that_is_asked_again_takes_its_own_place() -> None:
    """A session that did not take an answer asks again, before those that wait."""
    first, second, questions = session(), session(), OpenQuestions()
    mine, other, again = asks("first? "), asks("second? "), asks("first, really? ")
    questions.hear(first, mine)
    questions.hear(second, other)
    assert questions.hear(first, again) == [(first, again)]
    assert questions.asked == (first, again)


def test_the_end_of_a_session_withdraws_its_question() -> None:
    """The reason of the session's end is told first, then that nothing is asked any more."""
    asking, questions = session(), OpenQuestions()
    failed = SessionFailed(CrmtuiError("crm keeps dying."))
    questions.hear(asking, asks("first? "))
    assert questions.hear(asking, failed) == [(asking, failed), (asking, QuestionWithdrawn())]
    assert questions.asked is None
