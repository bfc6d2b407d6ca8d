"""The lab, with real nodes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crmtui.backend.process.run import run
from crmtui.errors import LabFailed
from crmtui.lab import Lab, image
from crmtui.lab.lab_plan import check_release
from crmtui.lab.status import online_nodes

pytestmark = pytest.mark.lab

Eventually = Callable[[Callable[[], bool], float], bool]
CRASHED = "crmcrash"
"""A lab of its own for tests that leave one half-made."""

UP_AND_DIE = """
import os, signal, sys
from crmtui.lab import (Lab)
from crmtui.lab import image
from crmtui.lab.lab_plan import (check_release)

def die_at(sentence):
    if sys.argv[2] in sentence:
        os.kill(os.getpid(), signal.SIGKILL)

Lab(sys.argv[1]).up(2, os.environ.get("CRMTUI_LAB_RELEASE", "bookworm"), die_at)
"""


def traces(name: str) -> list[str]:
    """Return whatever the kernel or the file system knows of a lab."""
    found = [str(link) for link in Path("/sys/class/net").iterdir() if name in link.name]
    found += [str(path) for path in Path("/run").glob(f"**/*{name}*")]
    found += [line for line in Path("/proc/mounts").read_text().splitlines() if name in line]
    found += [str(folder) for folder in Path("/sys/fs/cgroup").glob(f"**/*{name}*")]
    return found + [line for line in living() if name in line]


def living() -> Iterator[str]:
    """Yield the command line and control groups of each process but us that is more than a zombie.

    A zombie is the host's process 1's to bury, which takes its time in some containers.
    """
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if "\nState:\tZ" not in (process / "status").read_text():
                words = (process / "cmdline").read_bytes() + (process / "cgroup").read_bytes()
                if int(process.name) != os.getpid():
                    yield f"{process.name} {words!r}"
        except (FileNotFoundError, ProcessLookupError):
            continue


def online(lab: Lab, node: str) -> frozenset[str]:
    """Return the nodes that ``node`` sees online."""
    return online_nodes(run(lab.target(node), ["crm_mon", "-1", "--output-as=xml"]).output)


def booted(lab: Lab) -> list[str]:
    """Return when each node's process 1 started, in the kernel's clock ticks."""
    names = [node.name for node in lab.status().nodes]
    return [run(lab.target(name), ["cat", "/proc/1/stat"]).output.split()[21] for name in names]


@pytest.fixture
def crashed(lab: Lab) -> Iterator[Lab]:
    """Yield the name of a second lab; the first one proves that labs can start here."""
    second = Lab(CRASHED)
    yield second
    second.down()


def test_up_makes_online_nodes_that_run_crm(lab: Lab) -> None:
    """After up, each node sees all nodes online and crm works on it."""
    status = lab.status()

    assert [node.name for node in status.nodes] == ["n1", "n2"]
    assert all(node.is_running and node.is_online and not node.is_cut for node in status.nodes)
    answer = run(lab.target("n2"), ["crm", "node", "list"])
    assert answer.status == 0
    assert "n1" in answer.output


def test_up_twice_says_what_is_up(lab: Lab) -> None:
    """A second up changes nothing and reports each node as up already."""
    before = booted(lab)
    said: list[str] = []

    lab.up(2, lab.status().release, said.append)

    assert "n1 is already up." in said
    assert "n2 is already up." in said
    assert booted(lab) == before


def test_another_lab_has_to_go_first(lab: Lab) -> None:
    """Asking for another size than that of the lab that is up is refused, with the way out."""
    with pytest.raises(LabFailed, match="crmtui lab down"):
        lab.up(3, lab.status().release)


def test_run_returns_the_exit_status(lab: Lab, capfd: pytest.CaptureFixture[str]) -> None:
    """A program run on a node writes to our terminal and its exit status is ours."""
    assert lab.run("n2", ["sh", "-c", "hostname; exit 7"]) == 7
    assert capfd.readouterr().out == "n2\n"


def test_a_program_has_a_nodes_environment_only(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program on a node gets PATH and locale of the node, what it is given, and nothing else."""
    monkeypatch.setenv("SECRET_OF_THE_HOST", "1")

    output = run(lab.target("n1"), ["env"], env={"TERM": "dumb"}).output

    assert "SECRET_OF_THE_HOST" not in output
    assert "TERM=dumb\n" in output
    assert "LC_ALL=C.UTF-8\n" in output


