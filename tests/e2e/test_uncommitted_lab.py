"""Uncommitted lines on a real cluster outlive crm, crmtui, the terminal and the connection."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from tests.e2e.restoring import restored
from tests.e2e.terminal import Terminal, environment
from tests.e2e.test_uncommitted import (
    ASKED,
    NEW,
    PROMPTED,
    TWO,
    crm_of,
    hear_of_death,
    journals,
    sleeper,
    stage,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.lab import Lab


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return the folder of the journals."""
    return tmp_path / "state"


_SHELL = """
import sys
from crmtui.lab import (Lab)
from crmtui.shell.loop import (run_shell)
sys.exit(run_shell(Lab(sys.argv[1]).target("n1")))
"""


_SCREEN = """
import sys
from crmtui.cli.open_screen import (run_screen)
from crmtui.lab import (Lab)
from crmtui.settings import (Loaded, Settings)
run_screen(Lab(sys.argv[1]).target("n1"), Loaded(Settings()))
"""


@pytest.mark.lab
@pytest.mark.timeout(240)
def test_lines_outlive_everything_on_a_real_cluster_with_crmsh_5(
    lab_of: Callable[[str], Lab], state: Path
) -> None:
    """Ctrl-C, the death of crm and of crmtui cost no line; the screen commits those of the shell."""
    lab = lab_of("trixie")
    env = environment({"XDG_STATE_HOME": str(state)})
    target = lab.target("n1")
    with restored(target):
        with Terminal((sys.executable, "-c", _SHELL, lab.name), size=(120, 40), env=env) as shell:
            stage(shell)
            crm = crm_of(shell)
            shell.enter("filter 'sleep 777'")
            shell.wait(lambda: sleeper(shell) is not None, "crm runs a program")
            shell.press("ctrl+c")
            shell.shows(r"\)configure# +no effect")
            for count, line in enumerate(
                (NEW, "property stonith-enabled=false batch-limit=7"), start=1
            ):
                shell.enter(line)
                shell.shows(rf"configure \[{count} pending\]" + PROMPTED)
            assert crm_of(shell) == crm
            shell.send("primitive half")
            shell.press("ctrl+c")
            shell.enter("show x")
            shell.shows(r"^primitive x ocf:pacemaker:Dummy", TWO)
            os.kill(crm, signal.SIGKILL)
            hear_of_death(shell)
            shell.shows("All uncommitted lines are staged again", TWO)
            os.kill(shell.pid, signal.SIGKILL)
            shell.ends()
        with Terminal((sys.executable, "-c", _SCREEN, lab.name), size=(120, 40), env=env) as screen:
            screen.shows("2 uncommitted lines of .* were left behind", ASKED)
            screen.enter("s")
            screen.shows("All uncommitted lines are staged again", TWO)
            screen.enter("commit")
            screen.wait(lambda: screen.is_asked or not journals(state), "asked, or committed")
            if screen.is_asked:
                screen.confirms()
            screen.wait(lambda: not journals(state), "no journal any more")
        query = run(target, ("cibadmin", "--query", "--xpath", "//primitive[@id='x']"), timeout=60)
        assert query.status == 0, query.errors
