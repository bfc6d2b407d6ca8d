"""Ctrl-C and signals while an editor has the terminal."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.tree import process_and_below
from tests.e2e.terminal import CRMTUI, SECONDS, Terminal, environment
from tests.e2e.test_bad_input import needs_crm
from tests.e2e.test_children_end import is_alive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = [needs_crm(), pytest.mark.usefixtures("_own_state")]
SCREENS = (("demo",), ("shell", "--cib"))


def opened(words: tuple[str, ...], tmp_path: Path) -> Terminal:
    """Return crmtui with an editor that leaves the terminal as it is: Ctrl-C makes a signal there."""
    from crmtui.demo import demo_cib

    cib = tmp_path / "cib.xml"
    cib.write_bytes(demo_cib())
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\necho an editor has it\nexec sleep 1000\n")
    env = environment({"EDITOR": f"sh {script}", "VISUAL": None})
    files = [str(cib)] if "--cib" in words else []
    return Terminal([*CRMTUI, *words, *files], size=(120, 40), env=env)


def begin_to_edit(terminal: Terminal) -> None:
    """Stage a line, and let crm ask for an editor."""
    terminal.shows(r"crm\(live/\S+\)# *")
    terminal.enter("configure")
    terminal.shows(r"\)configure# *")
    terminal.enter("primitive x ocf:pacemaker:Dummy")
    terminal.shows(r"configure \[1 pending\]# *")
    terminal.enter("edit backup")
    terminal.shows("^an editor has it")


@pytest.mark.parametrize("words", SCREENS)
@pytest.mark.parametrize("key", ["\x03", "\x1c"])
def test_keys_of_an_editor_end_nothing_else(
    key: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    r"""Ctrl-C and Ctrl-\ end the editor alone, and what is uncommitted is there."""
    with opened(words, tmp_path) as terminal:
        begin_to_edit(terminal)
        terminal.send(key)
        terminal.shows(r"configure \[1 pending\]# *(?:(?:failed|no effect) .*)?$")
        terminal.enter("show x")
        terminal.shows(r"primitive x ocf:pacemaker:Dummy")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_editor_and_screen(
    number: signal.Signals, tmp_path: Path, eventually: Eventually
) -> None:
    """Told to end while an editor has the terminal, crmtui ends it, and itself."""
    with opened(("demo",), tmp_path) as terminal:
        begin_to_edit(terminal)
        below = process_and_below(terminal.pid)[1:]
        os.kill(terminal.pid, number)
        assert terminal.ends() == 128 + number
        assert eventually(lambda: not any(map(is_alive, below)), SECONDS)
    assert len(list((tmp_path / "state" / "crmtui" / "uncommitted").iterdir())) == 1
