"""Puts crmtui into a node of a lab as an administrator would: the one file, and nothing else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.backend.process.target import Target

PYZ = "/opt/crmtui.pyz"


def put_crmtui(target: Target, dist: Path) -> None:
    """Copy the file that ``make dist`` builds to ``PYZ`` on ``target``.

    Raises:
        CalledProcessError: It could not be written there.
    """
    invocation = target.invocation(["sh", "-c", f"cat >{PYZ} && chmod 755 {PYZ}"])
    pyz = (dist / "crmtui.pyz").read_bytes()
    subprocess.run(invocation.argv, env=dict(invocation.env), input=pyz, check=True, timeout=60)
