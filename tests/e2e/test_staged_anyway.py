"""Lines that crm stages in spite of an error are told as such, counted, and replaced when corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.session.events import (
    CommandFinished,
    EditorWanted,
    HintGiven,
    LinesReturned,
    SessionReady,
)
from crmtui.backend.session.uncommitted.journal import kept
from tests.e2e.session_driver import SAFE, Driver, ScratchTarget, needs_crm, scratch_cib

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = needs_crm
DUMMY = "ocf:pacemaker:Dummy"


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Return a session in configure, whose uncommitted lines are kept in a journal."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    driver = Driver(ScratchTarget(scratch_cib(tmp_path)), is_kept=True)
    driver.session.start()
    driver.wait(SessionReady)
    driver.run("configure")
    yield driver
    driver.session.close()


def test_a_line_with_an_error_is_told_as_staged(crm: Driver) -> None:
    """Crm stages a primitive of an unknown agent, and the outcome says so beside the error."""
    reply = crm.run("primitive q1 Dummi")
    assert reply.has_errors
    assert reply.outcome == "staged"
    assert "q1" in crm.wait(HintGiven).text
    assert crm.session.staged == ("primitive q1 Dummi",)
    assert crm.session.uncommitted == 1
    assert crm.session.replaceable == {"q1"}


def test_a_line_with_an_error_that_stages_nothing_has_failed(crm: Driver) -> None:
    """A line that crm refused is no change that waits, whether or not others do."""
    reply = crm.run("set nosuch.ip 5")
    assert (reply.outcome, reply.staged) == ("failed", ())
    crm.run(f"primitive a {DUMMY}")
    assert crm.run("set a.nosuch 5").outcome == "failed"
    assert crm.run(f"primitive a {DUMMY}").outcome == "failed"
    assert crm.session.staged == (f"primitive a {DUMMY}",)
    assert crm.session.uncommitted == 1
    assert crm.session.replaceable == frozenset()


def test_what_takes_back_a_staged_line_is_done(crm: Driver) -> None:
    """A delete of the only object that waited has an effect, though nothing waits after it."""
    crm.run(f"primitive q5 {DUMMY}")
    reply = crm.run("delete q5")
    assert (reply.outcome, reply.staged) == ("done", ())
    for line in (SAFE, f"primitive a {DUMMY} params fake=x", "commit", "set a.fake y"):
        crm.run(line)
    assert crm.run("set a.fake x").outcome == "done"


def test_a_corrected_line_replaces_what_it_corrects(crm: Driver, tmp_path: Path) -> None:
    """The object that a failed line left is taken back in sight, and the count and journal are true."""
    crm.run(f"primitive a {DUMMY}")
    crm.run("primitive q1 Dummi")
    reply = crm.run(f"primitive q1 {DUMMY}")
    assert not reply.has_errors
    assert "delete q1" in reply.output
    assert reply.outcome == "done"
    assert crm.session.staged == (f"primitive a {DUMMY}", f"primitive q1 {DUMMY}")
    assert crm.session.uncommitted == 2
    assert crm.session.replaceable == frozenset()
    crm.session.close()
    assert [work.work.lines for work in kept("live scratch")] == [
        (f"primitive a {DUMMY}", f"primitive q1 {DUMMY}")
    ]


def test_the_only_line_is_corrected_twice(crm: Driver) -> None:
    """A correction that is wrong too is told as such, and the next one replaces it again."""
    crm.run("primitive q1 Dummi")
    assert crm.run("primitive q1 Dumy").outcome == "staged"
    assert crm.run(f"primitive q1 {DUMMY}").outcome == "done"
    assert crm.session.staged == (f"primitive q1 {DUMMY}",)
    assert crm.session.uncommitted == 1


def test_a_paste_goes_on_once_its_bad_line_is_corrected(crm: Driver) -> None:
    """The sixth of ten lines is wrong: the rest comes back and runs whole when that one is corrected."""
    lines = [f"primitive p{number} {DUMMY}" for number in range(10)]
    lines[5] = "primitive p5 Dummi"
    crm.session.submit("\n".join(lines))
    returned = crm.wait(LinesReturned).lines
    assert returned == tuple(lines[5:])
    corrected = [f"primitive p5 {DUMMY}", *returned[1:]]
    crm.session.submit("\n".join(corrected))
    replies = [crm.wait(CommandFinished).reply for _ in corrected]
    assert [reply.outcome for reply in replies] == ["done"] * 5
    assert crm.session.staged == (*lines[:5], *corrected)
    assert crm.session.uncommitted == 10


def test_a_line_that_was_not_wrong_replaces_nothing(crm: Driver) -> None:
    """An id of an object that was staged without an error, or changed since, stays taken."""
    crm.run("primitive q1 Dummi")
    crm.run("group g q1")
    assert crm.session.replaceable == frozenset()
    assert crm.run(f"primitive q1 {DUMMY}").outcome == "failed"


def test_objects_are_counted_instead_of_lines(crm: Driver) -> None:
    """An object staged and deleted again does not wait; one that changes twice counts once."""
    crm.run(f"primitive a {DUMMY}")
    crm.run(f"primitive b {DUMMY}")
    crm.run("set b.description text")
    crm.run("group g a")
    assert crm.session.uncommitted == 3
    crm.run("property no-quorum-policy=ignore")
    assert crm.session.uncommitted == 4
    crm.run("delete b")
    assert crm.session.uncommitted == 3
    crm.run("delete g a")
    assert crm.session.uncommitted == 1


def test_an_edited_object_counts_once(crm: Driver) -> None:
    """An object that an editor changes is one change, whatever waited before."""
    crm.run(f"primitive a {DUMMY}")
    crm.run(f"primitive b {DUMMY}")
    crm.run(SAFE)
    crm.run("commit")
    for _ in range(2):
        crm.session.submit("edit b")
        file = Path(crm.wait(EditorWanted).path)
        file.write_text(file.read_text().replace(DUMMY, f"{DUMMY} meta priority=1", 1))
        crm.session.editor_closed(succeeded=True)
        crm.wait(CommandFinished)
        assert crm.session.uncommitted == 1


def test_nothing_waits_once_all_is_deleted_again(crm: Driver) -> None:
    """Crm itself says that nothing is left to commit."""
    crm.run("primitive q1 Dummi")
    crm.run("delete q1")
    assert crm.session.uncommitted == 0
    assert crm.session.staged == ()
    crm.run(f"primitive q1 {DUMMY}")
    assert crm.session.uncommitted == 1


def test_what_is_not_known_is_not_counted(crm: Driver) -> None:
    """Below configure crm shows no configuration, so no number is claimed."""
    crm.run("template")
    crm.run("new web virtual-ip")
    crm.run("load web")
    crm.run("apply")
    assert crm.session.staged
    assert crm.session.uncommitted is None
