"""``crmtui lab``: throwaway clusters of real nodes on this machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crmtui.cli.lazy import Group
from crmtui.cli.options import SCREEN, choosing
from crmtui.lab.lab_plan import DEFAULT_NAME

if TYPE_CHECKING:
    from crmtui.lab.lab import Lab
    from crmtui.settings import Loaded


def _lab() -> Lab:
    from crmtui.lab.lab import Lab

    return Lab(click.get_current_context().obj)


@click.group(cls=Group)
@click.option("--name", default=DEFAULT_NAME, hidden=True)
@click.pass_context
def lab(context: click.Context, name: str) -> None:
    """Run throwaway clusters: real Corosync and Pacemaker nodes in containers on this machine.

    Needs root. The lab adds a bridge and its own folders to this machine, and changes nothing else.
    """
    context.obj = name


@lab.command()
@click.option("--nodes", default=3, show_default=True, help="Number of nodes.")
@click.option(
    "--release",
    type=click.Choice(["bookworm", "trixie"]),
    default="bookworm",
    show_default=True,
    help="Debian release: bookworm has crmsh 4.4 and Pacemaker 2.1, trixie 5.0 and 3.0.",
)
def up(nodes: int, release: str) -> None:
    """Build the image if needed, start the nodes, and wait until they are online."""
    _lab().up(nodes, release, report=click.echo)
    click.echo("Open it: crmtui lab open")


@lab.command()
def status() -> None:
    """List the nodes and their states."""
    found = _lab().status()
    if not found.is_up:
        click.echo("No lab is up. Bring one up: crmtui lab up")
        return
    click.echo(f"Lab {found.name}: {found.release}, {found.subnet}")
    for node in found.nodes:
        words = "on" if node.is_running else "off"
        words += ", cut off" if node.is_cut else ""
        words += ", online in the cluster" if node.is_online else ", not online in the cluster"
        click.echo(f"  {node.name}  {node.address}  {words}")


@lab.command("open")
@click.argument("node", required=False)
@choosing(*SCREEN)
def open_(node: str | None, chosen: Loaded) -> None:
    """Open the screen on NODE, or on the first that is on."""
    from crmtui.cli.open_screen import run_screen

    target = _lab().target(node)
    run_screen(target, chosen)


@lab.command()
@click.argument("node")
def shell(node: str) -> None:
    """Open a root shell on a node."""
    sys.exit(_lab().shell(node))


@lab.command(context_settings={"ignore_unknown_options": True})
@click.argument("node")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run(node: str, command: tuple[str, ...]) -> None:
    """Run a command on a node: crmtui lab run n1 -- crm status."""
    sys.exit(_lab().run(node, command))


@lab.command()
@click.argument("node")
def kill(node: str) -> None:
    """Take a node's power, as if its plug were pulled."""
    _lab().kill(node)
    click.echo(f"{node} has no power. Switch it on: crmtui lab boot {node}")


@lab.command()
@click.argument("node")
def boot(node: str) -> None:
    """Switch a node on, and wait until it is online."""
    _lab().boot(node)
    click.echo(f"{node} is online.")


@lab.command()
@click.argument("node")
def cut(node: str) -> None:
    """Pull a node's network cable; the node runs on."""
    _lab().cut(node)
    click.echo(f"{node} is cut off. Plug it in again: crmtui lab heal {node}")


@lab.command()
@click.argument("node")
def heal(node: str) -> None:
    """Plug a node's network cable in again."""
    _lab().heal(node)
    click.echo(f"{node} has its network again.")


@lab.command()
def down() -> None:
    """Remove the lab with all its files, in any state."""
    _lab().down()
    click.echo("The lab is gone.")
