"""The gate: what a sandbox lets through."""

from __future__ import annotations

import pytest

from crmtui.crm.gate import refusal


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
    ],
)
def test_a_sandbox_refuses_what_acts_on_machines(level: tuple[str, ...], line: str) -> None:
    """Commands that act outside of the CIB, and abbreviations that crm would guess, do not pass."""
    assert refusal("sandbox", level, line) is not None


@pytest.mark.parametrize("kind", ["live", "lab"])
def test_a_real_cluster_gets_every_line(kind: str) -> None:
    """On a real cluster the gate holds nothing back."""
    assert refusal(kind, (), "cluster stop") is None  # type: ignore[arg-type]
