"""The gate: lines that pass, lines held for approval, and approvals that no longer hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import (
    Approval,
    ChangeRequest,
    SecondLook,
    SeenAgain,
    confirmation_level,
    needs_confirmation,
)
from crmtui.backend.gate import gate as gates
from crmtui.backend.gate.gate import READ_ONLY, Gate, difference
from crmtui.cib.version import CibVersion
from crmtui.crmsh.installed_commands import Crmsh, InstalledCommand
from crmtui.crmsh.prompt import CrmPrompt
from crmtui.errors import ClusterUnavailable
from crmtui.forecast.model import Forecast, ScheduledAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.backend.approval.approval import ConfirmationLevel, GateVerdict, LinePolicy
    from crmtui.backend.process.target import Invocation, TargetKind, Wakeup

ROOT = CrmPrompt("live", "n1")
CONFIGURE = CrmPrompt("live", "n1", ("configure",))
SHADOW = CrmPrompt("plan", "n1")
CALM = Forecast("x", "nothing moves", version=CibVersion(0, 1, 1))
MOVES = replace(CALM, summary="web moves", actions=(ScheduledAction("move", "web", "n2"),))
LOSS = replace(CALM, summary="web RUNS NOWHERE", lost=("web",))
UNKNOWN = replace(CALM, summary="cannot be forecast", unforeseeable="who knows")


@dataclass
class Nowhere:
    """A target that nothing runs on."""

    kind: TargetKind = "live"
    name: str = "n1"

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Refuse."""
        raise ClusterUnavailable(f"{argv} {env}")

    def wakeup(self) -> Wakeup:
        """Refuse."""
        raise AssertionError

    def after_command(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (ROOT, "status"),
        (ROOT, "cib new plan"),
        (CONFIGURE, "primitive x Dummy"),
        (CONFIGURE, "refresh"),
        (SHADOW, "resource stop web"),
        (replace(SHADOW, level=("configure",)), "commit"),
    ],
)
def test_what_changes_no_cluster_passes(prompt: CrmPrompt, line: str) -> None:
    """Reading, the user's own, what only waits, and a shadow CIB need no approval."""
    assert Gate(Nowhere(), is_attended=False).for_session().check(prompt, line, ()) is None
    assert Gate(Nowhere()).for_session().check(prompt, line, ("x",)) is None or line.startswith(
        "primitive"
    )


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (ROOT, "resource stop web"),
        (ROOT, "frobnicate"),
        (ROOT, "configure property x=1"),
        (CONFIGURE, "commit"),
        (SHADOW, "cib commit plan"),
        (SHADOW, "node fence n1"),
        (SHADOW, "cluster stop"),
    ],
)
def test_what_changes_the_cluster_is_held(prompt: CrmPrompt, line: str) -> None:
    """A change needs approval; a script has nobody to ask; locked, nothing passes."""
    ruling = Gate(Nowhere()).for_session().check(prompt, line, ("a", "b"))
    assert isinstance(ruling, ChangeRequest)
    assert ruling.lines == (line,)
    assert ruling.staged == (("a", "b") if line == "commit" else ())
    assert Gate(Nowhere(), is_attended=False).for_session().check(prompt, line, ()) is None
    assert (
        Gate(Nowhere(), is_read_only=lambda: True).for_session().check(prompt, line, ())
        == READ_ONLY
    )


def test_what_is_withheld_is_no_commit_of_any_kind() -> None:
    """Once commits are withheld, all else that a script may do still passes."""
    gate = Gate(Nowhere(), is_attended=False)
    gate.withhold_commits("Not run.")
    rules = gate.for_session()
    lines = (
        (CONFIGURE, "commit"),
        (CONFIGURE, "commit force"),
        (ROOT, "cib commit plan"),
        (ROOT, "configure primitive good Dummy"),
        (ROOT, "configure commit"),
    )
    assert [rules.check(prompt, line, ("x",)) for prompt, line in lines] == ["Not run."] * 5
    for prompt, line in ((CONFIGURE, "property a=b"), (ROOT, "node standby n1")):
        assert rules.check(prompt, line, ("x",)) is None


