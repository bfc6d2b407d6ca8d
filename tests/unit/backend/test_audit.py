"""The action log hears what came of each change, from the sessions and from what follows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_entry import to_script, to_text
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.session.events import (
    ChangeBegan,
    ChangeCalledOff,
    CommandFinished,
    CrmReply,
    LinesReturned,
    SessionDied,
)
from crmtui.cib.version import CibVersion
from crmtui.crmsh.prompt import CrmPrompt
from crmtui.forecast.model import Forecast

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.backend.gate.audit_entry import AuditEntry
    from crmtui.backend.session.outcome import Outcome

CONFIGURE = CrmPrompt("live", "n1", ("configure",))
BEGAN = ChangeBegan(CONFIGURE, ("primitive x Dummy", "commit"), None, CibVersion(0, 4, 1))


class Speaker:
    """A session that knows no secrets."""

    def masked(self, line: str) -> str:
        """Return all of it."""
        return line


@dataclass
class Scene:
    """A session, what records it, and the version of the CIB that the session has seen."""

    log: AuditLog
    recording: Auditor
    session: Speaker
    version: str = "0.4.1"

    @property
    def entry(self) -> AuditEntry:
        """Last change in the log."""
        return self.log.entries[-1]

    def ends(self, outcome: Outcome, *, has_errors: bool = False) -> None:
        """Let the line end."""
        words = ("commit", "INFO: words\n", CONFIGURE, 0.1, has_errors, ())
        reply = CrmReply(*words, outcome=outcome, version=CibVersion.parse(self.version))
        self.recording.hear(self.session, CommandFinished(reply))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Return a session of which nothing is recorded yet."""
    log = AuditLog(lambda: "LIVE acme", tmp_path / "log.jsonl")
    return Scene(log, Auditor(log, "typed"), Speaker())


def test_the_versions_are_those_that_the_line_was_judged_by(scene: Scene) -> None:
    """The log asks no program: what it says of the CIB is what outcome and reply rest on."""
    scene.recording.hear(scene.session, BEGAN)
    scene.version = "0.5.0"
    scene.ends("done")
    assert (scene.entry.before, scene.entry.after) == ("0.4.1", "0.5.0")


@pytest.mark.parametrize("outcome", ["done", "failed", "no effect", "unknown"])
def test_the_judged_outcome_is_noted(scene: Scene, outcome: Outcome) -> None:
    """That crm said no error is no proof: only what was judged to be done is repeated."""
    scene.recording.hear(scene.session, BEGAN)
    scene.ends(outcome)
    assert (scene.entry.outcome, scene.entry.said) == (outcome, "INFO: words")
    is_repeated = "\nprimitive x Dummy\ncommit\n" in to_script(scene.log.entries)
    assert is_repeated == (outcome == "done")


def test_what_was_declined_is_no_change(scene: Scene) -> None:
    """A commit that was called off was not sent: what others changed meanwhile is not its doing."""
    scene.recording.hear(scene.session, ChangeCalledOff(BEGAN))
    scene.version = "0.5.0"
    scene.ends("no effect")
    assert (scene.entry.outcome, scene.entry.before, scene.entry.after) == (
        "declined",
        "0.4.1",
        "0.4.1",
    )
    assert len(scene.log.entries) == 1
    assert "primitive x Dummy\ncommit" not in to_script(scene.log.entries)
    others = replace(scene.entry, outcome="no effect", after="0.5.0")
    assert not others.reached((0, 5))
    assert "CIB: 0.4.1 → 0.5.0, by others" in to_text([others])


def test_lines_that_come_back_end_nothing(scene: Scene) -> None:
    """A commit that was sent and failed has failed, though a line behind it was not sent."""
    scene.recording.hear(scene.session, BEGAN)
    back = LinesReturned(("show x",), "The changes are still uncommitted.", is_behind=True)
    scene.recording.hear(scene.session, back)
    begun = scene.entry
    assert not begun.outcome
    scene.ends("failed", has_errors=True)
    assert scene.entry.outcome == "failed"


def test_a_line_that_crm_died_in_is_not_done(scene: Scene) -> None:
    """A crm that dies tells no outcome."""
    scene.recording.hear(scene.session, BEGAN)
    gone = ("crm ended with signal 9.", "", "commit", (), (), ())
    died = SessionDied(*gone, will_restart=True, version=CibVersion(0, 4, 2))
    scene.recording.hear(scene.session, died)
    assert (scene.entry.outcome, scene.entry.said) == ("crm died", "crm ended with signal 9.")
    assert scene.entry.versions == "0.4.1 → 0.4.2"


def test_what_settles_is_noted_of_its_own_approval_alone(scene: Scene) -> None:
    """An entry is found by the number of its approval, which no later approval has."""
    request = ChangeRequest(("commit",), ("configure",))
    first, second = (Approval(request, Forecast("commit", "web stops")) for _ in range(2))
    assert first == second
    for approval in (first, second):
        scene.recording.hear(scene.session, replace(BEGAN, approval=approval))
        scene.ends("failed")
    scene.recording.forget(first)
    scene.recording.settled(first, "web stopped", "")
    scene.recording.settled(second, "web moved", "As forecast")
    assert [entry.settled for entry in scene.log.entries] == ["", "web moved"]


@pytest.mark.parametrize(
    ("line", "is_elsewhere"),
    [("commit", True), ("cib commit plan", False), ("cluster stop", False)],
)
def test_what_was_done_to_a_shadow_cib(scene: Scene, line: str, *, is_elsewhere: bool) -> None:
    """A shadow CIB is not the cluster: the script does not repeat it there."""
    level = ("configure",) if line == "commit" else ()
    prompt = CrmPrompt("plan", "n1", level)
    scene.recording.hear(scene.session, ChangeBegan(prompt, (line,), None))
    scene.ends("done")
    assert scene.entry.shadow == ("plan" if is_elsewhere else "")
    assert (f"\n{line}\n" in to_script([scene.entry])) != is_elsewhere
