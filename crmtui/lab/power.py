"""Power of one node: starting and stopping a systemd-nspawn container on an overlay of its image."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed
from crmtui.lab import cgroup
from crmtui.lab.folder import LabFolder
from crmtui.lab.network import remove_link
from crmtui.lab.node_files import LINKS, node_files
from crmtui.text import plain_line

if TYPE_CHECKING:
    from crmtui.lab.lab_plan import LabPlan, PlannedNode

_LEGACY = "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"
"""Variable without which systemd 256 and later refuse a hybrid cgroup tree."""

_LAUNCH = """
set -e
root=$1 overlay=$2
shift 2
while [ "$1" != -- ]; do
    mkdir -p "$1"
    echo 0 > "$1/cgroup.procs"
    shift
done
shift
mkdir -p /run/systemd
mount -t tmpfs -o mode=0755 tmpfs /run/systemd
mount -t overlay -o "$overlay" overlay "$root"
exec "$@" < /dev/null >&2
"""
"""Script in a mount namespace of its own: overlay and systemd-nspawn's notes vanish with the node.

Its standard input is the lab's lock and its output a pipe. Both are held until the node's processes are
in their control group, so no other program looks for them in between.
"""


def lab_group(lab: str) -> str:
    """Return the control group of all nodes of a lab."""
    return f"crmtui-lab-{lab}"


def cgroup_names(node: PlannedNode) -> tuple[str, str]:
    """Return the control group of a node."""
    return lab_group(node.lab), node.name


def init_process(node: PlannedNode) -> int | None:
    """Return the host's id of a node's process 1, or None while the node is off.

    systemd-nspawn starts it in a process namespace of its own, where its number is 1.
    """
    for pid in cgroup.processes(*cgroup_names(node)):
        # A process may end between being listed and being read.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("NSpid:") and line.split()[2:] == ["1"]:
                    return pid
    return None


def is_running(node: PlannedNode) -> bool:
    """Say whether any process of a node runs."""
    return bool(cgroup.processes(*cgroup_names(node)))


def wait_for_end(node: PlannedNode, seconds: float) -> bool:
    """Wait until a node's process 1 ends, at most ``seconds``; return True if it did."""
    pid = init_process(node)
    try:
        descriptor = os.pidfd_open(pid) if pid is not None else None
    except ProcessLookupError:
        return True
    if descriptor is None:
        cgroup.wait_for_end((), seconds)
        return not is_running(node)
    try:
        return cgroup.wait_for_end((descriptor,), seconds)
    finally:
        os.close(descriptor)


def prepare(plan: LabPlan, node: PlannedNode, folder: Path) -> None:
    """Write a node's own files, unless that was done: from then on they belong to the node."""
    upper, unfinished = folder / "upper", folder / "upper.unfinished"
    if upper.is_dir():
        return
    for made in (folder / "work", folder / "root", unfinished):
        made.mkdir(parents=True, exist_ok=True)
    for name, text in node_files(plan, node).items():
        path = unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name, goal in LINKS.items():
        path = unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(goal)
    unfinished.rename(upper)


def launch_command(node: PlannedNode, folder: Path, image: Path) -> tuple[str, ...]:
    """Return the command that starts a node; it returns at once and the node lives on."""
    root = os.fspath(folder / "root")
    overlay = f"lowerdir={image},upperdir={folder / 'upper'},workdir={folder / 'work'}"
    return (
        *("setsid", "--fork", "unshare", "--mount", "--propagation", "private"),
        *("sh", "-c", _LAUNCH, "lab", root, overlay),
        *(os.fspath(group) for group in cgroup.groups(*cgroup_names(node))),
        *("--", "systemd-nspawn", "--keep-unit", "--register=no", f"--directory={root}"),
        *(f"--machine={node.machine}", f"--hostname={node.name}"),
        *(f"--network-bridge={node.lab}", "--resolv-conf=off", "--timezone=off"),
        *("--boot", _LEGACY),
    )


def start(plan: LabPlan, node: PlannedNode, image: Path, lock: int) -> None:
    """Start a node that is off; it still boots when this returns.

    Raises:
        LabFailed: systemd-nspawn did not start.
    """
    folder = LabFolder(plan.lab).node(node.name)
    prepare(plan, node, folder)
    remove_link(node)
    variable, _, value = _LEGACY.partition("=")
    with (folder / "log").open("wb") as log:
        launched = subprocess.Popen(
            launch_command(node, folder, image),
            stdin=lock,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, variable: value},
        )
        launched.communicate()
    if not is_running(node):
        raise LabFailed(f"{node.name} did not start: {last_words(node)}", hint=look(node))


def kill(node: PlannedNode) -> None:
    """Take a node's power: its programs cannot shut down in order. Its disk stays."""
    cgroup.kill(*cgroup_names(node))
    cgroup.remove(*cgroup_names(node))
    remove_link(node)


def last_words(node: PlannedNode) -> str:
    """Return the last line of a node's console."""
    log = _log(node)
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line for line in map(plain_line, reversed(lines)) if line), "it said nothing")


def look(node: PlannedNode) -> str:
    """Return advice where to look when a node misbehaves."""
    return (
        f"Look at its console in {_log(node)}, or inside: crmtui lab shell {node.name}, "
        "then journalctl -b."
    )


def _log(node: PlannedNode) -> Path:
    return LabFolder(node.lab).node(node.name) / "log"
