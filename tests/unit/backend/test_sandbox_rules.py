"""Lines that no approval lets through, in a sandbox and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.sandbox_rules import refusal

if TYPE_CHECKING:
    from crmtui.backend.process.target import TargetKind


@pytest.mark.parametrize(
    ("level", "line"),
    [
        ((), "status"),
        ((), "node standby n1"),
        ((), "resource cleanup web"),
        ((), "configure primitive x Dummy"),
        (("configure",), "commit"),
        (("configure",), "group g a b"),
        (("configure",), "ra info ocf:heartbeat:IPaddr2"),
        (("resource",), "stop web"),
        ((), "cluster"),
        ((), "cd cluster"),
        (("cluster",), "up"),
        ((), ""),
        ((), "# a comment"),
        ((), "options show"),
        ((), "options pager less"),
        (("configure",), "save /tmp/x"),
        (("configure", "template"), "show web"),
        ((), "cib import 12"),
    ],
)
def test_a_sandbox_runs_what_works_on_the_cib(level: tuple[str, ...], line: str) -> None:
    """Commands that touch nothing but the CIB pass."""
    assert refusal("sandbox", level, line) is None


@pytest.mark.parametrize(
    ("level", "line"),
    [
        ((), "cluster stop"),
        (("cluster",), "stop --all"),
        ((), "clus stop"),
        ((), "node fence n1"),
        ((), "report"),
        ((), "corosync reload"),
        (("configure",), "rsctest web"),
        ((), "script run virtual-ip"),
        ((), "resource secret web set a b"),
        (("maintenance",), "action web stop"),
        ((), "options save"),
        (("options",), "reset"),
        (("configure",), "filter 'sed s/a/b/'"),
        (("configure",), "validate_all web"),
        (("configure",), "template new web nginx"),
        (("configure", "template"), "apply"),
        (("configure",), "nonsense"),
    ],
)
def test_a_sandbox_refuses_what_acts_on_machines(level: tuple[str, ...], line: str) -> None:
    """Commands that act outside of the CIB, and abbreviations that crm would guess, do not pass."""
    assert refusal("sandbox", level, line) is not None


KINDS: tuple[TargetKind, ...] = ("live", "lab", "sandbox")


@pytest.mark.parametrize("kind", KINDS[:2])
@pytest.mark.parametrize("line", ["cluster stop", "frobnicate", "configure zzz", "primitive (x"])
def test_a_real_cluster_gets_every_line_that_is_written_out(kind: TargetKind, line: str) -> None:
    """On a real cluster only guesses are held back: a newer crm may know words that we do not."""
    assert refusal(kind, (), line) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("level", "line", "name"),
    [
        ((), "clus stop", "cluster"),
        ((), "conf commit", "configure"),
        ((), "Status", "status"),
        (("configure",), "q", "quit"),
        (("configure",), "ref", "refresh"),
        (("configure",), "foo", "fencing_topology"),
        (("configure",), "prmtv x Dummy", "primitive"),
        (("configure",), "valid x", "validate-all"),
        ((), "node stby n1", "standby"),
    ],
)
def test_no_target_gets_a_word_that_crm_would_guess(
    kind: TargetKind, level: tuple[str, ...], line: str, name: str
) -> None:
    """The beginning or some letters of one command are held back, with the command they would run."""
    reason = refusal(kind, level, line)
    assert reason is not None
    assert f'crm would run "{name}" for ' in reason


@pytest.mark.parametrize("word", [".rimitive", "[p]rimitive", "(((", "a{99999999999}"])
def test_a_pattern_is_not_sent(word: str) -> None:
    """A regular expression that crm would look for a command with, or die of, is held back."""
    reason = refusal("live", ("configure",), f"{word} x Dummy")
    assert reason is not None
    assert "pattern" in reason


def test_a_word_that_may_stand_for_several_commands_is_held_back() -> None:
    """The installed crm may have but one of the commands that a word may stand for."""
    reason = refusal("live", (), "re")
    assert reason is not None
    assert "report, resource" in reason or "resource, report" in reason
