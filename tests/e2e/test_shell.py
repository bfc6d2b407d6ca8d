"""``crmtui shell``: crm's own command line with completion, on a bare terminal and on a pipe."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.e2e.terminal import CRMTUI, SECONDS, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("_own_state")

PROMPT = r"^crm\(live/\S+\)"
TOLD = r"(?:(?:done|failed|no effect|outcome unknown) \d+(?: ms|\.\d s))?"
"""Outcome of the last line, at the right."""
TOP = PROMPT + rf"# *{TOLD}\Z"
CONFIGURE = PROMPT + rf"configure(?: \[\d+ pending\])?# *{TOLD}\Z"
INTERRUPTED = """
import atexit, signal
from crmtui.cli import (main)
from crmtui.backend.gate.dispatcher import (CommandDispatcher)
from crmtui.backend.gate.gate import (Gate)
from crmtui.backend.targets.sandbox import (Sandbox)
from crmtui.backend.watch.watch import (Watch)

def interrupting(end):
    def ended(*given, **named):
        signal.raise_signal(signal.SIGINT)
        return end(*given, **named)
    return ended

Watch.stop = interrupting(Watch.stop)
for each in (CommandDispatcher, Gate, Sandbox):
    each.close = interrupting(each.close)
atexit.register(signal.raise_signal, signal.SIGINT)
main()
"""
"""crmtui that gets a Ctrl-C in each moment of its end."""
ASKED = r"commit them \(y\), discard them \(n\), or stay \(c\)\? *\Z"


@pytest.fixture
def cib(tmp_path: Path) -> Path:
    """Write the demo cluster to a file."""
    path = tmp_path / "cib.xml"
    path.write_bytes(demo_cib())
    return path


@pytest.fixture
def editing(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose editor puts a monitor interval of 77 s into what it is given."""
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i "s/interval=60s/interval=77s/" "$1"\n')
    return environment({"EDITOR": f"sh {shlex.quote(str(script))}", "VISUAL": None})


@pytest.fixture
def shell(cib: Path, editing: dict[str, str]) -> Iterator[Terminal]:
    """Open the shell on a sandbox."""
    argv = [*CRMTUI, "shell", "--cib", str(cib)]
    with Terminal(argv, size=(100, 60), env=editing) as terminal:
        terminal.shows(TOP)
        yield terminal


def leave(shell: Terminal) -> None:
    """Press Ctrl-D and see that the shell ends well and leaves the terminal as it was."""
    shell.press("ctrl+d")
    assert shell.ends() == 0
    assert shell.is_restored


def stage(shell: Terminal) -> None:
    """Enter ``configure``, change something, and ask to leave the level."""
    shell.enter("configure")
    shell.shows(CONFIGURE)
    shell.enter("property no-quorum-policy=ignore")
    shell.shows(r"# property no-quorum-policy=ignore\n" + CONFIGURE)
    shell.enter("cd")
    shell.shows(ASKED)


def test_a_line_is_explained_and_a_guess_written_out(shell: Terminal) -> None:
    """Under the line stands how a command is typed and what is wrong; Enter on a guess runs nothing."""
    shell.send("node standby nosuch ")
    shell.shows(r'node standby nosuch(.|\n)*standby NODE forever(.|\n)*There is no node "nosuch"\.')
    shell.press("ctrl+c")
    shell.send("node sho alpha")
    shell.press("enter")
    shell.shows(r'# node show alpha(.|\n)*"sho" would be "show" to crm')
    shell.press("enter")
    shell.shows(r"^alpha\(1\): member\n" + TOP)
    leave(shell)


def test_a_command_is_completed_and_runs(shell: Terminal) -> None:
    """A menu offers commands with what they are for, and Tab and Enter run the one that is meant."""
    shell.send("node sho")
    shell.shows(r"^ +show ")
    shell.press("tab")
    shell.enter(" beta")
    shell.shows(r"^beta\(2\): member\n" + TOP)
    leave(shell)


