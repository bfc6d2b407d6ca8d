"""Events of one recorded crm session, with each kind of event in it, for tests of what frontends say."""

from __future__ import annotations

from crmtui.backend.approval.approval import ChangeRequest
from crmtui.backend.session.events import (
    ApprovalRequested,
    ChangeBegan,
    ChangeCalledOff,
    CommandFinished,
    CommandStarted,
    CrmReply,
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
    SessionEvent,
    SessionFailed,
    SessionReady,
    SessionStarted,
    SideSession,
    StepBegan,
    StepFinished,
)
from crmtui.backend.session.own_questions import PENDING
from crmtui.cib.text_diff import ObjectDiff
from crmtui.crmsh.prompt import CrmPrompt
from crmtui.errors import CrmtuiError

ROOT = CrmPrompt("live", "n1")
CONFIGURE = CrmPrompt("live", "n1", ("configure",))
STAGED = "primitive x ocf:pacemaker:Dummy"
COMMIT = ChangeRequest(("commit",), ("configure",), "typed", (STAGED,))


def reply(line: str, outcome: str = "done", *, quits: bool = False) -> CrmReply:
    """Return the reply to a line that took 0.2 s."""
    return CrmReply(
        line,
        "",
        CONFIGURE,
        0.2,
        outcome == "failed",
        (STAGED,),
        quits=quits,
        outcome=outcome,  # type: ignore[arg-type]
    )


DEATH = SessionDied(
    reason="crm ended by itself: signal 9 (SIGKILL).",
    output="",
    line="commit",
    level=("configure",),
    staged=(STAGED,),
    unsent=("show x", "status"),
    will_restart=True,
)

EVENTS: tuple[SessionEvent, ...] = (
    SessionStarted(ROOT),
    SessionReady(),
    CommandStarted(ROOT, "configure"),
    CommandFinished(reply("configure")),
    CommandStarted(CONFIGURE, STAGED),
    OutputArrived("WARNING: a word about it\n"),
    CommandFinished(reply(STAGED, "staged")),
    HintGiven("x waits for a commit: send the line corrected to replace it, or delete x."),
    PendingQueryBegan(),
    PendingShown((STAGED,), (ObjectDiff("added", "primitive x", (("+", STAGED),)),)),
    PendingQueryEnded(),
    PendingQueryBegan(),
    PendingShown((), ()),
    PendingQueryEnded(),
    ApprovalRequested(COMMIT),
    LinesReturned(("commit",), "Not run."),
    CommandStarted(CONFIGURE, "up"),
    QuestionAsked(PENDING),
    QuestionWithdrawn(),
    StepBegan(CONFIGURE, "commit"),
    ChangeBegan(CONFIGURE, ("commit",), None),
    ChangeCalledOff(ChangeBegan(CONFIGURE, ("commit",), None)),
    StepFinished("commit", "failed", 0.1),
    CommandFinished(reply("up", "failed")),
    LinesReturned(("status",), "This line had an error; what follows was not sent."),
    EditorWanted("/tmp/cib"),
    SideSession(CommandStarted(ROOT, "node standby n1")),
    SideSession(CommandFinished(reply("node standby n1", "unknown"))),
    CommandStarted(CONFIGURE, "commit"),
    DEATH,
    SessionStarted(CONFIGURE),
    HintGiven("All uncommitted lines are staged again."),
    SessionReady(),
    CommandStarted(CONFIGURE, "quit"),
    CommandFinished(reply("quit", quits=True)),
    QuitRequested(),
    SessionFailed(CrmtuiError("crm is not installed.", hint="Install crmsh.")),
)
