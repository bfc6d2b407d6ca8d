"""Ctrl-C in a command of the program: whatever it has started ends with it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.e2e.hanging import Hanging, sleepers, within
from tests.e2e.session_driver import needs_crm, until
from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_crm

ENDED = 2.5
"""Seconds after a Ctrl-C in which the program has ended."""
_INTERRUPTED = 130


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (("lint", "--cib", "{cib}", "configure primitive x Dummy"), "crm_resource"),
        (("lint", "--cib", "{cib}", "configure primitive x Dummy"), "cibadmin"),
        (("complete", "--cib", "{cib}", "configure primitive x Dum"), "crm_resource"),
        (("doctor",), "crm_mon"),
        (("doctor",), "crm"),
        (("why", "--cib", "{cib}", "backup"), "crm_simulate"),
        (("forecast", "--cib", "{cib}", "--", "node", "standby", "alpha"), "crm_simulate"),
        (("snapshot", "--cib", "{cib}"), "crm_mon"),
    ],
)
def test_nothing_is_left_behind(tmp_path: Path, words: tuple[str, ...], program: str) -> None:
    """A program that hangs is ended, although the terminal's signal does not reach it."""
    cib = tmp_path / "cib.xml"
    cib.write_bytes(demo_cib())
    hanging = Hanging(tmp_path)
    hanging.add(program)
    hanging.begin()
    env = environment(
        {
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "PATH": f"{hanging.path}:{os.environ['PATH']}",
        }
    )
    argv = [*CRMTUI, *(word.format(cib=cib) for word in words)]
    with Terminal(argv, size=(100, 30), env=env) as terminal:
        terminal.wait(lambda: bool(sleepers()), f"{program} hangs")
        with within(ENDED):
            terminal.press("ctrl+c")
            assert terminal.ends() == _INTERRUPTED
        until(lambda: not sleepers())