def test_text_typed_ahead_confirms_nothing(shell: Terminal) -> None:
    """A word that was typed before the question, with its Enter, comes back and stops no service."""
    shell.send("resource stop webservice\rwebservice\r")
    shell.shows(r"Text that was typed before the question is no answer to it\.")
    shell.shows(r"Type webservice to run it, anything else not to: *\Z")
    shell.press("enter")
    shell.shows(r"# webservice$")
    shell.press("ctrl+c")
    shell.enter("configure show webservice")
    shell.shows(r"^group webservice webip webserver *(?:\\\n.*)?\n" + TOP)
    assert "target-role" not in shell.text
    leave(shell)


def test_yes_commits_and_leaves_the_level(shell: Terminal) -> None:
    """Leaving uncommitted changes is asked for once; y commits them."""
    stage(shell)
    assert shell.text.count("or stay (c)?") == 1
    shell.enter("y")
    said = r"(?:crmtui: The forecast is late.*\n)?crmtui: Forecast: nothing moves\.\n"
    shell.shows(r"\(c\)\? y\n" + said + PROMPT + r"configure# commit\n", TOP)
    shell.enter("configure show type:property")
    shell.shows(r"no-quorum-policy=ignore *\n" + TOP)
    leave(shell)


def test_no_discards_and_leaves_the_level(shell: Terminal) -> None:
    """Answering n drops the changes."""
    stage(shell)
    shell.enter("n")
    shell.shows(TOP)
    shell.enter("configure show type:property")
    shell.shows(r"no-quorum-policy=stop *\n" + TOP)
    leave(shell)


def test_cancel_stays(shell: Terminal) -> None:
    """A word that is no answer is asked for again, and c stays with the changes."""
    stage(shell)
    shell.enter("x")
    shell.shows(r"Answer one of: y, n, c\.\n", ASKED)
    shell.enter("c")
    shell.shows(CONFIGURE)
    shell.enter("cd")
    shell.shows(ASKED)
    shell.press("ctrl+c")
    shell.shows(CONFIGURE)
    shell.press("ctrl+d")
    shell.shows(ASKED)
    shell.enter("n")
    assert shell.ends() == 0


def test_ctrl_c_clears_the_line_only(shell: Terminal) -> None:
    """Ctrl-C at the prompt drops what was typed, and crm and the shell live on."""
    shell.send("cluster stop")
    shell.shows("cluster stop")
    shell.press("ctrl+c")
    shell.shows(r"cluster stop.*\n" + TOP)
    shell.enter("node show beta")
    shell.shows(r"^beta\(2\): member\n" + PROMPT + r"# +done \d+ ms\Z")
    shell.enter("configure show nosuch")
    shell.shows(PROMPT + r"# +failed \d+ ms\Z")
    shell.send("cluster stop")
    shell.press("ctrl+c")
    leave(shell)  # at once: no key is lost between two prompts


def test_what_is_typed_ahead_is_not_mixed_with_a_line_that_comes_back(shell: Terminal) -> None:
    """A refused line stands in the prompt again; what was typed behind it is a line of its own."""
    shell.send("cluster stop\rnode show beta\r")
    shell.shows(r"It came back(.|\n)*^beta\(2\): member\n" + TOP)
    assert "stopnode" not in shell.text
    shell.press("up", "up")
    shell.shows(r"# cluster stop +done")
    shell.press("ctrl+c")
    shell.enter("cluster stop")
    shell.shows(r"(?:It came back(.|\n)*){2}# cluster stop\b")
    shell.press("backspace")
    shell.send("ry")
    shell.shows(r"# cluster story\b")
    shell.press("ctrl+c")
    leave(shell)


def test_configure_edit_opens_the_editor(shell: Terminal) -> None:
    """``configure edit`` gives the configuration to EDITOR and takes what it leaves."""
    shell.enter("configure")
    shell.shows(CONFIGURE)
    shell.enter("edit")
    shell.shows(r"configure# edit\n(.*\n)*" + CONFIGURE)
    shell.enter("show backup")
    shell.shows(r"interval=77s\n" + CONFIGURE)
    leave_and_discard(shell)


