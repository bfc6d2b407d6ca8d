"""What is said of a form at the end: what is wrong, what crm and the scheduler say, and the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.forecast.report import to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crm.rehearsal import Rehearsed
    from crmtui.wizard.validation import Problem


def told(
    *,
    problems: Sequence[Problem],
    rehearsed: Rehearsed | str | None,
    sentences: Sequence[str],
    commands: Text,
    note: str = "",
) -> Text:
    """Return the page of the review.

    Args:
        problems: What is missing or wrong.
        rehearsed: What came of the rehearsal, or why there was none; None while it runs.
        sentences: What constraints and placement mean.
        commands: The crm text, painted.
        note: What failed before, or what else would be committed.
    """
    page = Text()
    if note:
        page.append(f"{note}\n\n", "bold")
    _verdict(page, problems, rehearsed)
    if sentences:
        page.append("\nIn words\n", "bold")
        page.append("\n".join(f"  {line}" for line in sentences) + "\n")
    page.append("\nIn crm's words, in configure\n", "bold")
    for line in commands.split("\n"):
        page.append("  ").append_text(line).append("\n")
    return page


def _verdict(page: Text, problems: Sequence[Problem], rehearsed: Rehearsed | str | None) -> None:
    errors = [problem.sentence for problem in problems if problem.is_error]
    if errors:
        page.append("Not complete\n", "bold")
        page.append("\n".join(f"  ! {line}" for line in errors) + "\n")
        return
    if rehearsed is None:
        page.append("Verifying, and asking the scheduler …\n", "bold")
        return
    if isinstance(rehearsed, str):
        page.append(f"Not verified: {rehearsed}\n", "bold")
        return
    if rehearsed.errors:
        page.append("crm refuses it\n", "bold")
        page.append("\n".join(f"  ! {line}" for line in rehearsed.errors) + "\n")
        return
    warnings = [*(p.sentence for p in problems), *rehearsed.warnings]
    page.append("Verified by crm" + ("; but\n" if warnings else "\n"), "bold")
    page.append("".join(f"  ? {line}\n" for line in warnings))
    if rehearsed.forecast is not None:
        page.append("\nForecast\n", "bold")
        lines = to_text(rehearsed.forecast).splitlines()
        page.append("\n".join(f"  {line}" for line in lines) + "\n")
