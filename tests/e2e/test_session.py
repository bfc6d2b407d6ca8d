"""Session with the real crm on a scratch CIB: levels, questions, editor, death, gate."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.session.events import (
    CommandFinished,
    EditorWanted,
    HintGiven,
    LinesReturned,
    QuestionAsked,
    QuitRequested,
    SessionDied,
    SessionFailed,
    SessionStarted,
)
from tests.e2e.session_driver import (
    SAFE,
    Driver,
    ScratchTarget,
    crm_pid,
    needs_crm,
    scratch_cib,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@needs_crm
def test_levels_and_output_pass_through(crm: Driver) -> None:
    """The prompt follows the level, and the output comes without prompt, echo and colours."""
    assert crm.level == ""
    assert crm.run("configure").prompt.level == ("configure",)
    assert crm.run(SAFE).output == ""
    reply = crm.run("show")
    assert reply.output.startswith("node 1: n1\nnode 2: n2\nproperty ")
    assert not reply.has_errors
    assert crm.run("ra").prompt.text.endswith(")configure ra# ")
    reply = crm.run("nonsense")
    assert reply.output == "ERROR: configure.ra.nonsense: No such command\n"
    assert reply.has_errors
    assert crm.target.commands == 5


@needs_crm
def test_lists_fit_the_columns(crm: Driver) -> None:
    """Lists are laid out for the width of the pane, not of its terminal."""
    lines = crm.run("ls").output.splitlines()
    assert 40 < max(len(line) for line in lines) <= 100


@needs_crm
def test_a_line_that_leaves_changes_behind_is_held_back(crm: Driver) -> None:
    """Stay keeps everything, no discards, yes commits; only then crm leaves the level."""
    crm.run("configure")
    crm.run(SAFE)
    assert crm.run("primitive p1 Dummy").staged == (SAFE, "primitive p1 Dummy")
    assert crm.ask("up").question.kind == "yes_no_cancel"
    crm.session.submit("status")
    reply = crm.answer("c")
    assert (reply.prompt.level, reply.staged) == (("configure",), (SAFE, "primitive p1 Dummy"))
    assert reply.outcome == "no effect"
    assert [e.lines for e in crm.seen if isinstance(e, LinesReturned)] == [("status",)]
    crm.ask("up")
    reply = crm.answer("n")
    assert (reply.prompt.level, reply.staged) == ((), ())
    assert "p1" not in crm.target.cib.read_text()
    crm.run("configure")
    crm.run(SAFE)
    crm.run("primitive p2 Dummy")
    crm.ask("up")
    assert crm.answer("y").prompt.level == ()
    assert 'id="p2"' in crm.target.cib.read_text()


@needs_crm
def test_changes_are_not_lost_from_a_sublevel(crm: Driver) -> None:
    """Quit from below configure commits first, then the application is asked to end."""
    for line in ("configure", SAFE, "primitive p1 Dummy", "ra"):
        crm.run(line)
    crm.ask("quit")
    reply = crm.answer("y")
    crm.wait(QuitRequested)
    assert (reply.prompt.level, crm.session.phase) == ((), "idle")
    assert 'id="p1"' in crm.target.cib.read_text()


@needs_crm
def test_quit_at_root_is_the_applications_to_decide(crm: Driver) -> None:
    """A quit is not sent to crm, which goes on."""
    crm.session.submit("quit")
    crm.wait(QuitRequested)
    assert crm.run("ls").output


@needs_crm
def test_a_question_of_crm_is_passed_on_and_answered(crm: Driver) -> None:
    """Refresh asks; its answer is one of the choices, and words of a command are refused."""
    for line in ("configure", SAFE, "primitive p1 Dummy"):
        crm.run(line)
    asked = crm.ask("refresh").question
    assert (asked.kind, asked.choices) == ("yes_no", ("y", "n"))
    crm.session.submit("show")
    crm.session.answer("node standby n1")
    crm.wait(HintGiven)
    crm.session.interrupt()
    crm.wait(HintGiven)
    reply = crm.answer("n")
    assert (reply.outcome, reply.staged) == ("no effect", (SAFE, "primitive p1 Dummy"))
    shown = crm.wait(CommandFinished).reply
    assert shown.line == "show"
    assert "primitive p1 Dummy" in shown.output
    crm.ask("refresh")
    reply = crm.answer("y")
    assert (reply.outcome, reply.staged) == ("done", ())


@needs_crm
def test_a_commit_that_is_declined_keeps_the_changes(crm: Driver) -> None:
    """A commit may be doubted by crm; a no to that leaves user and changes where they were."""
    for line in ("configure", "property stonith-enabled=true", "primitive p1 IPaddr2"):
        crm.run(line)
    crm.ask("up")
    crm.session.answer("y")
    assert "still want to commit" in crm.wait(QuestionAsked).question.text
    reply = crm.answer("n")
    assert reply.prompt.level == ("configure",)
    assert reply.staged == ("property stonith-enabled=true", "primitive p1 IPaddr2")


@needs_crm
def test_files_are_edited_by_the_application(crm: Driver) -> None:
    """A file is handed over by crm, which waits and takes what was written, or drops it."""
    for line in ("configure", SAFE, "primitive p1 Dummy"):
        crm.run(line)
    for succeeded, shown in ((False, "primitive p1 Dummy\n"), (True, "primitive p1 Stateful\n")):
        crm.session.submit("edit p1")
        path = Path(crm.wait(EditorWanted).path)
        assert crm.session.phase == "editing"
        path.write_text(path.read_text().replace("Dummy", "Stateful"))
        crm.session.editor_closed(succeeded)
        assert crm.wait(CommandFinished).reply.output == ""
        assert crm.run("show p1").output == shown


@needs_crm
def test_a_killed_crm_is_started_again_at_its_level(crm: Driver) -> None:
    """Death is told, and the next crm stands where the last one did, with its uncommitted lines."""
    for line in ("configure", SAFE, "ra"):
        crm.run(line)
    os.kill(crm_pid(), signal.SIGKILL)
    died = crm.wait(SessionDied)
    assert died.reason == "crm ended with signal SIGKILL."
    assert (died.level, died.staged, died.will_restart) == (("configure", "ra"), (SAFE,), True)
    assert "staged again" in crm.wait(HintGiven).text
    replies = [event.reply for event in crm.seen if isinstance(event, CommandFinished)]
    assert [reply.line for reply in replies[-2:]] == [SAFE, "ra"]
    assert (crm.level, crm.session.staged) == ("configure ra", (SAFE,))
    assert "no-quorum-policy=ignore" in crm.run("up").output + crm.run("show").output


@needs_crm
def test_a_crm_that_keeps_dying_is_given_up(crm: Driver) -> None:
    """After three restarts within a minute the session fails, and can be started by hand."""
    for _ in range(3):
        os.kill(crm_pid(), signal.SIGKILL)
        crm.wait(SessionStarted)
    os.kill(crm_pid(), signal.SIGKILL)
    assert not crm.wait(SessionDied).will_restart
    crm.wait(SessionFailed)
    assert crm.session.phase == "dead"
    crm.session.submit("status")
    returned = crm.wait(LinesReturned)
    assert returned.lines == ("status",)
    assert "keeps dying" in returned.reason
    crm.session.start()
    crm.wait(SessionStarted)
    assert crm.run("ls").output


@needs_crm
@pytest.mark.parametrize("line", ["cd ../cluster", "cluster"])
def test_the_gate_asks_where_crm_is_when_a_line_is_sent(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver], line: str
) -> None:
    """In a sandbox a queued line is judged by the level it runs at, and those behind it return."""
    driver = drive(ScratchTarget(scratch_cib(tmp_path), kind="sandbox"))
    driver.run("node")
    driver.session.submit("up" if line == "cluster" else "ls")
    for each in (line, "status", "ls"):
        driver.session.submit(each)
    returned = driver.wait(LinesReturned)
    assert returned.lines == ("status", "ls")
    assert "outside of the CIB" in returned.reason
    assert driver.level == "cluster"
    driver.run("up")
    assert "n1" in driver.run("status").output


@needs_crm
def test_a_word_that_crm_would_guess_is_not_sent(crm: Driver) -> None:
    """A typing error runs nothing, and a quit in short does not lose what is uncommitted."""
    crm.run("configure")
    crm.run(SAFE)
    for line in ("q", "sav x", "QUIT"):
        crm.session.submit(line)
        assert crm.wait(LinesReturned).lines == (line,)
    assert crm.run("show").staged == (SAFE,)


@needs_crm
@pytest.mark.parametrize(
    ("line", "is_staged"),
    [
        ("delete backup nosuch", True),
        ("group g nope", True),
        ("primitive x", False),
        ("delete nosuch", False),
    ],
)
def test_after_an_error_crm_is_asked_what_is_uncommitted(
    crm: Driver, line: str, is_staged: bool
) -> None:
    """A line with an error counts if crm took a part of it, and the asking leaves no trace."""
    for each in ("configure", SAFE, "primitive backup Dummy", "commit"):
        assert crm.run(each).prompt.level == ("configure",)
    reply = crm.run(line)
    assert reply.staged == ((line,) if is_staged else ())
    assert "ERROR" in reply.output
    assert "dropped" not in reply.output
    assert not [event for event in crm.seen if isinstance(event, QuestionAsked)]
    assert ("backup" in crm.run("show").output) is (line != "delete backup nosuch")
    if is_staged:
        crm.ask("up")
        crm.answer("n")
    else:
        crm.run("up")
    assert crm.level == ""
    assert 'id="backup"' in crm.target.cib.read_text()