def leave_and_discard(shell: Terminal) -> None:
    """Leave with uncommitted changes."""
    shell.press("ctrl+d")
    shell.shows(ASKED)
    shell.enter("n")
    assert shell.ends() == 0


@pytest.mark.parametrize("status", [0, 128 + signal.SIGTERM])
def test_ctrl_c_does_not_disturb_the_end(cib: Path, tmp_path: Path, status: int) -> None:
    """A shell that closes ends quietly whatever is pressed, and keeps uncommitted lines."""
    argv = [sys.executable, "-c", INTERRUPTED, "shell", "--cib", str(cib)]
    with Terminal(argv, size=(100, 60)) as shell:
        shell.shows(TOP)
        if status:
            shell.enter("configure")
            shell.shows(CONFIGURE)
            shell.enter("property no-quorum-policy=ignore")
            shell.shows(r"# property no-quorum-policy=ignore\n" + CONFIGURE)
            os.kill(shell.pid, signal.SIGTERM)
        else:
            shell.press("ctrl+d")
        assert shell.ends() == status
        assert shell.is_restored
        assert "Traceback" not in shell.text
    kept = list((tmp_path / "state" / "crmtui" / "uncommitted").glob("*.jsonl"))
    assert len(kept) == (1 if status else 0)


def test_ctrl_c_does_not_disturb_the_end_of_a_script(cib: Path) -> None:
    """So it is where the lines come from a pipe."""
    argv = [sys.executable, "-c", INTERRUPTED, "shell", "--cib", str(cib)]
    done = piped(cib, "node show beta\n", argv)
    assert (done.returncode, done.stderr) == (0, "")


def piped(cib: Path, text: str, argv: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run lines through the shell as a script would."""
    return subprocess.run(
        argv or [*CRMTUI, "shell", "--cib", str(cib)],
        input=text,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_lines_from_a_pipe_run_in_order(cib: Path) -> None:
    """Piped lines run one after the other, and a question takes the next line for its answer."""
    done = piped(
        cib, "configure\nproperty no-quorum-policy=ignore\ncd\ny\nconfigure show type:property\n"
    )
    assert done.returncode == 0, done.stderr
    assert "no-quorum-policy=ignore" in done.stdout.splitlines()[-1]


BROKEN = "an earlier line of this script was refused or failed"
STAGED = "property no-quorum-policy=ignore\n"


@pytest.mark.parametrize(
    "wrong",
    [
        "primitive backup ocf:pacemaker:Dummy\n",
        "nosuchcommand\n",
        "rsctest backup\n",
        "show nosuch\n",
    ],
)
def test_a_script_of_which_a_line_failed_commits_nothing(cib: Path, wrong: str) -> None:
    """The rest of such a script is not what was decided on: crm would commit it."""
    done = piped(cib, f"configure\n{wrong}{STAGED}commit\nshow xml\n")
    assert f"crmtui: Not run: {BROKEN}, so nothing is committed." in done.stderr
    assert "crmtui: The line was: commit" in done.stderr
    assert "crmtui: " not in done.stdout
    assert done.returncode == 13
    assert "they are discarded:\nproperty no-quorum-policy=ignore" in done.stderr
    assert "Correct the line that failed" in done.stderr


@pytest.mark.parametrize("end", ["cd\ny\n", "commit\ncd\n"])
def test_a_question_after_a_failed_line_commits_nothing_either(cib: Path, end: str) -> None:
    """It gets a no, and no command is taken for its answer: what is behind it runs."""
    show = "configure show type:property\n"
    done = piped(cib, f"node standby nosuch\nconfigure\n{STAGED}{end}{show}")
    assert f"Not committed, but discarded: {BROKEN}." in done.stderr
    assert done.stdout.rstrip().endswith("no-quorum-policy=stop")
    assert done.returncode == 1


def test_a_pipe_that_ends_at_a_question_does_not_hang(cib: Path) -> None:
    """Input that ends before a question is answered is told, and nothing is committed."""
    done = piped(cib, "configure\ndelete backup\nrefresh\n")
    assert done.returncode == 13
    assert "The input ended" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
