"""The lines around a form: which problem is told, and which one the key for it goes to."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.text import Text

from crmtui.tui.screens.forms.form_lines import missing_line, next_problem, steps_line
from crmtui.tui.screens.forms.review import Review, ReviewPage
from crmtui.wizard.fields import Field, FormStep
from crmtui.wizard.validation import FormProblem

DOUBT = FormProblem("role", "n is no role.", is_error=False)
GROUP = FormProblem("group", "group is needed.")
NAME = FormProblem("name", "name is needed.")
ALL = (DOUBT, GROUP, NAME)


def _key(action: str) -> str:
    return {"wizard.missing": "F6", "wizard.review": "F8"}.get(action, "")


@pytest.mark.parametrize(
    ("here", "line", "goal"),
    [
        ("", "! F6 goes to: group is needed. (2 more)", "group"),
        ("ip", "! F6 goes to: group is needed. (2 more)", "group"),
        ("group", "! group is needed. (2 more)", "name"),
        ("name", "! name is needed. (2 more)", "role"),
        ("role", "? n is no role. (2 more)", "group"),
    ],
)
def test_the_key_goes_to_the_problem_that_is_named(here: str, line: str, goal: str) -> None:
    """An error comes before a doubt; in a field with a problem that one is told, and left behind."""
    assert missing_line(ALL, _key, here=here, is_review=False).plain == line
    found = next_problem(ALL, here)
    assert found is not None
    assert found.key == goal


def test_nothing_missing_leads_to_the_review() -> None:
    """If nothing is missing the line says so, and how to go on."""
    assert next_problem((), "group") is None
    told = missing_line((), _key, here="group", is_review=False).plain
    assert told == "Nothing is missing. F8 reviews it."


def test_a_step_is_marked_by_its_worst_problem() -> None:
    """A doubtful value marks its step, too, and less than an error."""
    steps = [FormStep(name, name, (Field(name, name),)) for name in ("ip", "role", "group")]
    assert steps_line(steps, 0, ALL).plain.split("  ") == [
        " 1 ip",
        "2 role ?",
        "3 group !",
        "4 Review ",
    ]


def test_the_review_tells_of_doubts_beside_errors() -> None:
    """A doubtful value is said in the review even while something else is missing."""
    review = Review(ALL, None, (), Text("primitive x Dummy"))
    told = ReviewPage(Console(), 80).told(review).plain
    assert "! group is needed." in told
    assert "? n is no role." in told
