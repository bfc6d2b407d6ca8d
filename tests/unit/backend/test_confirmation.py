"""Confirmation: one value says what is shown, who asked, and which answer lets lines run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import ChangeRequest, ConfirmationLevel
from crmtui.backend.gate.confirmation import (
    Proposal,
    confirmation,
    forecast_note,
    late,
    propose,
)
from crmtui.forecast.model import Forecast, ScheduledAction
from tests.unit.backend.test_gate import CALM, LOSS, MOVES, UNKNOWN, Nowhere

if TYPE_CHECKING:
    from crmtui.backend.approval.approval import Origin
    from crmtui.backend.process.target import TargetKind

TYPED = ("enter",)


def _proposal(
    line: str = "resource stop web",
    *,
    kind: TargetKind = "live",
    origin: Origin = "typed",
    asked_by: tuple[str, ...] = TYPED,
    is_reviewed: bool = False,
) -> Proposal:
    request = ChangeRequest((line,), origin=origin)
    return Proposal(
        request, kind, f"{kind.upper()} acme", "web", (line,), asked_by, (), is_reviewed
    )


@pytest.mark.parametrize(
    ("proposal", "forecast", "level", "word"),
    [
        (_proposal(), CALM, None, ""),
        (_proposal(), MOVES, "y", "y"),
        (_proposal(), LOSS, "name", "web"),
        (_proposal("cluster stop"), UNKNOWN, "name", "web"),
        (_proposal("cluster start"), UNKNOWN, "y", "y"),
        (_proposal(kind="sandbox"), UNKNOWN, None, ""),
        (_proposal(kind="sandbox"), MOVES, "y", "y"),
        (_proposal(kind="sandbox", is_reviewed=True), MOVES, None, ""),
        (_proposal(kind="sandbox", is_reviewed=True), LOSS, "name", "web"),
        (_proposal(is_reviewed=True), MOVES, "y", "y"),
        (_proposal(origin="key", asked_by=("s",)), CALM, "enter", "enter"),
        (_proposal(origin="key", asked_by=("s", "enter")), CALM, "enter", "y"),
        (_proposal(origin="key", asked_by=("enter", "y")), CALM, "enter", "Y"),
        (_proposal(origin="key", asked_by=("y",)), MOVES, "y", "Y"),
        (_proposal(origin="undo", asked_by=("y", "Y")), MOVES, "y", "o"),
        (_proposal(origin="key", asked_by=("s",)), LOSS, "name", "web"),
    ],
)
def test_one_function_decides_whether_and_how(
    proposal: Proposal, forecast: Forecast, level: ConfirmationLevel | None, word: str
) -> None:
    """Request, forecast and kind of target decide; the key that asked never confirms."""
    asked = confirmation(proposal, forecast)

    assert (asked.level if asked else None, asked.word if asked else "") == (level, word)


@pytest.mark.parametrize(
    ("proposal", "forecast", "right", "wrong"),
    [
        (_proposal(), MOVES, ("y", " y "), ("", "Y", "yes", "n")),
        (_proposal(), LOSS, ("web", "web "), ("", "y", "Web", "we")),
        (_proposal(origin="key", asked_by=("s",)), CALM, ("", " "), ("enter", "y")),
    ],
)
def test_only_the_word_confirms(
    proposal: Proposal, forecast: Forecast, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    """Everything else is no, on a bare terminal as in a dialog."""
    asked = confirmation(proposal, forecast)
    assert asked is not None

    assert [each for each in (*right, *wrong) if asked.accepts(each)] == [*right]


def test_a_bare_terminal_is_shown_what_the_dialog_shows() -> None:
    """The cluster, the lines behind those that a commit takes along, forecast and remarks; no secret."""
    request = ChangeRequest(
        ("commit",), ("configure",), "typed", ("primitive x ocf:a:b params pw=1",)
    )
    move = ScheduledAction("move", "web", "n1", "n2")
    forecast = Forecast("commit", "web moves", actions=(move,), caveats=("A caveat.",))
    proposal = propose(
        request,
        Nowhere(),
        None,
        lambda line: line.replace("pw=1", "pw=***"),
        remarks=("A remark.",),
    )
    asked = confirmation(proposal, forecast)
    assert asked is not None

    assert proposal.lines == (
        "crm configure primitive x ocf:a:b params pw=***",
        "crm configure commit",
    )
    for each in (proposal.title, *proposal.lines, "web moves", "A caveat.", "A remark."):
        assert each in asked.report
    assert (proposal.title, asked.summary) == ("Run on LIVE n1?", "web moves.")
    assert asked.details.splitlines() == ["A caveat.", "A remark."]
    assert asked.question == "Type y to run it, anything else not to: "
    assert proposal.not_run == "Not run: commit"


def test_undo_is_told_in_its_own_words() -> None:
    """No line of crm stands for it, so the name is that of the cluster."""
    request = ChangeRequest(("web: target-role",), origin="undo")
    proposal = propose(request, Nowhere(), None, str, asked_by=("u",))

    assert (proposal.title, proposal.lines) == (
        "Run on LIVE n1?",
        ("undo: web: target-role",),
    )
    assert proposal.name == "n1"


def test_notes_are_worded_once() -> None:
    """The note of what runs, and that of a forecast that is late, are the same everywhere."""
    assert forecast_note(MOVES) == "Forecast: web moves."
    assert forecast_note(UNKNOWN) == ""
    assert late("Esc").endswith("Esc cancels.")
