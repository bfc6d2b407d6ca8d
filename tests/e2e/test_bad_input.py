"""Missing, broken or hostile input: a sentence, a status, and the terminal as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.e2e.inside import PYZ, put_crmtui
from tests.e2e.terminal import CRMTUI, SECONDS, Terminal, environment
from tests.e2e.test_hostile_words import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = pytest.mark.usefixtures("_own_state")

WITHOUT_TOOLS = (
    sys.executable,
    "-c",
    "from crmtui.backend.targets import live; live.TOOLS = (); from crmtui.cli import main; main()",
)
"""crmtui on a machine where the cluster programs are nowhere but on PATH."""
WAYS = ((), ("snapshot",), ("shell",))
"""The screen, the report, the bare command line."""
NEWER = re.sub(rb'validate-with="[^"]*"', b'validate-with="pacemaker-9.9"', demo_cib())
BAD = {
    "empty": (b"", "is empty"),
    "broken": (b"<cib", "not well-formed"),
    "another": (b"<html/>", "no CIB"),
    "newer": (NEWER, "newer than this Pacemaker"),
}
CRASHING = (
    sys.executable,
    "-c",
    "from crmtui.tui.app import CrmtuiApp; CrmtuiApp.action_app_help = lambda self: 1 / 0; "
    "from crmtui.cli import main; main()",
    "demo",
)
"""A screen with a defect: the key for help divides by zero."""


def needs_crm() -> pytest.MarkDecorator:
    """Skip where crmsh is not installed."""
    return pytest.mark.skipif(shutil.which("crm") is None, reason="crm is not installed")


@pytest.mark.parametrize("size", ["size=8k", "size=32k", "size=400k,nr_inodes=8"])
def test_a_full_disk_is_named(tmp_path: Path, size: str) -> None:
    """A sandbox that finds no room names the folder, and nothing of Python is shown."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a full disk")
    (tmp_path / "cib.xml").write_bytes(demo_cib())
    full = tmp_path / "full"
    full.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"{size},mode=700", "tmpfs", full], check=True)
    try:
        done = subprocess.run(
            [*CRMTUI, "snapshot", "--cib", str(tmp_path / "cib.xml")],
            env={**os.environ, "XDG_RUNTIME_DIR": str(full)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        subprocess.run(["umount", full], check=True)
    told = f"crmtui: There is no room in {full}/crmtui.\nSee what is full: df -h {full}/crmtui"
    assert done.stderr.startswith(told)
    assert "Errno" not in done.stderr
    assert (done.returncode, done.stdout) == (74, "")


def in_a_terminal(
    argv: Sequence[str], *, env: Mapping[str, str] | None = None, seconds: float = SECONDS
) -> tuple[int, str]:
    """Run a program that is to end by itself; return its status and what it leaves on the screen."""
    with Terminal(argv, env=env) as terminal:
        status = terminal.ends(seconds)
        assert terminal.is_restored
        return status, terminal.text


def is_a_sentence(text: str, about: str) -> bool:
    """Say whether a text is a report for a person: what happened, what to do, no traceback."""
    first, *rest = text.strip().splitlines()
    starts = first.startswith("crmtui: ") and about in text
    return starts and bool(rest) and "Traceback" not in text and len(text) < 600


@pytest.fixture
def path_without(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Return what makes an environment whose PATH lacks one program."""

    def make(program: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in ("crm", "crm_mon", "crm_attribute", "crm_simulate", "setpriv", "sh", "test"):
            found = shutil.which(name)
            if found is not None and name != program:
                (folder / name).symlink_to(found)
        return environment({"PATH": str(folder)})

    return make


@pytest.mark.parametrize(
    ("way", "program"), [((), "crm"), (("shell",), "crm"), (("snapshot",), "crm_mon")]
)
def test_a_missing_program_is_named(
    way: tuple[str, ...], program: str, path_without: Callable[[str], dict[str, str]]
) -> None:
    """For a program that is not installed, crmtui names it and its package and ends with status 3."""
    status, said = in_a_terminal([*WITHOUT_TOOLS, *way], env=path_without(program))

    assert status == 3, said
    assert is_a_sentence(said, f"program {program} is not installed")
    assert "apt-get install" in said


@needs_crm()
def test_a_defect_ends_in_a_sentence_and_a_private_file(tmp_path: Path) -> None:
    """A crash of the screen restores the terminal, names the file to report, and ends with 70."""
    with Terminal(CRASHING) as screen:
        screen.to_the_line()
        screen.to_the_panes()
        screen.press("?")
        assert screen.ends() == 70
        assert screen.is_restored
        said = screen.raw.decode().rsplit("\x1b[?1049l", 1)[1]

    report = tmp_path / "state" / "crmtui" / "crash.log"
    assert (
        "crmtui: a defect in crmtui ended it (ZeroDivisionError). "
        f"Please report it, with {report}\r\n"
    ) in said
    assert "Traceback" not in said
    assert report.stat().st_mode & 0o777 == 0o600
    assert "in <lambda>" in report.read_text()


def is_cluster_here() -> bool:
    """Say whether this machine is a node of a cluster that runs."""
    tool = shutil.which("crm_mon", path=f"{os.environ['PATH']}:/usr/sbin")
    return tool is not None and subprocess.run([tool, "-1"], capture_output=True).returncode == 0


no_cluster = pytest.mark.skipif(is_cluster_here(), reason="a cluster runs on this machine")


@no_cluster
def test_a_stopped_cluster_is_reported() -> None:
    """Without a running cluster a report ends with status 4 and says how to start it."""
    status, said = in_a_terminal([*CRMTUI, "snapshot"])

    assert status == 4
    assert is_a_sentence(said, "The cluster is not running here")
    assert "crm cluster start" in said


@no_cluster
def test_the_screen_waits_for_a_stopped_cluster() -> None:
    """Without a running cluster the screen stays, says BLIND and why, and crm can be used."""
    with Terminal(CRMTUI) as screen:
        screen.shows("LIVE .* BLIND +The cluster is not running here", "crm cluster start")
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.to_the_line()
        screen.enter("ra classes")
        screen.shows("ra classes +● done", "^│ocf / ")
        screen.press("ctrl+q")
        assert screen.ends() == 0
        assert screen.is_restored


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_cib_is_refused(kind: str, way: tuple[str, ...], tmp_path: Path) -> None:
    """A file that is no CIB, or cannot be read, is refused with status 6 before anything is drawn."""
    content, sentence = BAD[kind]
    path = tmp_path / "bad.xml"
    path.write_bytes(content)

    status, said = in_a_terminal([*CRMTUI, *way, "--cib", str(path)])

    assert status == 6
    assert is_a_sentence(said, sentence)


@pytest.mark.parametrize("way", WAYS)
def test_a_cib_that_is_not_there_is_named(way: tuple[str, ...]) -> None:
    """A name that is neither file nor shadow CIB ends with status 2."""
    status, said = in_a_terminal([*CRMTUI, *way, "--cib", "nosuch"])

    assert status == 2
    assert is_a_sentence(said, "no file nosuch")


@pytest.mark.lab
def test_who_may_not_read_the_cib_is_told(lab: Lab, dist: Path) -> None:
    """An ordinary user of a node gets a report with status 5, and a blind screen with the reason."""
    target = lab.target("n1")
    put_crmtui(target, dist)
    nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]
    home = {"HOME": "/tmp/nobody", "TERM": "xterm-256color"}
    report = target.invocation([*nobody, "python3", PYZ, "snapshot"], home)
    screen = target.invocation([*nobody, "python3", PYZ], home)

    status, said = in_a_terminal(report.argv, env=report.env)
    assert status == 5, said
    assert is_a_sentence(said, "You may not read the CIB")
    assert "haclient" in said
    with Terminal(screen.argv, env=screen.env) as terminal:
        terminal.shows("LIVE .* BLIND +You may not read the CIB", "haclient")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("term", ["dumb", None])
def test_a_terminal_that_cannot_draw_is_refused(term: str | None) -> None:
    """On a TERM with which nothing can be drawn, the screen ends with status 7."""
    status, said = in_a_terminal([*CRMTUI, "demo"], env=environment({"TERM": term}))

    assert status == 7
    assert is_a_sentence(said, "cannot draw a screen")


def test_a_pipe_is_no_terminal() -> None:
    """With its output in a file, the screen ends with status 7 and writes nothing there."""
    done = subprocess.run(
        [*CRMTUI, "demo"], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 7
    assert not done.stdout
    assert is_a_sentence(done.stderr, "not a terminal")


def test_a_terminal_may_be_too_small_for_a_while() -> None:
    """A terminal that is too small says so, and shows the cluster as soon as it is larger."""
    with Terminal([*CRMTUI, "demo"], size=(38, 10)) as screen:
        screen.shows("This terminal has 38x10", "Make it larger")
        screen.resize(100, 30)
        screen.shows("● alpha +online")
        assert "Make it larger" not in screen.text
        screen.resize(39, 9)
        screen.shows("This terminal has 39x9")
        screen.press("ctrl+q")
        assert screen.ends() == 0


def test_a_plain_locale_gets_ascii() -> None:
    """In the locale C nothing but ASCII is painted, and everything is still there."""
    with Terminal([*CRMTUI, "demo"], env=environment({"LANG": "C"})) as screen:
        text = screen.shows("alpha +online", "webip +Started", r"crm\(live/.*\)#")
        assert text.isascii()
        screen.press("f1")
        assert screen.shows("Everywhere but in the command line").isascii()


def huge_cib(nodes: int, primitives: int) -> bytes:
    """Return a CIB of many nodes and resources, each started on one of them."""
    numbers = range(1, nodes + 1)
    members = "".join(f'<node id="{n}" uname="node{n}"/>' for n in numbers)
    names = [f"dummy{n}" for n in range(1, primitives + 1)]
    resources = "".join(f'<primitive id="{name}" {AGENT}/>' for name in names)
    states = "".join(
        f'<node_state id="{n}" uname="node{n}" in_ccm="true" crmd="online" join="member"'
        f' expected="member"><lrm id="{n}"><lrm_resources>'
        + "".join(history(name) for name in names[n - 1 :: nodes])
        + "</lrm_resources></lrm></node_state>"
        for n in numbers
    )
    head = demo_cib()[: demo_cib().index(b"<configuration>")].decode()
    return (
        f'{head}<configuration><crm_config><cluster_property_set id="o">'
        '<nvpair id="o-s" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>'
        f"<nodes>{members}</nodes><resources>{resources}</resources><constraints/></configuration>"
        f"<status>{states}</status></cib>"
    ).encode()


def history(name: str) -> str:
    """Return what a node's executor has to tell of a resource that it started."""
    return (
        f'<lrm_resource id="{name}" {AGENT}><lrm_rsc_op id="{name}_last_0" interval="0"'
        f' operation_key="{name}_start_0" operation="start" rc-code="0" op-status="0"'
        ' transition-magic="0:0;1:1:0:x" transition-key="1:1:0:x" call-id="1" op-digest="x"/>'
        "</lrm_resource>"
    )


def test_a_huge_cib_opens(tmp_path: Path) -> None:
    """A configuration of 64 nodes and 1000 primitives opens, runs, and can be moved about in."""
    path = tmp_path / "huge.xml"
    path.write_bytes(huge_cib(64, 1000))

    with Terminal([*CRMTUI, "--cib", str(path)]) as screen:
        screen.shows("64/64 nodes", "1000/1000 resources", seconds=90)
        screen.to_the_panes()
        screen.press("2", "G")
        screen.shows("dummy1000 +Started")
        screen.press("ctrl+q")
        assert screen.ends() == 0


@needs_crm()
def test_broken_settings_and_keys_end_nothing(tmp_path: Path) -> None:
    """With mistakes in both files the screen opens, says what is wrong with them, and takes keys."""
    folder = tmp_path / "crmtui"
    (folder / "keymaps").mkdir(parents=True)
    (folder / "settings.toml").write_text('keymop = 1\nkeymap = "mine"\n')
    (folder / "keymaps" / "mine.toml").write_text('[keys]\n"app.quit" = []\n')
    env = environment({"XDG_CONFIG_HOME": str(tmp_path), "CRMTUI_KEYMAP": None})
    with Terminal((*CRMTUI, "demo"), size=(200, 50), env=env) as terminal:
        terminal.shows(
            r"settings.toml, line 1: there is no setting keymop \(did you mean keymap\?\)",
            r"mine.toml, line 2: app.quit has no key: nothing would lead out of the program",
            "The default keys hold",
        )
        terminal.to_the_panes()
        terminal.press("f10")
        terminal.shows("Settings", "keymap +mine")
        for name in ("vi", "emacs"):
            terminal.press("left")
            terminal.shows(f"keymap +{name}")
        terminal.press("escape")
        terminal.hides("edit the keys")
        terminal.press("f1")
        terminal.shows("Everywhere but in the command line")
        terminal.press("escape")
        terminal.hides("Everywhere but in the command line")
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.is_restored
