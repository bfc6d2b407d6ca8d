"""The lines around a form: its steps, its next problem, and its crm text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.errors import CrmtuiError
from crmtui.tui.screens.forms.masking import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.fields import FormStep
    from crmtui.wizard.form import Form, FormCommand
    from crmtui.wizard.validation import FormProblem

_REVIEW = "Review"


def steps_line(steps: Sequence[FormStep], here: int, problems: Sequence[FormProblem]) -> Text:
    """Return the steps, each with a mark for its worst problem, and the review at the end."""
    line = Text(no_wrap=True, overflow="ellipsis")
    marks = {problem.key: problem.is_error for problem in reversed(by_urgency(problems))}
    for at, step in enumerate(steps):
        found = [marks[field.key] for field in step.fields if field.key in marks]
        mark = " !" if any(found) else " ?" if found else ""
        words = f" {at + 1} {step.title}{mark} "
        line.append(words, "reverse bold" if at == here else "")
    line.append(f" {len(steps) + 1} {_REVIEW} ", "reverse bold" if here >= len(steps) else "")
    return line


def by_urgency(problems: Sequence[FormProblem]) -> list[FormProblem]:
    """Return the problems, errors before doubts, each kind in the order of the fields."""
    return sorted(problems, key=lambda problem: not problem.is_error)


def next_problem(problems: Sequence[FormProblem], here: str) -> FormProblem | None:
    """Return the next problem after the field ``here``; None if there is no problem."""
    ordered = by_urgency(problems)
    keys = [problem.key for problem in ordered]
    if not ordered:
        return None
    return ordered[(keys.index(here) + 1) % len(keys)] if here in keys else ordered[0]


def missing_line(
    problems: Sequence[FormProblem], key: Callable[[str], str], *, here: str, is_review: bool
) -> Text:
    """Return the problem of the field in focus, else the problem that the key goes to.

    Args:
        problems: All problems of the form.
        key: Returns the key of an action; empty if the action has none.
        here: The name of the field in focus; empty for none.
        is_review: True on the page of the review.
    """
    missing, review = key("wizard.missing"), key("wizard.review")
    own = next((problem for problem in by_urgency(problems) if problem.key == here), None)
    told = own or next_problem(problems, here)
    if told is not None:
        # The key stands in front: the end of a long sentence is cut off.
        there = f"{missing} goes to: " if missing and told is not own else ""
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        words = f"{'!' if told.is_error else '?'} {there}{told.sentence}{more}"
    else:
        words = "Nothing is missing."
        words += f" {review} reviews it." if review and not is_review else ""
    return Text(words)


def folded_line(folded: int, key: Callable[[str], str], *, is_unfolded: bool) -> str:
    """Return the line below the fields: the number of folded ones, and the key that shows them."""
    unfold = key("wizard.unfold")
    if folded:
        return f"{folded} more field{'s' * (folded != 1)}" + (f": {unfold}" if unfold else "")
    return f"{unfold} hides the advanced fields" if unfold and is_unfolded else ""


def crm_text(form: Form, answers: Answers) -> str:
    """Return the commands of a form without secrets, or the reason why there are none."""
    try:
        text = "\n".join(map(_shown, form.commands(answers)))
        return masked(text, answers) or "# no changes"
    except CrmtuiError as error:
        return str(error)


def loaded_text(form: Form, answers: Answers) -> str | None:
    """Return the configuration that a recipe would load, without secrets; None for other forms."""
    try:
        if not any(command.is_root for command in form.commands(answers)):
            return None
        return masked("\n".join(command.text() for command in form.trial(answers)), answers)
    except CrmtuiError:
        return None  # `crm_text` shows the reason


def first_difference(old: str, new: str) -> int:
    """Return the number of the first line that differs between ``old`` and ``new``."""
    before, after = old.splitlines(), new.splitlines()
    same = (one == other for one, other in zip(before, after, strict=False))
    return next(
        (at for at, is_same in enumerate(same) if not is_same), min(len(before), len(after))
    )


def _shown(command: FormCommand) -> str:
    return (
        f"# replaces the object in place:\n{command.text()}"
        if command.is_update
        else command.text()
    )
