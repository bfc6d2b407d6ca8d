"""Host that carries a lab: checks of its programs and its kernel."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed
from crmtui.lab import cgroup

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGES = {
    "ip": "iproute2",
    "mmdebstrap": "mmdebstrap",
    "mount": "mount",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "setsid": "util-linux",
    "systemd-nspawn": "systemd-container",
    "umount": "mount",
    "unshare": "util-linux",
}
"""The Debian package of each program."""

_OVERLAY = """
mount -t tmpfs tmpfs /run && cd /run && mkdir lower upper work root &&
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay root
"""
_PROBES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "The kernel refuses an overlay on a tmpfs",
        ("unshare", "--mount", "sh", "-c", _OVERLAY),
        "modprobe overlay",
    ),
    (
        "The kernel refuses a network bridge",
        ("unshare", "--net", "ip", "link", "add", "probe", "type", "bridge"),
        "modprobe bridge",
    ),
    (
        "The kernel refuses a pair of network links",
        ("unshare", "--net", "ip", "link", "add", "probe", "type", "veth"),
        "modprobe veth",
    ),
)
"""Probes in namespaces of their own, which vanish with them: the host is not changed."""


def call(*argv: str) -> str:
    """Run a program of the host to its end and return its output.

    Raises:
        LabFailed: The program is missing or failed; the sentence quotes its words.
    """
    done = _run(argv)
    if done is None:
        raise LabFailed(f"The program {argv[0]} is not installed.", hint=_install([argv[0]]))
    if done.returncode:
        words = " ".join(done.stderr.split()) or f"exit status {done.returncode}"
        raise LabFailed(f"{' '.join(argv)} failed: {words}")
    return done.stdout


def _run(argv: Sequence[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return None


def require_root() -> None:
    """Make sure that this user may make containers and mounts.

    Raises:
        LabFailed: The user is not root.
    """
    if os.geteuid() != 0:
        raise LabFailed("The lab needs root.", hint="Run it with sudo: sudo crmtui lab …")


def require(*, image_is_built: bool) -> None:
    """Make sure that a lab can start here.

    Args:
        image_is_built: True if no image has to be built, so that its builder may be missing.

    Raises:
        LabFailed: A lab cannot start; the hint names everything that is missing, with its cure.
    """
    require_root()
    programs = [name for name in _PACKAGES if name != "mmdebstrap" or not image_is_built]
    missing = [name for name in programs if shutil.which(name) is None]
    lines = [f"Not installed: {', '.join(missing)}. {_install(missing)}"] if missing else []
    lines += _refusals(frozenset(missing))
    if lines:
        raise LabFailed("A lab cannot start on this machine.", hint="\n".join(lines))


def _install(programs: Sequence[str]) -> str:
    packages = " ".join(sorted({_PACKAGES[name] for name in programs if name in _PACKAGES}))
    return f"On Debian and Ubuntu: apt-get install {packages}"


def _refusals(missing: frozenset[str]) -> list[str]:
    lines = []
    if not cgroup.hierarchies():
        lines.append("No control groups are mounted: mount -t cgroup2 none /sys/fs/cgroup")
    for what, argv, cure in _PROBES:
        done = None if missing.intersection(argv) else _run(argv)
        if done is not None and done.returncode:
            words = " ".join(done.stderr.split())
            lines.append(f"{what} ({words}): {cure}; in a container, run that privileged.")
    return lines
