"""What a screen paints of the command line, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.completion.usage import Usage
    from crmtui.lint.lint_finding import LintFinding


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One row of the completion menu."""

    display: str
    meta: str
    """A short description; empty when there is none."""
    type: str = ""
    """The type of its value; empty for what has none."""
    default: str = ""
    """Its value when it is not set; empty where that is none or not known."""
    is_required: bool = False
    matches: tuple[int, ...] = ()
    """The letters of ``display`` that are typed, by their index."""
    detail: str = ""
    """Paragraphs that describe it; may be empty."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What there is to say about a line while it is typed."""

    findings: tuple[LintFinding, ...] = ()
    """What is wrong with it."""
    usage: Usage | None = None
    """How the command is typed, with the part marked that the cursor is in; None before a command."""
    title: str = ""
    """What the text is about; empty when there is none."""
    text: str = ""
    """Paragraphs about what the cursor is at; may be empty."""
    is_whole: bool = False
    """Whether the text is known to lack nothing, and to have nothing that crm refuses."""


NO_REMARKS = Remarks()


@dataclass(frozen=True, slots=True)
class LineView:
    """The command line at one moment."""

    text: str
    cursor: int
    """Where the cursor stands, as an index into ``text``."""
    suggestion: str
    """What auto-suggestion would add at the end; empty when nothing."""
    menu: Sequence[MenuItem]
    selected: int | None
    """The row of ``menu`` that stands in the line; None when none does yet."""
    search: str | None = None
    """What is looked for in the history; None when nothing is."""
    remarks: Remarks = NO_REMARKS
    """What is wrong with the text, and what there is to say of the place where the cursor is."""
    notice: str = ""
    """What was done to the line instead of accepting it; empty when nothing was."""


EMPTY = LineView(text="", cursor=0, suggestion="", menu=(), selected=None)
