"""Presenter: each event of a session becomes calls of a frontend, and each sentence stands here once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from crmtui.backend.gate.presenter import Presenter, pending_place, pending_title
from crmtui.backend.session import events
from crmtui.backend.session.events import (
    ApprovalRequested,
    ChangeBegan,
    ChangeCalledOff,
    CommandFinished,
    CommandStarted,
    EditorWanted,
    HintGiven,
    LinesReturned,
    OutputArrived,
    PendingQueryBegan,
    PendingQueryEnded,
    PendingShown,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionFailed,
    SessionReady,
    SessionStarted,
    SideSession,
    StepBegan,
    StepFinished,
)
from crmtui.backend.session.own_questions import PENDING
from crmtui.cib.text_diff import ObjectDiff
from crmtui.errors import CrmtuiError
from tests import recorded_events
from tests.recorded_events import COMMIT, CONFIGURE, DEATH, ROOT, STAGED, reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.gate.frontend import Kept
    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmPrompt

FAILURE = CrmtuiError("crm is not installed.")
CHANGE = ChangeBegan(CONFIGURE, ("commit",), None)
HERE = "crm(live/n1)configure [1 pending]# "


class Crm:
    """State of a crm in ``configure`` with one uncommitted object."""

    prompt: CrmPrompt | None = CONFIGURE
    uncommitted: int | None = 1
    is_at_work = False

    def masked(self, line: str) -> str:
        """Mask a word."""
        return line.replace("secret", "***")


class Recorder:
    """Frontend that notes its calls."""

    def __init__(self, kept: Kept = "line", foreign: Sequence[str] = ()) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._kept: Kept = kept
        self._foreign = foreign

    def __getattr__(self, name: str) -> Any:
        return lambda *given, **named: self.calls.append((name, *given, *named.values()))

    def typed_of(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out what a key has made."""
        return tuple(line for line in lines if line not in self._foreign)

    def give_back(self, lines: Sequence[str]) -> Kept:
        """Note the lines."""
        self.calls.append(("give_back", *lines))
        return self._kept


TABLE: dict[type[SessionEvent], tuple[SessionEvent, list[tuple[Any, ...]]]] = {
    SessionStarted: (SessionStarted(ROOT), [("show_prompt", HERE, False)]),
    SessionReady: (SessionReady(), []),
    CommandStarted: (
        CommandStarted(CONFIGURE, "up"),
        [("begin_line", CONFIGURE.text, "up", False), ("show_prompt", HERE, True)],
    ),
    StepBegan: (
        StepBegan(CONFIGURE, "commit"),
        [("begin_line", CONFIGURE.text, "commit", True)],
    ),
    StepFinished: (
        StepFinished("commit", "done", 0.1),
        [("finish_line", "commit", "done", 0.1, True)],
    ),
    OutputArrived: (OutputArrived("a", is_error=True), [("show_output", "a", True)]),
    QuestionAsked: (QuestionAsked(PENDING), [("ask", PENDING)]),
    QuestionWithdrawn: (QuestionWithdrawn(), [("stop_asking",)]),
    ApprovalRequested: (
        ApprovalRequested(COMMIT),
        [("show_prompt", "looking ahead> ", True), ("ask_approval", COMMIT)],
    ),
    ChangeBegan: (CHANGE, []),
    ChangeCalledOff: (ChangeCalledOff(CHANGE), []),
    EditorWanted: (EditorWanted("/tmp/cib"), [("edit", "/tmp/cib")]),
    CommandFinished: (
        CommandFinished(reply("up", "failed")),
        [("finish_line", "up", "failed", 0.2, False), ("show_prompt", HERE, False)],
    ),
    LinesReturned: (
        LinesReturned(("up",), "Not run."),
        [("say", "Not run.", "warning"), ("give_back", "up"), ("show_prompt", HERE, False)],
    ),
    PendingQueryBegan: (PendingQueryBegan(), []),
    PendingQueryEnded: (PendingQueryEnded(), []),
    PendingShown: (PendingShown((), ()), [("show_pending", PendingShown((), ()))]),
    QuitRequested: (QuitRequested(), [("quit",)]),
    HintGiven: (HintGiven("Nothing is running."), [("say", "Nothing is running.", "note")]),
    SessionDied: (
        DEATH,
        [
            ("say", DEATH.reason, "error"),
            ("say", "It was running: commit", "error"),
            ("say", "These lines were not committed; they are kept:", "warning"),
            ("say", STAGED, "plain"),
            ("say", "It is started again, at configure.", "note"),
            ("say", "These lines were not sent:", "warning"),
            ("say", "show x\nstatus", "plain"),
            ("give_back", "show x", "status"),
            ("show_prompt", "starting crm> ", True),
        ],
    ),
    SessionFailed: (
        SessionFailed(FAILURE),
        [("fail", FAILURE), ("show_prompt", "crm is not running> ", True)],
    ),
}


