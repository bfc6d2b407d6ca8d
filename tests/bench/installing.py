"""Puts crmtui onto a node with all that it needs, as pip would, for the node's own Python."""

from __future__ import annotations

import io
import subprocess
import tarfile
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target

_ROOT = Path(__file__).parents[2]
_FOLDER = "/opt/crmtui-bench"
_UNPACK = 'rm -rf "$0" && mkdir -p "$0" && tar -xC "$0" && python3 -m compileall -q "$0"'
INSTALLED = (
    *("env", f"PYTHONPATH={_FOLDER}", "python3"),
    *("-c", "from crmtui.cli import main; main()"),
)
"""Call that the script ``crmtui`` makes there."""


def install(target: Target) -> None:
    """Put this tree, and the distributions that it needs, onto the node.

    Raises:
        CalledProcessError: It could not be written there.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("crmtui", "keymaps"):
            archive.add(_ROOT / name, name, filter=_without_compiled)
        for name in sorted(_needed("crmtui", set()) - {"crmtui"}):
            found = distribution(name)
            for file in found.files or ():
                if file.parts[0] != ".." and file.suffix != ".pyc":
                    archive.add(str(found.locate_file(file)), str(file))
    unpack = target.invocation(["sh", "-c", _UNPACK, _FOLDER])
    subprocess.run(
        unpack.argv, env=dict(unpack.env), input=packed.getvalue(), check=True, timeout=120
    )


def _without_compiled(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in member.name else member


def _needed(name: str, known: set[str]) -> set[str]:
    """Return ``known`` with ``name`` and all that it needs to run."""
    if name not in known:
        known.add(name)
        for each in map(Requirement, distribution(name).requires or ()):
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                _needed(each.name, known)
    return known