def test_a_cib_switched_within_configure_is_not_trusted() -> None:
    """A crm that commits what it had read to the cluster would show the shadow in its prompt, too."""
    gate = Gate(Nowhere()).for_session()
    inside = replace(SHADOW, level=("configure",))
    assert gate.check(CONFIGURE, "cib use plan", ()) is None
    assert isinstance(gate.check(inside, "commit", ("a",)), ChangeRequest)
    assert gate.check(SHADOW, "status", ()) is None
    assert gate.check(inside, "commit", ("a",)) is None


def test_what_one_crm_is_at_says_nothing_of_another() -> None:
    """A crm beside the warm one, at its root, takes none of the doubt about the warm one's commit."""
    gate = Gate(Nowhere())
    warm, side_session = gate.for_session(), gate.for_session()
    assert warm.check(CONFIGURE, "cib use plan", ()) is None
    assert side_session.check(ROOT, "status", ()) is None
    inside = replace(SHADOW, level=("configure",))
    assert isinstance(warm.check(inside, "commit", ("a",)), ChangeRequest)
    blind = Gate(Nowhere(), blindness=lambda: "The cluster has not been seen.")
    warm, side_session = blind.for_session(), blind.for_session()
    assert warm.check(CONFIGURE, "cib import 3", ()) is None
    assert side_session.check(ROOT, "status", ()) is None
    assert warm.check(inside, "commit", ("a",)) == "The cluster has not been seen. Not run."


def test_an_approval_that_was_checked_for_one_crm_is_checked_for_another(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """That the state was read again before a line of one crm says nothing of a line of another."""
    gate, approval = Gate(Nowhere()), _approved(MOVES)
    warm, side_session = gate.for_session(), gate.for_session()
    now(CibVersion(0, 1, 1), LOSS)
    assert _verdict(warm, approval) is None
    now(CibVersion(0, 1, 7), LOSS)
    assert _verdict(warm, approval) is None
    assert isinstance(_verdict(side_session, approval), str)


def test_blind_only_what_repairs_may_be_asked_for() -> None:
    """While the cluster is not seen, nothing that depends on its state is run."""
    gate = Gate(Nowhere(), blindness=lambda: "The cluster has not been seen.").for_session()
    assert gate.check(ROOT, "resource stop web", ()) == "The cluster has not been seen. Not run."
    assert isinstance(gate.check(ROOT, "cluster start", ()), ChangeRequest)
    assert gate.check(ROOT, "status", ()) is None


def _approved(forecast: Forecast) -> Approval:
    return Approval(ChangeRequest(("resource stop web",), origin="key"), forecast)


def _verdict(
    policy: LinePolicy,
    approval: Approval,
    prompt: CrmPrompt = ROOT,
    line: str = "resource stop web",
) -> GateVerdict:
    """Return what the gate says in the end of ``line``, after a second look where it wants one."""
    verdict = policy.check(prompt, line, (), approval)
    if isinstance(verdict, SecondLook):
        verdict = policy.check(prompt, line, (), approval, verdict.look())
    return verdict


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[CibVersion, Forecast], None]:
    """Return what sets the version of the CIB, and what is foreseen then."""

    def be(version: CibVersion, forecast: Forecast) -> None:
        monkeypatch.setattr(gates, "query_version", lambda _target: version)
        monkeypatch.setattr(Gate, "forecast", lambda _gate, _request: forecast)

    return be