def test_a_program_dies_with_what_started_it(lab: Lab, eventually: Eventually) -> None:
    """Killing nsenter alone ends the program inside the node too."""
    invocation = lab.target("n1").invocation(["sleep", "4711"])
    with subprocess.Popen(invocation.argv, env=invocation.env) as outside:
        inside = ["pgrep", "-f", "^sleep 4711"]
        assert eventually(lambda: run(lab.target("n1"), inside).status == 0, 10)
        outside.kill()

    assert eventually(lambda: run(lab.target("n1"), inside).status == 1, 10)


def test_a_change_wakes_the_watcher(lab: Lab) -> None:
    """The wake-up of a node follows its Pacemaker log and tells of a change of the CIB."""
    target = lab.target("n1")
    wakeup = target.wakeup()
    try:
        name = ["crm_attribute", "-t", "crm_config", "-n", "cluster-recheck-interval"]
        assert run(target, [*name, "-v", "10min"]).status == 0

        assert wakeup.way == "following pacemaker.log"
        assert wakeup.wait(10)
        assert run(target, [*name, "-D"]).status == 0
    finally:
        wakeup.close()


def test_the_host_reaches_the_nodes(lab: Lab) -> None:
    """Every node answers a ping from the host, so virtual IPs will too."""
    for node in lab.status().nodes:
        subprocess.run(["ping", "-c1", "-W5", node.address], check=True, stdout=subprocess.DEVNULL)


def test_power_loss_and_boot_are_seen_by_the_others(lab: Lab, eventually: Eventually) -> None:
    """A killed node goes offline for the others, keeps its disk, and comes back when booted."""
    run(lab.target("n2"), ["touch", "/root/kept"])

    lab.kill("n2")

    assert eventually(lambda: online(lab, "n1") == {"n1"}, 30)
    with pytest.raises(LabFailed, match="n2 is off"):
        lab.target("n2")
    lab.kill("n2")
    lab.boot("n2")
    assert eventually(lambda: online(lab, "n1") == {"n1", "n2"}, 60)
    assert run(lab.target("n2"), ["test", "-e", "/root/kept"]).status == 0


def test_a_cut_cable_splits_the_cluster(lab: Lab, eventually: Eventually) -> None:
    """With its cable pulled a node runs on alone; both sides lose each other until it is healed."""
    lab.cut("n2")

    assert [node.is_cut for node in lab.status().nodes] == [False, True]
    assert eventually(lambda: online(lab, "n1") == {"n1"}, 30)
    assert eventually(lambda: online(lab, "n2") == {"n2"}, 30)
    lab.heal("n2")
    assert eventually(lambda: online(lab, "n1") == online(lab, "n2") == {"n1", "n2"}, 60)


@pytest.mark.parametrize("sentence", ["room", "bridge", "Starting n1", "Starting n2"])
def test_down_clears_up_after_a_crash(crashed: Lab, sentence: str) -> None:
    """Wherever up is killed, down leaves nothing of the lab behind."""
    killed = subprocess.run([sys.executable, "-c", UP_AND_DIE, CRASHED, sentence], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert traces(CRASHED)

    crashed.down()

    assert traces(CRASHED) == []


def test_up_goes_on_after_a_crash_and_down_leaves_nothing(lab: Lab, crashed: Lab) -> None:
    """A lab whose up was killed half-way comes up at the next attempt, and goes down to nothing."""
    subprocess.run([sys.executable, "-c", UP_AND_DIE, CRASHED, "Starting n2"], check=False)

    crashed.up(2, lab.status().release)

    assert all(node.is_online for node in crashed.status().nodes)
    assert traces(CRASHED)
    crashed.down()
    assert traces(CRASHED) == []
    crashed.down()
    assert not crashed.status().is_up


def test_a_killed_build_leaves_nothing(
    lab: Lab, crashed: Lab, eventually: Eventually, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it builds an image, up leaves no builder, and down removes the half image."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    whole = image.path(check_release(lab.status().release))
    half = whole.with_name(f"{whole.name}.unfinished")

    def builders() -> list[str]:
        return [trace for trace in traces(str(tmp_path)) if "mmdebstrap" in trace]

    with subprocess.Popen([sys.executable, "-c", UP_AND_DIE, CRASHED, "never"]) as up:
        assert eventually(lambda: half.exists() and bool(builders()), 20)
        up.kill()

    assert eventually(lambda: builders() == [], 10)
    assert half.exists()
    crashed.down()
    assert not half.exists()
    assert traces(CRASHED) == []
