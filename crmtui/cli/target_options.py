"""Options of the command line that choose the target."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from crmtui.cli.cluster_choice import Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _hosts(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[str, ...]:
    if not value:
        return ()
    # Imported here: most starts need no ssh.
    from crmtui.backend.targets.ssh.hosts import hosts

    return hosts(value)


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose its cluster.

    The command gets them as one argument, ``where``. An option that is not given to it is taken from
    its group.
    """

    @click.option(
        "--cib",
        metavar="FILE",
        help="Work on a private copy of this CIB: XML, a pe-input-*.bz2, or a shadow CIB by name.",
    )
    @click.option(
        "--host",
        "hosts",
        metavar="[USER@]HOST[,[USER@]HOST]",
        callback=_hosts,
        help="Work on a node reached by ssh; further nodes stand in for it when it fails. "
        "User and port (ssh://USER@HOST:PORT) of the first hold for nodes that name none.",
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
    """Give a command the option for its output format, as ``form``.

    Args:
        text: The purpose of the formats, as a sentence.
        formats: The choices; the first is the default.
    """
    names = list(formats)
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help=text
    )
