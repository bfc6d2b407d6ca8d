"""A sentence is said once, and has one full stop."""

from __future__ import annotations

import pytest

from crmtui.backend.approval.held_line import not_run
from crmtui.backend.approval.sandbox_rules import refusal
from crmtui.backend.gate.gate import READ_ONLY, unforeseeable
from crmtui.text import sentence


@pytest.mark.parametrize("why", [READ_ONLY, refusal("sandbox", (), "cluster stop") or ""])
def test_that_a_line_was_not_run_is_said_once(why: str) -> None:
    """Some reasons say so themselves."""
    assert not_run(why).lower().count("not run") == 1


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("The cluster is not running here.", "The cluster is not running here. Not run."),
        ("backup does not run.", "backup does not run. Not run."),
        ("This is not what was confirmed: not run.", "This is not what was confirmed: not run."),
    ],
)
def test_what_comes_of_a_reason_is_said(why: str, said: str) -> None:
    """Of a resource or cluster that does not run it says nothing of the line."""
    assert not_run(why) == said


@pytest.mark.parametrize("words", ["does this RA exist?", "moves.", "moves"])
def test_a_sentence_has_one_full_stop(words: str) -> None:
    """A question keeps its mark."""
    assert sentence(words) in ("does this RA exist?", "moves.")


def test_that_there_is_no_forecast_is_said_once() -> None:
    """Crm's own question ends the sentence."""
    made = unforeseeable("commit", "got no meta-data, does this RA exist?")
    assert made.headline == "Cannot be forecast: got no meta-data, does this RA exist?"
