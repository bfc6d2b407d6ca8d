"""Hosts of --host: which user and port each is reached with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from crmtui.backend.targets.ssh.hosts import hosts
from crmtui.cli.target_options import target_options

if TYPE_CHECKING:
    from crmtui.cli.cluster_choice import Where


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("", ()),
        (" , ", ()),
        ("n1", ("n1",)),
        ("root@n1,n2", ("root@n1", "root@n2")),
        (" root@n1 , n2 ,n3", ("root@n1", "root@n2", "root@n3")),
        ("root@n1,admin@n2,n3", ("root@n1", "admin@n2", "root@n3")),
        ("n1,admin@n2,n3", ("n1", "admin@n2", "n3")),
        ("root@n1,ssh://n2", ("root@n1", "ssh://root@n2")),
        ("root@n1,ssh://n2:2222", ("root@n1", "ssh://root@n2:2222")),
        ("ssh://root@n1:2222,n2", ("ssh://root@n1:2222", "ssh://root@n2:2222")),
        ("ssh://root@n1:2222,ssh://a@n2:22", ("ssh://root@n1:2222", "ssh://a@n2:22")),
        ("ssh://n1:2222,a@n2", ("ssh://n1:2222", "ssh://a@n2:2222")),
        ("root@10.0.0.1,10.0.0.2", ("root@10.0.0.1", "root@10.0.0.2")),
        ("root@fd00::1,fd00::2", ("root@fd00::1", "root@fd00::2")),
        ("root@fe80::1%eth0,fe80::2%eth0", ("root@fe80::1%eth0", "root@fe80::2%eth0")),
        ("ssh://root@[fd00::1]:22,[fd00::2]", ("ssh://root@[fd00::1]:22", "ssh://root@[fd00::2]:22")),
        ("ssh://root@[fd00::1]:22,fd00::2", ("ssh://root@[fd00::1]:22", "ssh://root@[fd00::2]:22")),
        ("a@b@n1,n2", ("a@b@n1", "a@b@n2")),
        ("-oProxyCommand=x,n2", ("-oProxyCommand=x", "n2")),
        ("root@n1,-oProxyCommand=x", ("root@n1", "-oProxyCommand=x")),
    ],
)  # fmt: skip
def test_user_and_port_of_the_first_host_hold_for_those_without_their_own(
    listed: str, found: tuple[str, ...]
) -> None:
    """n2 of ``root@n1,n2`` is reached as root too, unless it names its own user."""
    assert hosts(listed) == found


def test_the_option_completes_the_hosts() -> None:
    """Hosts completed after ``--host`` are reached as the user that was typed once."""
    found: list[Where] = []

    @click.command()
    @target_options
    def command(where: Where) -> None:
        found.append(where)

    done = CliRunner().invoke(command, ["--host", "root@n1,n2,admin@n3"])
    assert done.exit_code == 0, done.output
    assert found[0].hosts == ("root@n1", "root@n2", "admin@n3")
