"""Session with a crm that asks, waits and dies on command."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.tree import started_by_crm
from crmtui.backend.session.events import (
    CommandFinished,
    EditorWanted,
    HintGiven,
    LinesReturned,
    OutputArrived,
    QuestionAsked,
    QuestionWithdrawn,
    SessionDied,
    SessionFailed,
    SessionStarted,
)
from crmtui.backend.session.listening import listening
from crmtui.errors import ClusterUnavailable
from tests.e2e.session_driver import (
    Driver,
    ScratchTarget,
    crm_pid,
    fake_target,
    is_sleeping,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "kind", "answer", "end"),
    [
        ("yes", "yes_no", "y", "got y\n"),
        ("far", "yes_no", "n", "got n\n"),
        ("cancel", "yes_no_cancel", "N", "got N\n"),
        ("literal", "typed_yes", "Yes", "got Yes\n"),
        ("enter", "enter", "", "got ''\n"),
        ("host_key", "value", "yes", "got yes\n"),
        ("value", "value", "10.0.0.2", "got 10.0.0.2\n"),
        ("port", "value", "5405", "got 5405\n"),
    ],
)
def test_every_kind_of_question_is_asked_once_and_answered(
    fake: Driver, line: str, kind: str, answer: str, end: str
) -> None:
    """The question, its answer and what follows stand in the output in the order of a terminal."""
    asked = fake.ask(line).question
    assert asked.kind == kind
    output = fake.answer(answer).output
    assert output.endswith(f"{asked.text}{answer}\n{end}")
    assert output.count(asked.text) == 1


def test_a_password_is_never_told(fake: Driver) -> None:
    """A hidden question is known by the terminal, and its answer is in no event."""
    assert fake.ask("password").question.kind == "password"
    assert fake.answer("hunter2").output == "Secret of n2: \ngot 7\n"
    assert "hunter2" not in repr(fake.seen)


def test_a_question_that_was_none_is_withdrawn(fake: Driver) -> None:
    """An unfinished line that goes on after all takes its question back."""
    fake.ask("false_alarm")
    fake.wait(QuestionWithdrawn)
    assert fake.wait(CommandFinished).reply.output == "Installing done\n"


def test_an_unfinished_line_that_nobody_reads_behind_is_no_question(fake: Driver) -> None:
    """While crm works on in silence nothing can be answered, which its prompt would run later."""
    output = fake.run("busy").output
    assert output == "Installing done\n"
    assert not [event for event in fake.seen if isinstance(event, QuestionAsked)]


def test_an_answer_that_nobody_reads_is_not_sent(fake: Driver) -> None:
    """If the reader of an answer has gone, the question is asked again; nothing is typed ahead."""
    asked = fake.ask("deserted").question
    until(lambda: not started_by_crm(crm_pid()))
    fake.session.answer("early")
    fake.wait(HintGiven)
    assert fake.wait(QuestionAsked).question == asked
    until(lambda: listening(crm_pid()) == "yes")
    assert fake.answer("5405").output.endswith("got 5405\n")
    assert fake.run("noeol").output == "timeout=60s"


def test_a_question_comes_back_after_what_is_no_answer(fake: Driver) -> None:
    """An answer puts the question away, so it is asked again."""
    asked = fake.ask("yes").question
    fake.session.answer("maybe")
    assert "y, n" in fake.wait(HintGiven).text
    assert fake.wait(QuestionAsked).question == asked
    assert fake.answer("y").output.endswith("got y\n")


def test_an_error_returns_the_rest_of_what_was_pasted(fake: Driver) -> None:
    """Lines of one text run in order up to an error; lines submitted apart go on."""
    fake.session.submit("noeol\n\nwrong\nhuge\nslow\n")
    fake.session.submit("noeol")
    lines = [fake.wait(CommandFinished).reply.line for _ in range(2)]
    assert lines == ["noeol", "wrong"]
    assert fake.wait(LinesReturned).lines == ("wrong", "huge", "slow")
    assert fake.wait(CommandFinished).reply.line == "noeol"


def test_a_text_without_a_line_is_an_empty_line(fake: Driver) -> None:
    """A line of control characters only gets a reply like any other."""
    assert fake.run("\x03\n").output == ""


def test_a_question_that_a_background_job_talks_into_stays_open(fake: Driver) -> None:
    """Output behind a question withdraws it, but it comes back, since it still waits."""
    fake.ask("nagged")
    fake.wait(QuestionWithdrawn)
    assert fake.wait(QuestionAsked).question.kind == "yes_no"
    assert fake.answer("y").output.endswith("got y\n")


def test_a_cancellable_question_is_cancelled_by_an_interrupt(fake: Driver) -> None:
    """Ctrl-C at a y/n/c question stays where the user is."""
    fake.ask("cancel")
    fake.session.interrupt()
    assert fake.wait(CommandFinished).reply.output.endswith("got c\n")


def test_an_interrupt_ends_a_program_and_spares_crm(fake: Driver) -> None:
    """The program dies of SIGINT, the command says so, and the session goes on."""
    fake.session.submit("slow")
    until(is_sleeping)
    fake.session.interrupt()
    assert fake.wait(CommandFinished).reply.output == "ended with -2\n"
    assert fake.run("noeol").output == "timeout=60s"


def test_an_interrupt_works_where_we_were_started_deaf_to_it(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver]
) -> None:
    """Started by a script in the background, crmtui ignores SIGINT; what crm starts does not."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        driver = drive(fake_target(tmp_path))
    finally:
        signal.signal(signal.SIGINT, before)
    driver.session.submit("slow")
    until(is_sleeping)
    driver.session.interrupt()
    assert driver.wait(CommandFinished).reply.output == "ended with -2\n"


