"""Puts crmtui into a node of a lab, as an administrator without a package would."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.terminal import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.crm.target import Target

FOLDER = "/opt/crmtui"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_NEEDED = ("click", "pexpect", "platformdirs", "prompt_toolkit", "pygments", "textual")


def put_crmtui(target: Target) -> None:
    """Copy crmtui, and the pure Python that it needs, to ``FOLDER`` on ``target``.

    Raises:
        CalledProcessError: tar did not unpack it there.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        for package in ("crmtui", "keymaps"):
            archive.add(ROOT / package, package, filter=_without_caches)
        for path, name in sorted(_files(_closure(_NEEDED))):
            archive.add(path, name)
    for argv in (["mkdir", "-p", FOLDER], ["tar", "-xz", "--no-same-owner", "-C", FOLDER]):
        invocation = target.invocation(argv)
        subprocess.run(
            invocation.argv, env=dict(invocation.env), input=packed.getvalue(), check=True
        )


def _without_caches(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in entry.name else entry


def _closure(names: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for needed in metadata.requires(name) or ():
            bare = _NAME.match(needed)
            # What only another Python or an extra needs is not installed, or not of use there.
            if bare and "extra" not in needed and "python_version" not in needed:
                waiting.append(bare[0])
    return found


def _files(names: set[str]) -> Iterator[tuple[Path, str]]:
    for name in names:
        distribution = metadata.distribution(name)
        for file in distribution.files or ():
            is_ours = ".." not in file.parts and "__pycache__" not in file.parts
            # Compiled for this machine; where it is missing, pure Python has to do.
            if is_ours and file.suffix != ".so":
                yield Path(str(distribution.locate_file(file))), str(file)
