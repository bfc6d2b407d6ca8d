"""From the options of the command line to a target."""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from crmtui.crm.live import LiveTarget
from crmtui.errors import TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crmtui.crm.target import Target


@dataclass(frozen=True, slots=True)
class Where:
    """Which cluster a command is meant for."""

    cib: str | None = None
    """A CIB to make a sandbox of."""
    hosts: tuple[str, ...] = ()
    """Nodes to reach by ssh, the preferred one first."""


def _hosts(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[str, ...]:
    return tuple(host.strip() for host in value.split(",") if host.strip()) if value else ()


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which cluster it is meant for.

    The command gets them as one argument, ``where``; what it is not told itself it takes over from
    the group that it belongs to.
    """

    @click.option(
        "--cib",
        metavar="FILE",
        help="Work on a private copy of this CIB: XML, a pe-input-*.bz2, or a shadow CIB by name.",
    )
    @click.option(
        "--host",
        "hosts",
        metavar="HOST[,HOST]",
        callback=_hosts,
        help="Work on a node reached by ssh; the further ones stand in for it when it goes away.",
    )
    @click.pass_context
    @functools.wraps(command)
    def told(
        context: click.Context, /, cib: str | None, hosts: tuple[str, ...], **rest: Any
    ) -> Any:
        if cib is not None and hosts:
            raise click.UsageError("--cib and --host name two clusters; give one of them.")
        if cib is not None or hosts:
            context.obj = Where(cib, hosts)
        elif not isinstance(context.obj, Where):
            context.obj = Where()
        return command(where=context.obj, **rest)

    return told


def format_option(
    text: str, formats: Iterable[str] = ("text", "json")
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the option that says how it prints what it finds, as ``form``.

    Args:
        text: What the formats are for, as a sentence.
        formats: What there is to choose from; the first holds where nothing is chosen.
    """
    names = list(formats)
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help=text
    )


@contextmanager
def opened(where: Where, *, is_followed: bool = False) -> Iterator[Target]:
    """Open the cluster that is meant, this node if nothing is said; close it afterwards.

    Args:
        where: Which cluster.
        is_followed: Whether a CIB file is to be copied anew each time it changes.

    Raises:
        TargetInvalid: This node is asked for, but the environment points the tools to a file.
        CibUnreadable: Pacemaker's tools cannot read the CIB.
        ClusterUnavailable: None of the hosts lets us in.
    """
    target: Target
    if where.cib is not None:
        from crmtui.crm.cib_source import CibSource
        from crmtui.crm.followed_cib import FollowedCib
        from crmtui.crm.sandbox import Sandbox
        from crmtui.crm.snapshot import take_snapshot

        target = FollowedCib(where.cib) if is_followed else Sandbox(CibSource.open(where.cib))
    elif where.hosts:
        from crmtui.crm.ssh import SshTarget

        target = SshTarget(where.hosts)
    else:
        for variable in ("CIB_file", "CIB_shadow"):
            if os.environ.get(variable):
                raise TargetInvalid(
                    f"{variable} is set to {os.environ[variable]}, so crm would not work on the "
                    "live cluster.",
                    hint=f"Unset it, or name it: crmtui --cib {os.environ[variable]}",
                )
        target = LiveTarget()
    try:
        if where.cib is not None:
            take_snapshot(target)  # what cannot be read now never can
        yield target
    finally:
        target.close()
