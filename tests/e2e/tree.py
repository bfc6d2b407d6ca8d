"""The programs of another release: a tree of the lab's cache with a scratch CIB, no node booted."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.target import Invocation
from crmtui.errors import LabFailed
from crmtui.lab import image
from tests.unit.backend.test_knowledge import FileTarget
from tests.unit.completion_world import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.lab.lab_plan import Release

ENTER = """
set -e
over=$1 tree=$2 shared=$3
shift 3
mount -t tmpfs tmpfs "$over"
mkdir "$over/upper" "$over/work" "$over/root"
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$over/upper,workdir=$over/work" "$over/root"
mount -t proc proc "$over/root/proc"
mount --rbind /dev "$over/root/dev"
mkdir -p "$over/root$shared"
mount --bind "$shared" "$over/root$shared"
exec chroot "$over/root" "$@"
"""
"""Runs a program in the tree; what it writes is gone with it, but in the folder that is shared."""
_ENVIRONMENT = {
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin:/usr/libexec/pacemaker:/usr/lib/pacemaker",
}


class TreeTarget(FileTarget):
    """Programs that run in a tree on a CIB with some of everything; root is needed.

    Args:
        tree: The root of the other release.
        folder: Where the CIB is; the programs see it at the same path.
    """

    def __init__(self, tree: Path, folder: Path) -> None:
        self.shared = folder / "shared"
        self.shared.mkdir()
        super().__init__(self.shared)
        shutil.copy(DATA / "oracle.xml", self.cib)
        self._tree = tree
        self._over = folder / "over"
        self._over.mkdir()

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return the program in a mount namespace of its own, with the file as its CIB."""
        inner = super().invocation(argv).env
        ours = {name: inner[name] for name in ("CIB_file", "CIB_shadow_dir")}
        enter = ("unshare", "--mount", "sh", "-c", ENTER, "sh")
        paths = (str(self._over), str(self._tree), str(self.shared))
        # The environment of the test is not that of the tree.
        path = {name: value for name, value in (env or {}).items() if name != "PATH"}
        return Invocation((*enter, *paths, *argv), {**_ENVIRONMENT, **ours, **path})


def tree_of(release: Release, folder: Path) -> TreeTarget:
    """Return a target in the tree of a release, built when it is not in the cache yet.

    Skips the test where there can be none, as the lab's own tests do.
    """
    try:
        if os.geteuid() != 0:
            raise LabFailed("Only root can enter the tree of another release.")
        return TreeTarget(image.build(release, print), folder)
    except LabFailed as error:
        if os.environ.get("CI"):
            pytest.fail(f"The tree of {release} has to be there where CI is set: {error}")
        pytest.skip(f"no tree of {release} here: {error}")
