"""Options and stages of the crm that is installed, as three versions of crmsh have listed their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.queries import installed_crmsh
from crmtui.completion import complete
from crmtui.crmsh import installed_commands
from crmtui.lint import lint
from tests.unit.completion_world import World

if TYPE_CHECKING:
    from crmtui.crmsh.installed_commands import Crmsh

DATA = Path(__file__).parents[2] / "data" / "crmsh"
VERSIONS = ("4.4.1", "5.0.0", "5.1.0")


@cache
def world(version: str) -> World:
    """Return a cluster with that crmsh."""
    return World(installed=listed(version))


@cache
def listed(version: str) -> Crmsh:
    """Return what the crmsh of a version has listed of itself."""
    return installed_crmsh._parsed((DATA / f"listing-{version}.json").read_text(encoding="utf-8"))


def offered(version: str, line: str) -> list[str]:
    """Return what is offered at the end of a line."""
    return [each.text for each in complete((), line, world(version))]


def words(version: str, command: str) -> set[str]:
    """Return all words of the options of a command of ``cluster``."""
    row = installed_commands.command("cluster", command, listed(version))
    assert row is not None
    return {word for option in row.options for word in (option.word, *option.aliases)}


@pytest.mark.parametrize(
    ("version", "command", "there", "missing"),
    [
        (
            "4.4.1",
            "init",
            "-u -M --no-overwrite-sshkey --qdevice-port -w",
            "-x -t -F --qnetd-port --use-ssh-agent --no-use-ssh-agent -g",
        ),
        (
            "5.0.0",
            "init",
            "-t -x --use-ssh-agent --no-use-ssh-agent --qdevice-port -g -w",
            "-u -M -F --no-overwrite-sshkey --qnetd-port",
        ),
        (
            "5.1.0",
            "init",
            "-t -x -F --force --use-ssh-agent --no-use-ssh-agent --qdevice-port --qnetd-port -g",
            "-u -M --no-overwrite-sshkey",
        ),
        ("4.4.1", "join", "-w -c -i", "-x --use-ssh-agent"),
        ("5.1.0", "join", "-c -i --use-ssh-agent --no-use-ssh-agent", "-w -x"),
        ("5.1.0", "remove", "-c -F --qdevice", "-w"),
        ("5.1.0", "geo_join", "-c -s --no-use-ssh-agent", "-t"),
    ],
)
def test_the_options_are_those_of_the_installed_crm(
    version: str, command: str, there: str, missing: str
) -> None:
    """Options that it does not have are not offered; those that our table does not know are."""
    found = words(version, command)
    assert set(there.split()) <= found
    assert not set(missing.split()) & found


@pytest.mark.parametrize(
    ("version", "command", "stages"),
    [
        ("4.4.1", "init", "ssh csync2 corosync cluster ocfs2 vgfs admin sbd qdevice"),
        ("5.0.0", "init", "ssh firewalld csync2 corosync cluster ocfs2 gfs2 admin sbd qdevice"),
        ("5.1.0", "init", "ssh firewalld csync2 corosync cluster ocfs2 gfs2 admin sbd qdevice"),
        ("4.4.1", "join", "ssh csync2 ssh_merge cluster"),
        ("5.1.0", "join", "ssh firewalld ssh_merge cluster"),
    ],
)
def test_the_stages_are_those_of_the_installed_crm(version: str, command: str, stages: str) -> None:
    """``vgfs`` and ``join csync2`` are offered where there are such stages only."""
    found = [each for each in offered(version, f"cluster {command} ") if not each.startswith("-")]
    assert found == stages.split()


@pytest.mark.parametrize("version", VERSIONS)
def test_what_our_table_knows_of_a_value_stays(version: str) -> None:
    """The node to join is still offered behind ``-c``, the algorithms behind theirs."""
    assert offered(version, "cluster join -c ") == ["n2", "n1"]
    assert offered(version, "cluster init --qdevice-algo ") == ["ffsplit", "lms"]


@pytest.mark.parametrize("version", VERSIONS)
def test_help_says_nothing_of_other_versions(version: str) -> None:
    """An offered option is there, so no remark says of which crmsh it is."""
    row = installed_commands.command("cluster", "init", listed(version))
    assert row is not None
    assert row.options
    assert all(option.help and "crmsh" not in option.help for option in row.options)


def test_an_option_that_the_installed_crm_has_is_no_finding() -> None:
    """``-F`` is right on 5.1."""
    assert lint((), "cluster init -F -y", world("5.1.0")) == ()


def test_without_an_installed_crm_our_table_stands() -> None:
    """If it cannot be asked, options of all versions are offered, each with its remark."""
    unknown = World(installed=None)
    found = [each.text for each in complete((), "cluster init -", unknown)]
    assert {"-u", "-t", "-x"} <= set(found)
