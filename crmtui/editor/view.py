"""View of the command line as frozen values, for a screen to paint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.completion.usage import Usage
    from crmtui.lint.lint_finding import LintFinding


@dataclass(frozen=True, slots=True)
class MenuItem:
    """Row of the completion menu."""

    display: str
    meta: str
    """Short description; empty if there is none."""
    type: str = ""
    """The type of its value; empty for other things."""
    default: str = ""
    """The value while none is set; empty if unknown or none."""
    is_required: bool = False
    matches: tuple[int, ...] = ()
    """Indices of the typed letters in ``display``."""
    detail: str = ""
    """Description in paragraphs; may be empty."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """Remarks about a line while the user types."""

    findings: tuple[LintFinding, ...] = ()
    """The mistakes in it."""
    usage: Usage | None = None
    """Usage of the command, with the part at the cursor marked; None before a command."""
    title: str = ""
    """Subject of the text; empty if there is none."""
    text: str = ""
    """Paragraphs about the word at the cursor; may be empty."""
    is_whole: bool = False
    """True if the line is known to be complete, and to hold nothing that crm refuses."""


NO_REMARKS = Remarks()


@dataclass(frozen=True, slots=True)
class LineView:
    """Command line at one moment."""

    text: str
    cursor: int
    """The cursor, as an index into ``text``."""
    suggestion: str
    """Text that auto-suggestion would add at the end; empty if none."""
    menu: Sequence[MenuItem]
    selected: int | None
    """The row of ``menu`` that stands in the line; None if none does yet."""
    search: str | None = None
    """The text searched in the history; None without a search."""
    remarks: Remarks = NO_REMARKS
    """Mistakes in the text, and the explanation of the word at the cursor."""
    notice: str = ""
    """The change that Enter made to the line instead of accepting it; empty if none."""
    is_returned: bool = False
    """True where the text came back unsent and is untouched: typing replaces it."""


EMPTY = LineView(text="", cursor=0, suggestion="", menu=(), selected=None)
