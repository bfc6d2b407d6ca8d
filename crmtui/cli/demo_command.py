"""``crmtui demo`` and ``tour``: an example cluster to look at and to try things on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import click

from crmtui.cli.options import SCREEN, choosing
from crmtui.paths import state_dir

if TYPE_CHECKING:
    from crmtui.settings import Loaded


@click.command()
@choosing(*SCREEN)
def demo(chosen: Loaded) -> None:
    """Open a three-node example cluster: no root, no daemon, nothing is changed."""
    _open(chosen, "offer" if _is_first() else "")


@click.command()
@choosing(*SCREEN)
def tour(chosen: Loaded) -> None:
    """Take a tour of five screens on the example cluster."""
    _open(chosen, "begin")


def _is_first() -> bool:
    """Say whether the tour was never offered before, and remember the offer."""
    try:
        (state_dir() / "tour-offered").touch(mode=0o600, exist_ok=False)
    except OSError:  # nothing can be remembered: better no offer than one at each start
        return False
    return True


def _open(chosen: Loaded, tour: Literal["", "offer", "begin"]) -> None:
    from crmtui.backend.targets.cib_source import CibSource
    from crmtui.backend.targets.sandbox import Sandbox
    from crmtui.cli.open_screen import run_screen
    from crmtui.demo import recent_demo_cib

    target = Sandbox(CibSource.parse("demo", recent_demo_cib(time.time())))
    try:
        run_screen(target, chosen, tour=tour)
    finally:
        target.close()
