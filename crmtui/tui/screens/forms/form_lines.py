"""The lines around a form: its steps, what is missing, and the crm text it makes."""

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
    """Return the steps, each with a mark for its worst problem; behind the last comes the review."""
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
    """Return the problem to go to from the field ``here``; None where there are none."""
    ordered = by_urgency(problems)
    keys = [problem.key for problem in ordered]
    if not ordered:
        return None
    return ordered[(keys.index(here) + 1) % len(keys)] if here in keys else ordered[0]


def missing_line(
    problems: Sequence[FormProblem], key: Callable[[str], str], *, here: str, is_review: bool
) -> Text:
    """Return the problem of the field in focus, or else the one that the key goes to.

    Args:
        problems: All that there are.
        key: Returns the key of an action; empty if it has none.
        here: The key of the field in focus; empty for none.
        is_review: Whether nothing is left but the review.
    """
    missing, review = key("wizard.missing"), key("wizard.review")
    own = next((problem for problem in by_urgency(problems) if problem.key == here), None)
    told = own or next_problem(problems, here)
    if told is not None:
        # In front: the sentence may be too long.
        there = f"{missing} goes to: " if missing and told is not own else ""
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        words = f"{'!' if told.is_error else '?'} {there}{told.sentence}{more}"
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


def _shown(command: FormCommand) -> str:
    return f"# replaces it in place:\n{command.text()}" if command.is_update else command.text()
