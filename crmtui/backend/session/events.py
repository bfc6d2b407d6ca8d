"""Events of a crm session: frozen values, posted in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.backend.approval.approval import Approval, ChangeRequest
    from crmtui.backend.session.outcome import Outcome
    from crmtui.cib.text_diff import ObjectDiff
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion
    from crmtui.errors import CrmtuiError


@dataclass(frozen=True, slots=True)
class CrmReply:
    """Reply of crm to a submitted line."""

    line: str
    """Submitted line, secrets masked."""
    output: str
    """Whole output as plain text, with errors, questions and answers, but without secrets."""
    prompt: CrmPrompt
    """Prompt after the line."""
    seconds: float
    has_errors: bool
    """True if crm printed ``ERROR:``; crm reports no status, so this is no proof of a failure."""
    staged: tuple[str, ...]
    """Lines that wait for a commit now."""
    errors: str = ""
    """Part of the output from standard error, warnings included; crmsh 4.4 prints those as output."""
    quits: bool = False
    """True if the line asked crm to end; a `QuitRequested` follows."""
    outcome: Outcome = "unknown"
    """Outcome of the line."""
    inner: str = ""
    """Line that ran first: the commit before a line that exits ``configure``; empty for none."""
    version: CibVersion | None = None
    """Version of the CIB after a change; None if unknown."""


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """Start of crm: it is at its prompt, for the first time or after a restart."""

    prompt: CrmPrompt


@dataclass(frozen=True, slots=True)
class SessionReady:
    """End of a start: no question is open, and no line is to be staged again."""


@dataclass(frozen=True, slots=True)
class CommandStarted:
    """Start of a submitted line."""

    prompt: CrmPrompt
    """Prompt that the line is typed at."""
    line: str


@dataclass(frozen=True, slots=True)
class StepBegan:
    """Start of a change that precedes the submitted line: a commit."""

    prompt: CrmPrompt
    line: str


@dataclass(frozen=True, slots=True)
class StepFinished:
    """End of a `StepBegan`; the submitted line follows."""

    line: str
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class OutputArrived:
    """Piece of output: plain text, not always whole lines."""

    text: str
    is_error: bool = False
    """True for text from standard error."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Open question: the session waits for a call of ``answer``."""

    question: CrmQuestion


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    """End of a question: the user or crm itself answered it, or it was no question."""


@dataclass(frozen=True, slots=True)
class ApprovalRequested:
    """Request for an approval of lines: the session waits for a call of ``decide``."""

    request: ChangeRequest


@dataclass(frozen=True, slots=True)
class ChangeBegan:
    """Start of lines that may change the cluster; the next `CommandFinished` is their end."""

    prompt: CrmPrompt
    lines: tuple[str, ...]
    """Lines with secrets masked; for a commit, the uncommitted lines as well."""
    approval: Approval | None
    """Approval of the lines; None where none was needed."""
    version: CibVersion | None = None
    """Version of the CIB right before the lines are sent; None if unknown."""


@dataclass(frozen=True, slots=True)
class ChangeCalledOff:
    """Cancellation of approved lines: the user, asked once more, chose to change nothing."""

    change: ChangeBegan
    """Change that the lines would have begun."""


@dataclass(frozen=True, slots=True)
class EditorWanted:
    """Request of crm to edit a file: the session waits for a call of ``editor_closed``."""

    path: str
    """Path of the file on the target."""


@dataclass(frozen=True, slots=True)
class CommandFinished:
    """End of a submitted line; each line ends in this, a `LinesReturned` or a `SessionDied`."""

    reply: CrmReply


@dataclass(frozen=True, slots=True)
class LinesReturned:
    """Lines given back to the user, since the line before them did not succeed as expected.

    None of the lines was sent, except the first after a `CommandFinished` with errors.
    """

    lines: tuple[str, ...]
    reason: str
    """Reason in one sentence."""
    is_behind: bool = False
    """True if the line before these is not finished yet."""


@dataclass(frozen=True, slots=True)
class PendingQueryBegan:
    """Start of a query for the uncommitted changes, which runs other programs."""


@dataclass(frozen=True, slots=True)
class PendingQueryEnded:
    """End of that query, with or without a `PendingShown`."""


@dataclass(frozen=True, slots=True)
class PendingShown:
    """Uncommitted changes, as the user asked to see them."""

    lines: tuple[str, ...]
    """Lines that staged the changes, secrets masked."""
    differences: tuple[ObjectDiff, ...]
    """Changes that they make to the committed configuration."""
    trouble: str = ""
    """Reason why the lines are not on disk; empty while they are."""


@dataclass(frozen=True, slots=True)
class QuitRequested:
    """Request to quit by a line. crm still runs: the application decides whether to quit."""


@dataclass(frozen=True, slots=True)
class HintGiven:
    """Hint for the user: a request cannot be met now, or has an unexpected result."""

    text: str
    """Hint in one sentence or two."""


@dataclass(frozen=True, slots=True)
class SessionDied:
    """End of a crm that died."""

    reason: str
    """Sentence that names the exit status or the signal."""
    output: str
    """Last lines that crm printed."""
    line: str
    """Submitted line that was running; empty for none."""
    level: tuple[str, ...]
    """Level that crm was in; a restarted crm goes there again."""
    staged: tuple[str, ...]
    """Uncommitted lines of that crm; a restarted crm stages them again."""
    unsent: tuple[str, ...]
    """Lines that waited; they are not sent."""
    will_restart: bool
    """True if `SessionStarted` or `SessionFailed` follows."""
    version: CibVersion | None = None
    """Version of the CIB after a change that was cut off; None if unknown."""
    was_committing: bool = False
    """True if a commit was cut off, which may have committed ``staged`` or not."""

    @property
    def fate(self) -> str:
        """Sentence that introduces the list of ``staged`` lines."""
        if self.was_committing:
            return "These lines may have been committed; they are kept:"
        return "These lines were not committed; they are kept:"


@dataclass(frozen=True, slots=True)
class SessionFailed:
    """Failure of crm: it did not start, or keeps dying; ``start`` may be called again."""

    error: CrmtuiError


@dataclass(frozen=True, slots=True)
class SideSession:
    """Event of a second crm, which was started for the line of a key.

    The event tells nothing about the main crm: neither its prompt nor its question.
    """

    event: SessionEvent


SessionEvent = (
    SessionStarted
    | SessionReady
    | CommandStarted
    | StepBegan
    | StepFinished
    | OutputArrived
    | QuestionAsked
    | ApprovalRequested
    | ChangeBegan
    | ChangeCalledOff
    | QuestionWithdrawn
    | EditorWanted
    | CommandFinished
    | LinesReturned
    | PendingQueryBegan
    | PendingQueryEnded
    | PendingShown
    | QuitRequested
    | HintGiven
    | SessionDied
    | SessionFailed
    | SideSession
)
