"""Image of a release: the tree that all its nodes share, built once and kept.

An image is either complete or missing: it is built under another name and renamed at the end. Its
name depends on its recipe, so that another list of packages leads to another image.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed
from crmtui.ownership import make_private
from crmtui.paths import place
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.lab.lab_plan import Release

PACKAGES = (
    "crmsh",
    "pacemaker",
    "corosync",
    "resource-agents",
    "pacemaker-cli-utils",
    "systemd-sysv",
    "dbus",
    "nginx-light",
    "iproute2",
    "iputils-ping",
    "iputils-arping",
    "kmod",
    "procps",
    "psmisc",
    "openssh-server",
    "python3",
)
_HOOKS = (
    # The cluster starts nginx, not the node.
    'chroot "$1" systemctl disable nginx.service',
    # mmdebstrap copies these files of the host.
    'rm --force "$1/etc/hostname" "$1/etc/resolv.conf"',
)
_UNFINISHED = ".unfinished"


def _folder() -> Path:
    """Return the folder of images; locking it creates it."""
    return place("cache").path / "lab"


def path(release: Release) -> Path:
    """Return the path of the image of ``release``, built or not."""
    recipe = "\0".join(map(str, build_command(release, Path())))
    return _folder() / f"{release}-{hashlib.sha256(recipe.encode()).hexdigest()[:8]}"


def build(release: Release, report: Callable[[str], None]) -> Path:
    """Return the image of ``release``, built if missing; remove images of earlier recipes.

    Raises:
        LabFailed: The image could not be built.
    """
    image = path(release)
    with _lock(wait=True):
        if not image.is_dir():
            report(f"Building the {release} image, once; this takes a minute and some 350 MB.")
            unfinished = image.with_name(f"{image.name}{_UNFINISHED}")
            shutil.rmtree(unfinished, ignore_errors=True)
            _bootstrap(release, unfinished)
            unfinished.rename(image)
            _discard_earlier(release, image)
    return image


def discard_unfinished() -> None:
    """Remove the remains of builds that were cut short; a running build is left alone."""
    with _lock(wait=False) as is_locked:
        if is_locked:
            for unfinished in _folder().glob(f"*{_UNFINISHED}"):
                shutil.rmtree(unfinished)


def _discard_earlier(release: Release, image: Path) -> None:
    """Remove the images of other recipes, but for those that nodes use."""
    used = _mounts()
    for earlier in (_folder() / release, *_folder().glob(f"{release}-*")):
        is_used = any(f"lowerdir={earlier}," in mounts for mounts in used)
        if earlier != image and earlier.is_dir() and not is_used:
            shutil.rmtree(earlier)


def _mounts() -> tuple[str, ...]:
    """Return the mounts of every mount namespace: each node has its overlay in its own."""
    found: dict[str, str] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile, or belongs to another user
            namespace = str((process / "ns" / "mnt").readlink())
            if namespace not in found:
                found[namespace] = (process / "mountinfo").read_text()
    return tuple(found.values())


@contextlib.contextmanager
def _lock(*, wait: bool) -> Iterator[bool]:
    make_private(_folder())
    with (_folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def build_command(release: Release, folder: Path) -> tuple[str, ...]:
    """Return the command that builds a tree of ``release`` in ``folder``.

    It runs in namespaces of its own and dies with this program, so a build that is cut short leaves
    neither processes nor mounts. Without a mirror argument mmdebstrap uses the host's.
    """
    return (
        *("setpriv", "--pdeathsig", "KILL"),
        *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
        *("mmdebstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}"),
        *(f"--customize-hook={hook}" for hook in _HOOKS),
        *(release, os.fspath(folder)),
    )


def _bootstrap(release: Release, folder: Path) -> None:
    log = _folder() / f"{release}.log"
    with log.open("wb") as output:
        done = subprocess.run(
            build_command(release, folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        last = plain_line(log.read_text(errors="replace").strip().rpartition("\n")[2])
        raise LabFailed(
            f"The {release} image could not be built: {last}",
            hint=f"mmdebstrap needs a Debian mirror; all it said is in {log}",
        )