def test_an_approval_holds_as_long_as_the_forecast_does(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """The CIB may move on, if what would come of the line is the same."""
    gate, approval = Gate(Nowhere()).for_session(), _approved(MOVES)
    now(CibVersion(0, 1, 1), LOSS)
    assert _verdict(gate, approval) is None
    now(CibVersion(0, 1, 7), replace(MOVES, version=CibVersion(0, 1, 7)))
    assert _verdict(Gate(Nowhere()).for_session(), approval) is None
    now(CibVersion(0, 1, 7), LOSS)
    ruling = _verdict(Gate(Nowhere()).for_session(), approval)
    assert isinstance(ruling, str)
    assert "Then: web moves. Now: web RUNS NOWHERE." in ruling


def test_an_approval_is_for_its_lines_at_its_place(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """Other lines, another level and a shadow CIB are not what was confirmed."""
    now(CibVersion(0, 1, 1), MOVES)
    gate, approval = Gate(Nowhere()).for_session(), _approved(MOVES)
    assert isinstance(_verdict(gate, approval, ROOT, "resource stop db"), str)
    assert isinstance(_verdict(gate, approval, CONFIGURE, "resource stop web"), str)
    assert isinstance(_verdict(gate, approval, SHADOW, "resource stop web"), str)


def test_what_cannot_be_foreseen_holds_for_the_configuration(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """Results of monitors do not matter, a change of the configuration does."""
    approval = _approved(UNKNOWN)
    now(CibVersion(0, 1, 9), UNKNOWN)
    assert _verdict(Gate(Nowhere()).for_session(), approval) is None
    now(CibVersion(0, 2, 0), UNKNOWN)
    assert isinstance(_verdict(Gate(Nowhere()).for_session(), approval), str)


def test_no_answer_is_no_approval(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the state cannot be read again, nothing runs."""

    def fail(_target: object) -> str:
        raise ClusterUnavailable("cibadmin gave no answer.")

    monkeypatch.setattr(gates, "query_version", fail)
    ruling = _verdict(Gate(Nowhere()).for_session(), _approved(MOVES))
    assert ruling == "cibadmin gave no answer. Not run."


def test_the_moment_before_counts_and_not_the_second_look(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """A gate that was locked, or a cluster that was lost, during the second look lets nothing pass."""
    locked: list[bool] = []
    blind: list[str] = []
    gate = Gate(Nowhere(), blindness=lambda: "".join(blind), is_read_only=lambda: bool(locked))
    policy, approval = gate.for_session(), _approved(MOVES)
    now(CibVersion(0, 1, 1), MOVES)
    asked = policy.check(ROOT, "resource stop web", (), approval)
    assert isinstance(asked, SecondLook)
    seen = asked.look()
    assert seen == SeenAgain("", CibVersion(0, 1, 1))
    blind.append("The cluster is lost.")
    said = policy.check(ROOT, "resource stop web", (), approval, seen)
    assert said == "The cluster is lost. Not run."
    locked.append(True)
    assert policy.check(ROOT, "resource stop web", (), approval, seen) == READ_ONLY
    blind.clear()
    locked.clear()
    assert policy.check(ROOT, "resource stop web", (), approval, seen) is None


def test_a_second_look_with_a_forecast_tells_no_version(
    now: Callable[[CibVersion, Forecast], None],
) -> None:
    """A version read before a forecast is old when it is done: the judge asks afresh."""
    now(CibVersion(0, 1, 7), MOVES)
    asked = Gate(Nowhere()).for_session().check(ROOT, "resource stop web", (), _approved(MOVES))
    assert isinstance(asked, SecondLook)
    assert asked.look() == SeenAgain()


@pytest.mark.parametrize(
    ("line", "forecast", "confirmed_by"),
    [
        ("resource stop web", CALM, "enter"),
        ("resource stop web", MOVES, "y"),
        ("resource manage web", LOSS, "name"),
        ("cluster stop", UNKNOWN, "name"),
        ("cluster start", UNKNOWN, "y"),
    ],
)
def test_confirmation_grows_with_the_forecast(
    line: str, forecast: Forecast, confirmed_by: ConfirmationLevel
) -> None:
    """Not the verb decides, but what would come of it."""
    assert confirmation_level(ChangeRequest((line,)), forecast) == confirmed_by


@pytest.mark.parametrize(
    ("kind", "forecast", "is_asked"),
    [
        ("live", CALM, False),
        ("live", MOVES, True),
        ("lab", LOSS, True),
        ("live", UNKNOWN, True),
        ("sandbox", CALM, False),
        ("sandbox", MOVES, True),
        ("sandbox", LOSS, True),
        ("sandbox", UNKNOWN, False),
    ],
)
def test_who_is_asked(kind: TargetKind, forecast: Forecast, is_asked: bool) -> None:
    """A typed line that moves nothing just runs, in a sandbox the unforeseeable too; a key asks."""
    assert needs_confirmation(kind, ChangeRequest(("x",)), forecast) is is_asked
    assert needs_confirmation(kind, ChangeRequest(("x",), origin="key"), forecast)


@pytest.mark.parametrize(
    ("kind", "forecast", "is_asked"),
    [("live", MOVES, True), ("sandbox", MOVES, False), ("sandbox", LOSS, True)],
)
def test_what_a_form_has_shown(kind: TargetKind, forecast: Forecast, is_asked: bool) -> None:
    """In a sandbox the review of a form is enough where nothing would be lost."""
    assert needs_confirmation(kind, ChangeRequest(("x",)), forecast, is_reviewed=True) is is_asked


def test_a_word_that_nobody_has_heard_of_is_asked_for_plainly() -> None:
    """With an unknown crm installed, no name has to be typed for a command that it will hardly have."""
    newer = Crmsh({"root": (InstalledCommand("frobnicate"),)})
    for installed, level in ((None, "y"), (newer, "name")):
        gate = Gate(Nowhere(), installed=lambda known=installed: known)  # type: ignore[misc]
        request = gate.for_session().check(ROOT, "frobnicate now", ())
        assert isinstance(request, ChangeRequest)
        assert confirmation_level(request, UNKNOWN) == level
        assert needs_confirmation("live", request, UNKNOWN)
    known = Gate(Nowhere()).for_session().check(ROOT, "cluster stop", ())
    assert isinstance(known, ChangeRequest)
    assert confirmation_level(known, UNKNOWN) == "name"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("resource stop web",), "web"),
        (("resource move web n2",), "web"),
        (("node standby n1 n2",), "acme"),
        (("cluster stop",), "acme"),
        (("commit",), "acme"),
        (("node maintenance n1", "node maintenance n2"), "acme"),
    ],
)
def test_the_name_to_type(lines: tuple[str, ...], name: str) -> None:
    """One object is named by itself, several and everything by the cluster."""
    assert ChangeRequest(lines).subject(frozenset(("web", "n1", "n2")), "acme") == name


def test_the_order_of_actions_is_no_difference() -> None:
    """The first action depends on more than the cluster's state."""
    other = (ScheduledAction("stop", "db", "n1"), *MOVES.actions)
    one = replace(MOVES, actions=other)
    assert difference(one, replace(one, actions=other[::-1])) is None
    assert difference(one, MOVES) is not None


@pytest.mark.parametrize(
    ("level", "line", "is_refused"),
    [
        ((), "pcs status", True),
        ((), "ycommit", True),
        (("resource",), "nosuch web", True),
        ((), "resource brandnew web", False),
        (("resource",), "brandnew web", False),
        (("unlisted",), "anything", False),
    ],
)
def test_what_the_installed_crm_does_not_know_is_refused(
    level: tuple[str, ...], line: str, is_refused: bool
) -> None:
    """A word that names nothing in the installed crm is refused; what only it knows is asked for."""
    installed = Crmsh(levels={"root": (), "resource": (InstalledCommand("brandnew"),)})
    prompt = CrmPrompt("live", "n1", level)
    ruling = Gate(Nowhere(), installed=lambda: installed).for_session().check(prompt, line, ())
    assert isinstance(ruling, str) == is_refused
    if is_refused:
        assert "There is no command" in str(ruling)
    else:
        assert isinstance(ruling, ChangeRequest)
    as_before = Gate(Nowhere()).for_session().check(prompt, line, ())
    assert isinstance(as_before, ChangeRequest), "nobody knows yet what the installed crm has"
