"""What the crm session tells: frozen values, posted in the order things happened."""

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
    """How a line that was submitted went."""

    line: str
    """The line as submitted."""
    output: str
    """All that it printed as plain text: errors, questions and answers among it; no secrets."""
    prompt: CrmPrompt
    """The prompt after it."""
    seconds: float
    has_errors: bool
    """Whether crm said ``ERROR:``; it tells no status, and this is no proof."""
    staged: tuple[str, ...]
    """The lines that wait for a commit now."""
    errors: str = ""
    """What of the output came as an error, warnings among it; crmsh 4.4 prints those as output."""
    quits: bool = False
    """Whether the line asked crm to end; a `QuitRequested` follows."""
    outcome: Outcome = "unknown"
    """What came of it."""
    inner: str = ""
    """The line that was run first because of it: the commit before ``configure`` is left."""
    version: CibVersion | None = None
    """The version of the CIB after a change; None where it is not known."""


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """crm is at its prompt, the first time or after a restart."""

    prompt: CrmPrompt


@dataclass(frozen=True, slots=True)
class SessionReady:
    """After a `SessionStarted`: nothing is left to be asked, or to be staged again."""


@dataclass(frozen=True, slots=True)
class CommandStarted:
    """A submitted line has its turn."""

    prompt: CrmPrompt
    """The prompt that it is typed at."""
    line: str


@dataclass(frozen=True, slots=True)
class StepBegan:
    """A change that has to be made before the submitted line is typed at the prompt: a commit."""

    prompt: CrmPrompt
    line: str


@dataclass(frozen=True, slots=True)
class StepFinished:
    """The line of a `StepBegan` is done; the submitted line is not."""

    line: str
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class OutputArrived:
    """More output: plain text, in pieces that need not be whole lines."""

    text: str
    is_error: bool = False
    """Whether it came as an error, apart from the output."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Nothing goes on until ``answer`` is called."""

    question: CrmQuestion


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    """The question is open no longer: it was answered, was none, or has answered itself."""


@dataclass(frozen=True, slots=True)
class ApprovalRequested:
    """Lines would change something: nothing goes on until ``decide`` is called."""

    request: ChangeRequest


@dataclass(frozen=True, slots=True)
class ChangeBegan:
    """Lines are sent now that may change the cluster; the next `CommandFinished` tells their end."""

    prompt: CrmPrompt
    lines: tuple[str, ...]
    """The lines, secrets masked; of a commit also those that waited for it."""
    approval: Approval | None
    """The leave that was given; None where nobody had to be asked."""
    version: CibVersion | None = None
    """The version of the CIB right before they are sent; None where it is not known."""


@dataclass(frozen=True, slots=True)
class ChangeCalledOff:
    """Lines that had leave were not sent after all: the user, asked once more, left all as it is."""

    change: ChangeBegan
    """The change that they would have begun."""


@dataclass(frozen=True, slots=True)
class EditorWanted:
    """crm wants a file edited and waits for ``editor_closed``."""

    path: str
    """Where the file lies, on the target."""


@dataclass(frozen=True, slots=True)
class CommandFinished:
    """A submitted line is done; each line ends in this, a `LinesReturned` or a `SessionDied`."""

    reply: CrmReply


@dataclass(frozen=True, slots=True)
class LinesReturned:
    """Lines come back to who typed them: what they were typed for did not come about.

    None of them was sent, but for the first of a `CommandFinished` with errors right before.
    """

    lines: tuple[str, ...]
    reason: str
    """One sentence."""
    is_behind: bool = False
    """Whether they waited behind a line that is not done yet."""


@dataclass(frozen=True, slots=True)
class LookBegan:
    """A look at what waits for a commit began, for which other programs are asked."""


@dataclass(frozen=True, slots=True)
class LookEnded:
    """That look is over, whether or not it showed anything."""


@dataclass(frozen=True, slots=True)
class PendingShown:
    """What waits for a commit, as it was asked for."""

    lines: tuple[str, ...]
    """The lines that staged it, secrets masked."""
    differences: tuple[ObjectDiff, ...]
    """What they make of the configuration that is committed."""
    trouble: str = ""
    """Why they are not on disk; empty while they are."""


@dataclass(frozen=True, slots=True)
class QuitRequested:
    """A line asked crm to end. crm still runs: whether to leave is the application's to decide."""


@dataclass(frozen=True, slots=True)
class HintGiven:
    """What was asked of the session cannot be done now, and why."""

    text: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class SessionDied:
    """crm ended by itself."""

    reason: str
    """One sentence that names the exit status or the signal."""
    output: str
    """The last lines it printed."""
    line: str
    """The submitted line that was running; empty for none."""
    level: tuple[str, ...]
    """The level it was in; a restarted crm goes there again."""
    staged: tuple[str, ...]
    """The uncommitted lines that crm had; a restarted crm is to get them again."""
    unsent: tuple[str, ...]
    """The lines that were still to be sent; they are not."""
    will_restart: bool
    """Whether `SessionStarted` or `SessionFailed` follows."""
    version: CibVersion | None = None
    """The version of the CIB after a change that was cut off; None where it is not known."""
    was_committing: bool = False
    """True where a commit was cut off, so that nobody knows what came of ``staged``."""

    @property
    def fate(self) -> str:
        """Sentence that introduces ``staged``: what became of them."""
        if self.was_committing:
            return "Whether these lines were committed is not known; they are kept:"
        return "These lines were not committed; they are kept:"


@dataclass(frozen=True, slots=True)
class SessionFailed:
    """crm did not start, or keeps dying; ``start`` may be called again."""

    error: CrmtuiError


@dataclass(frozen=True, slots=True)
class SideSession:
    """An event of a crm beside the warm one, which was made for the line of a key.

    It says nothing of the warm crm: neither where that one is nor what it asks.
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
    | LookBegan
    | LookEnded
    | PendingShown
    | QuitRequested
    | HintGiven
    | SessionDied
    | SessionFailed
    | SideSession
)