@pytest.mark.parametrize("kind", [*TABLE])
def test_each_event_becomes_calls_of_the_frontend(kind: type[SessionEvent]) -> None:
    """The presenter decides on words and order; a frontend only shows."""
    event, calls = TABLE[kind]
    recorder = Recorder()

    Presenter(recorder, Crm()).hear(event)

    assert recorder.calls == calls


def test_no_event_is_forgotten() -> None:
    """An event that is new has to be presented, or said to be silent, here and in the recorded list."""
    kinds = {*get_args(events.SessionEvent)}

    assert {*TABLE} == kinds - {SideSession}
    assert {type(each) for each in recorded_events.EVENTS} == kinds


@pytest.mark.parametrize("kind", [*TABLE])
def test_a_crm_beside_the_warm_one_leaves_the_prompt_alone(kind: type[SessionEvent]) -> None:
    """It says nothing of where typed lines go, nor of what they wait for."""
    event, calls = TABLE[kind]
    recorder = Recorder()

    Presenter(recorder, Crm()).hear(SideSession(event))

    warm = {"show_prompt", "ask_approval", "show_pending", "quit"}
    restart = ("say", "It is started again, at configure.", "note")
    assert recorder.calls == [each for each in calls if each[0] not in warm and each != restart]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("line", []),
        ("history", [("say", "They are in the history: clear the line and press Up.", "note")]),
        ("nowhere", [("say", "The line was: a ***; b", "note")]),
    ],
)
def test_lines_that_come_back_are_told_where_they_are_not_seen(
    kept: Kept, said: list[tuple[str, ...]]
) -> None:
    """A pipe has no line that they could come back to, and no secret is printed there."""
    recorder = Recorder(kept)

    Presenter(recorder, Crm()).give_back(("a secret", "b"))

    assert recorder.calls[1:] == said


def test_lines_that_nobody_typed_do_not_come_back() -> None:
    """Those of a key or a form are neither said nor given back."""
    recorder = Recorder(foreign=("show x", "status", "up"))
    presenter = Presenter(recorder, Crm())

    presenter.hear(LinesReturned(("up",), "Not run."))
    presenter.hear(DEATH)

    assert "give_back" not in {name for name, *_ in recorder.calls}
    assert ("say", "These lines were not sent:", "warning") not in recorder.calls


def test_the_prompt_waits_for_a_line_that_still_runs() -> None:
    """Lines behind it come back before it is done."""
    recorder, crm = Recorder(), Crm()
    crm.is_at_work = True

    Presenter(recorder, crm).hear(LinesReturned(("up",), "Not run."))

    assert "show_prompt" not in {name for name, *_ in recorder.calls}


def test_work_is_under_way_from_its_begin_to_its_end() -> None:
    """The crm of typed lines goes first; a change is known as one."""
    presenter = Presenter(Recorder(), Crm(), clock=lambda: 5.0)
    side = SideSession(CommandStarted(ROOT, "node standby n1"))
    told = []

    for event in (
        side,
        PendingQueryBegan(),
        PendingQueryEnded(),
        SideSession(CHANGE),
        SideSession(DEATH),
    ):
        presenter.hear(event)
        running = presenter.running
        told.append(running and (running.words, running.since, running.is_change))

    assert told == [
        ("node standby n1", 5.0, False),
        ("The look at the uncommitted changes", 5.0, False),
        ("node standby n1", 5.0, False),
        ("node standby n1", 5.0, True),
        None,
    ]


DIFF = ObjectDiff("added", "primitive x", (("+", STAGED),))


@pytest.mark.parametrize(
    ("lines", "objects", "title"),
    [
        (0, 0, "There are no uncommitted changes."),
        (1, 0, "Uncommitted: 1 line"),
        (2, 0, "Uncommitted: 2 lines"),
        (1, 1, "Uncommitted: 1 changed object, by 1 line"),
        (3, 2, "Uncommitted: 2 changed objects, by 3 lines"),
    ],
)
def test_uncommitted_changes_are_counted(lines: int, objects: int, title: str) -> None:
    """Dialog and terminal have one heading."""
    assert pending_title(PendingShown((STAGED,) * lines, (DIFF,) * objects)) == title


def test_the_place_of_uncommitted_lines_is_said() -> None:
    """Lines in memory only are lost with the program."""
    assert pending_place(PendingShown((STAGED,), (), "no room.")).startswith(
        "Not saved on disk, only in memory"
    )
    assert "private journal" in pending_place(PendingShown((STAGED,), ()))
