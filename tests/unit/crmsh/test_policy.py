"""Policy of commands: one row for each command of every crmsh, and how a row is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.crmsh import command_table
from crmtui.crmsh.line import parse
from crmtui.crmsh.policy import UNKNOWN, CommandPolicy, Exemption, parse_policy

if TYPE_CHECKING:
    from crmtui.crmsh.policy import Effect

LISTINGS = Path(__file__).parents[2] / "data" / "crmsh"
"""``commands-VERSION.txt``: levels with their words, walked in that crmsh (``ui_root.Root``)."""


@pytest.mark.parametrize("version", ["4.4.0", "5.0.0", "5.1.0"])
def test_every_command_of_each_crmsh_has_a_policy(version: str) -> None:
    """No command of a crmsh that users have is one of which nothing was decided."""
    lines = (LISTINGS / f"commands-{version}.txt").read_text("utf-8").splitlines()
    rows = {line: command_table.command(*line.split()) for line in lines}
    assert len(rows) > 400
    assert [
        line
        for line, row in rows.items()
        if row is None or (not row.is_level and row.policy is UNKNOWN)
    ] == []


def test_every_row_of_the_table_has_a_policy() -> None:
    """A new row says what its command changes, or the tests fail."""
    assert [
        (level, row.name)
        for level in command_table.levels()
        for row in command_table.rows(level)
        if not row.is_level and row.policy is UNKNOWN
    ] == []


def test_a_policy_is_read() -> None:
    """Effect, exemptions, traits and reasons stand in one row."""
    text = "write read(@1=show|check) own(-f) cib trial no-undo(It is gone.)"
    exemptions = (
        Exemption("read", frozenset(("show", "check")), 1),
        Exemption("own", frozenset(("-f",))),
    )
    policy = parse_policy(text)
    assert policy == CommandPolicy(
        "write", exemptions, frozenset(("cib", "trial")), no_undo="It is gone."
    )


@pytest.mark.parametrize(
    ("text", "arguments", "effect"),
    [
        ("write read(@1=show)", ("web", "show"), "read"),
        ("write read(@1=show)", ("show", "set"), "write"),
        ("write read(@1=show)", (), "write"),
        ("stage write(-f|--force)", ("a", "--force"), "write"),
        ("stage read()", (), "read"),
        ("stage read()", ("x",), "stage"),
    ],
)
def test_an_exemption_depends_on_the_arguments(
    text: str, arguments: tuple[str, ...], effect: Effect
) -> None:
    """A word counts at its place, or anywhere, or it is that there is none."""
    assert parse_policy(text).effect_of(arguments) == effect


@pytest.mark.parametrize("text", ["harmless", "read cibb", "read Cib", "write trial(x)"])
def test_a_word_that_no_policy_has_is_an_error(text: str) -> None:
    """A slip in a row is found when the table is read, not when the command runs."""
    with pytest.raises(ValueError, match="is no word of a policy"):
        parse_policy(text)


def test_a_command_has_what_its_levels_have() -> None:
    """A command that brings a cluster back is told by its level, even one that is unknown there."""
    assert parse((), "corosync link add x").has("repairs")
    assert parse((), "cluster frobnicate").has("repairs")
    assert not parse((), "node standby n1").has("repairs")


def test_an_unknown_command_changes_the_cluster() -> None:
    """Nothing is harmless that was not decided to be."""
    found = parse((), "frobnicate now")
    assert (found.is_known, found.effect, found.leaves_cluster) == (False, "write", False)
    assert found.arguments == ("now",)
