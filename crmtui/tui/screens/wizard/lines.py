"""The lines around a form: its steps, what is missing, and the crm text it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.errors import CrmtuiError
from crmtui.tui.screens.wizard.masking import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.fields import Step
    from crmtui.wizard.forms import Command, Form
    from crmtui.wizard.validation import Problem

_REVIEW = "Review"


def steps_line(steps: Sequence[Step], here: int, problems: Sequence[Problem]) -> Text:
    """Return the steps with a mark at those that have errors; behind the last comes the review."""
    line = Text(no_wrap=True, overflow="ellipsis")
    wrong = {problem.key for problem in problems if problem.is_error}
    for at, step in enumerate(steps):
        is_wrong = any(field.key in wrong for field in step.fields)
        words = f" {at + 1} {step.title}{' !' if is_wrong else ''} "
        line.append(words, "reverse bold" if at == here else "")
    line.append(f" {len(steps) + 1} {_REVIEW} ", "reverse bold" if here >= len(steps) else "")
    return line


def missing_line(
    problems: Sequence[Problem], key: Callable[[str], str], *, is_review: bool
) -> Text:
    """Return the first problem, an error before a warning, and where to go.

    Args:
        problems: All that there are.
        key: Returns the key of an action; empty if it has none.
        is_review: Whether nothing is left but the review.
    """
    missing, review = key("wizard.missing"), key("wizard.review")
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        there = f"{missing} goes to: " if missing else ""  # in front: the sentence may be too long
        words = f"! {there}{errors[0].sentence}{more}"
    elif problems:
        words = f"? {problems[0].sentence}"
    else:
        words = "Nothing is missing."
        words += f" {review} reviews it." if review and not is_review else ""
    return Text(words)


def folded_line(folded: int, key: Callable[[str], str], *, is_unfolded: bool) -> str:
    """Return what stands below the fields: how many are ``folded``, and the key that shows them."""
    unfold = key("wizard.unfold")
    if folded:
        return f"{folded} more" + (f": {unfold}" if unfold else "")
    return f"{unfold} folds what is for few" if unfold and is_unfolded else ""


def crm_text(form: Form, answers: Answers) -> str:
    """Return the commands of a form to be read, without secrets; or why there are none."""
    try:
        text = "\n".join(map(_shown, form.commands(answers)))
        return masked(text, answers) or "# nothing is changed"
    except CrmtuiError as error:
        return str(error)


def loaded_text(form: Form, answers: Answers) -> str | None:
    """Return what a script that does more would load, without secrets; None for what is no script."""
    try:
        if not any(command.is_root for command in form.commands(answers)):
            return None
        return masked("\n".join(command.text() for command in form.trial(answers)), answers)
    except CrmtuiError:
        return None  # `crm_text` says why


def first_difference(old: str, new: str) -> int:
    """Return the number of the first line of ``new`` that is another one in ``old``."""
    before, after = old.splitlines(), new.splitlines()
    same = (one == other for one, other in zip(before, after, strict=False))
    return next(
        (at for at, is_same in enumerate(same) if not is_same), min(len(before), len(after))
    )


def _shown(command: Command) -> str:
    return f"# replaces it in place:\n{command.text()}" if command.is_update else command.text()