def test_crm_itself_is_never_interrupted(fake: Driver) -> None:
    """With nothing to interrupt but crm, only a user who was told so and insists ends it."""
    fake.session.submit("deaf")
    fake.session.interrupt()
    assert "wait" in fake.wait(HintGiven).text
    assert fake.session.phase == "running"
    fake.session.interrupt()
    assert fake.wait(SessionDied).line == "deaf"
    fake.wait(SessionStarted)
    assert fake.run("noeol").output == "timeout=60s"


def test_a_prompt_in_the_middle_of_a_command_does_not_end_it(fake: Driver) -> None:
    """Text that looks like a prompt is text as long as nobody reads the terminal."""
    output = fake.run("inside").output
    assert output == "crm(live/n1)# " * 3 + "that was text\n"


def test_output_behind_the_prompt_is_told_and_disturbs_nothing(fake: Driver) -> None:
    """Later output of a background job is shown, and not taken for output of the next line."""
    assert fake.run("late").output == ""
    assert fake.wait(OutputArrived).text == "the cluster has started\n"
    assert fake.run("noeol").output == "timeout=60s"


def test_a_prompt_that_was_printed_over_is_found(fake: Driver) -> None:
    """The session does not wait for ever when something follows the prompt at once."""
    assert "Waiting for the cluster" in fake.run("at_once").output


def test_five_megabytes_pass_quickly_and_whole(fake: Driver) -> None:
    """The time for huge output grows with its size only."""
    reply = fake.run("huge")
    assert len(reply.output) == 5_300_001
    assert reply.output.endswith("x" * 100 + "\n")
    assert reply.seconds < 5


def test_text_cannot_pose_as_the_editor(fake: Driver) -> None:
    """Only crm's own editor knows the word that makes the application open a file."""
    reply = fake.run("spoof")
    assert not [event for event in fake.seen if isinstance(event, EditorWanted)]
    assert "\x1b" not in reply.output


def test_lines_behind_a_death_are_returned(fake: Driver) -> None:
    """Lines still to be sent come back with the exit status instead of running blindly."""
    # Together: crm may die before a second one comes.
    fake.session.submit("exits\nyes")
    died = fake.wait(SessionDied)
    assert died.reason == "crm ended with exit status 3."
    assert (died.line, died.unsent) == ("exits", ("yes",))
    fake.wait(SessionStarted)


@pytest.mark.parametrize(
    "failure", [ClusterUnavailable("The copy is ill."), FileNotFoundError("The copy is ill.")]
)
def test_a_failure_after_the_command_is_part_of_its_output(
    fake: Driver, failure: Exception
) -> None:
    """If the target cannot do what has to follow, the reply says so as an error."""
    fake.target.failure = failure
    reply = fake.run("noeol")
    assert reply.output == "timeout=60s\nERROR: The copy is ill.\n"
    assert reply.has_errors


def test_a_defect_ends_crm_with_a_sentence_and_not_the_session(fake: Driver) -> None:
    """An unforeseen error is told with the lines that were lost, and crm can be started."""
    fake.target.failure = ZeroDivisionError("nobody has foreseen this")
    fake.session.submit("noeol\nhuge")
    died = fake.wait(SessionDied)
    assert "nobody has foreseen this" in died.reason
    assert (died.line, died.unsent, died.will_restart) == ("noeol", ("huge",), False)
    assert "nobody has foreseen this" in fake.wait(SessionFailed).error.what
    fake.target.failure = None
    fake.session.start()
    fake.wait(SessionStarted)
    assert fake.run("noeol").output == "timeout=60s"


def test_half_a_pair_of_utf_16_goes_out_as_a_question_mark(fake: Driver) -> None:
    """A surrogate, which has no bytes in UTF-8, spoils its own place in an answer only."""
    fake.ask("value")
    assert fake.answer("a\udc80b").output.endswith("got a?b\n")


def test_a_line_starts_a_crm_that_had_failed(tmp_path: Path) -> None:
    """After a failed start a line tries again and runs, but not more than three times a minute."""
    fake_target(tmp_path)
    program = (tmp_path / "crm").rename(tmp_path / "later")
    driver = Driver(ScratchTarget(tmp_path, path=str(tmp_path)))
    driver.session.start()
    driver.wait(SessionFailed)
    for _ in range(2):
        driver.session.submit("noeol")
        driver.wait(SessionFailed)
    program.rename(tmp_path / "crm")
    assert driver.run("noeol").output == "timeout=60s"
    driver.session.submit("exits")
    assert not driver.wait(SessionDied).will_restart
    driver.wait(SessionFailed)
    driver.session.submit("noeol")
    assert driver.wait(LinesReturned).lines == ("noeol",)
    driver.session.close()


def test_a_crm_that_dies_before_its_prompt_has_failed(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver]
) -> None:
    """A crm that cannot start is not started again and again; its words are the hint."""
    program = tmp_path / "crm"
    program.write_text("#!/bin/sh\necho no log for you >&2\nexit 4\n")
    program.chmod(0o755)
    driver = Driver(ScratchTarget(tmp_path, path=f"{tmp_path}:{os.environ['PATH']}"))
    driver.session.start()
    error = driver.wait(SessionFailed).error
    assert error.what == "crm did not start: exit status 4."
    assert "no log for you" in error.hint
    driver.session.close()
