"""Opening the screen on a terminal that can show it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from crmtui.backend.process.parallel import Tools
from crmtui.backend.process.run import require
from crmtui.cli.ending import Ending
from crmtui.cli.splash_terminal import SplashTerminal
from crmtui.errors import TerminalUnfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.backend.watch.watch import Watch
    from crmtui.settings import Loaded
    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.presentation.headline import Lock

_Tour = Literal["", "offer", "begin"]

_SWITCH_SECONDS = 0.001
"""Longest wait, in seconds, of a thread that listens to crm while the screen paints; Python has 5 ms."""
_FIRST_SECONDS = 0.5
"""Longest wait for a first picture, in seconds; Textual loads after it. A cluster answers in 0.05."""
_DUMB = ("", "dumb", "unknown")


def check_terminal() -> None:
    """Refuse a terminal that cannot show a screen.

    Raises:
        TerminalUnfit: Input or output is no terminal, or TERM names one that cannot move its cursor.
    """
    elsewhere = "crmtui shell needs a plain terminal only; crmtui snapshot needs none."
    # The screen is painted on standard error, so a pipe behind standard output alone would not stop it.
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise TerminalUnfit("Input or output is not a terminal.", hint=elsewhere)
    term = os.environ.get("TERM", "")
    if term in _DUMB:
        raise TerminalUnfit(
            f"TERM is {term or 'not set'}: crmtui cannot draw a screen on such a terminal.",
            hint=f"Set TERM to what your terminal is, for example xterm-256color. {elsewhere}",
        )


def knows_utf8() -> bool:
    """Say whether the locale of this terminal is a UTF-8 one.

    Python sets LC_CTYPE to C.UTF-8 where it finds the locale C (PEP 538), so the locale that Python
    was started with counts.
    """
    from pathlib import Path  # here, as the first look goes on while this is loaded

    given = Path("/proc/self/environ").read_bytes().decode(errors="replace").split("\0")
    env = dict(variable.split("=", 1) for variable in given if "=" in variable)
    locale = next((env[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(name)), "")
    return "utf8" in locale.lower().replace("-", "")


def colours() -> str:
    """Return the colours of the terminal: ``truecolor``, ``256``, ``standard`` (16) or nothing."""
    from rich.console import Console

    return Console(force_terminal=True, no_color=False).color_system or ""


def run_screen(
    target: Target,
    chosen: Loaded | None = None,
    *,
    tour: _Tour = "",
) -> None:
    """Open the screen on ``target`` and return when the user quits.

    Mistakes in settings and keymap are shown on the screen, and do not end it.

    Args:
        target: The cluster.
        chosen: The user's settings; None to load file and environment.
        tour: Offers the tour, or begins it.

    Raises:
        TerminalUnfit: This terminal cannot show the screen.
        ProgramMissing: The target has no crm, so no command could run.
    """
    check_terminal()
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.disable()  # until all is loaded, which leaves next to no garbage
    ending = Ending()
    ending.heed()
    with SplashTerminal() as splash_terminal, _watching(target) as watch:
        app = _loaded(target, chosen, watch, splash_terminal, tour)
        try:
            status = ending.run(app, splash_terminal)
        finally:
            splash_terminal.is_up = splash_terminal.is_up and not app.has_terminal
    if status:
        sys.exit(status)


@contextmanager
def _watching(target: Target) -> Iterator[Watch]:
    """Watch ``target``; its programs make the first look while the screen's modules are loaded."""
    tools = Tools(target)
    tools.begin()
    try:
        from crmtui.backend.watch.watch import Watch

        watch = Watch(target, tools)
        watch.start()
        try:
            yield watch
        finally:
            watch.stop()
    finally:
        tools.drop()


def _loaded(
    target: Target,
    chosen: Loaded | None,
    watch: Watch,
    splash_terminal: SplashTerminal,
    tour: _Tour,
) -> CrmtuiApp:
    """Show the first picture as soon as there is one, and load the screen behind it."""
    # Modules are loaded here, while the tools are at work.
    from crmtui import keymap as keymaps
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.cli.first_splash import show_first
    from crmtui.paths import displaced
    from crmtui.settings import load

    chosen = chosen or load()
    is_ascii = chosen.settings.ascii or not knows_utf8()
    lock: Lock = "started" if chosen.is_read_only_for_good else ""
    lock = lock or ("locked" if chosen.settings.read_only else "")
    keymap, trouble = keymaps.load_or_default(chosen.settings.keymap)
    first = watch.first(_FIRST_SECONDS)
    if isinstance(first, Snapshot):
        show_first(
            splash_terminal,
            target,
            watch,
            first,
            keymap,
            chosen.settings,
            is_ascii=is_ascii,
            lock=lock,
        )
    require(target, "crm")
    # The screen takes longer to load than all the rest of the start.
    from crmtui.tui.app import CrmtuiApp

    return CrmtuiApp(
        target,
        keymap,
        is_ascii=is_ascii,
        lock=lock,
        watch=watch,
        is_seamless=splash_terminal.is_up,
        settings=chosen.settings,
        trouble=(*chosen.trouble, *trouble, *displaced()),
        has_few_colours=colours() == "standard",
        tour=tour,
    )
