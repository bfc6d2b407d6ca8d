"""From the splash, painted before Textual is loaded, to the screen that takes over."""

from __future__ import annotations

import sys

from tests.e2e.terminal import CRMTUI, Terminal

_SLOW = """
import signal
from crmtui.cli.splash_terminal import (SplashTerminal)
with SplashTerminal() as splash_terminal:
    splash_terminal.show("picture")
    signal.pause()
"""


def test_what_is_typed_before_the_screen_is_there_is_run_by_it() -> None:
    """Keys pressed at the splash are neither shown in it nor lost."""
    with Terminal((*CRMTUI, "demo")) as terminal:
        terminal.shows("1 Nodes")
        terminal.send("ra classes\r")
        terminal.shows("crm.live/.*# ra classes", "stonith", "crm.live/[^#]*#$")
        assert "ra classes" not in terminal.raw.decode().split("Complete")[0]


def test_the_splash_stays_while_the_screen_takes_over() -> None:
    """The other screen is entered once and never cleared; all that was seen stays in sight."""
    with Terminal((*CRMTUI, "demo")) as terminal:
        terminal.shows("1 Nodes", "webserver", "Full List of Resources")
        while "Complete" not in terminal.text:
            assert "webserver" in terminal.text
            assert "Full List of Resources" in terminal.text
            terminal.comes(lambda: "Complete" in terminal.text, 0.01)
        assert terminal.raw.count(b"\x1b[?1049h") == 1
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.is_restored


def test_ctrl_c_at_the_splash_restores_the_terminal() -> None:
    """A user who does not wait for the screen gets the terminal back as it was."""
    with Terminal((sys.executable, "-c", _SLOW)) as terminal:
        terminal.shows("picture")
        assert terminal.is_alternate
        terminal.send("typed\r")
        terminal.press("ctrl+c")
        assert terminal.ends() != 0
        assert terminal.is_restored
    assert b"typed" not in terminal.raw
