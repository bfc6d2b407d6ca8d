"""Target that is a private copy of a CIB, for trials; the original never changes.

``crm``, ``crm_mon`` and ``crm_resource`` work on the copy through ``CIB_file``. After each change
``crm_simulate`` carries the copy's status forward, so that resources move as on a real cluster. Neither
daemons nor root are needed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from crmtui.backend.process.private_folder import PrivateFolder
from crmtui.backend.process.run import run
from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.backend.targets.live import local_environment
from crmtui.backend.targets.wakeups.file import FileWakeup
from crmtui.cib.xml import root
from crmtui.errors import CibUnreadable
from crmtui.paths import is_ours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.targets.cib_source import CibSource

_STAND_INS = Path(__file__).with_name("stand_ins")
_TRANSITIONS = 10
"""Transitions in a row at most; a scheduler that needs more goes in circles."""


def _users_crm_conf() -> bytes:
    """Return the user's crm.conf, for the copy that a sandbox's crm reads and writes."""
    named = os.environ.get("CRM_CONFIG_FILE")
    path = Path(named) if named else Path(platformdirs.user_config_dir("crm")) / "crm.conf"
    is_there = path.is_file() and os.access(path, os.R_OK)
    return path.read_bytes() if is_there and is_ours(path) else b""


class Sandbox:
    """Private copy of a CIB, with programs that work on it.

    Args:
        source: CIB to copy.

    Raises:
        ProgramMissing: Pacemaker's command line tools are not installed.
        CibUnreadable: The tools cannot work on this CIB.
        OSError: The disk has no room for the copy.
    """

    def __init__(self, source: CibSource) -> None:
        self._name = source.name
        self._folder = PrivateFolder.make("sandbox")
        self.cib = self._folder.path / "cib.xml"
        """Path of the copy."""
        self._crm_conf = self._folder.path / "crm.conf"
        self._carried: bytes | None = None
        self._is_assumed = False
        try:
            with self._folder.naming_itself():
                self._furnish()
            self.fill(source)
        except BaseException:
            self.close()
            raise

    def _furnish(self) -> None:
        # File by file: shutil's copytree reports errors as a list of tuples.
        for stand_in in _STAND_INS.rglob("*"):
            if stand_in.is_file() and stand_in.parent.name != "__pycache__":
                program = self._folder.path / "bin" / stand_in.relative_to(_STAND_INS)
                program.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                program.write_bytes(stand_in.read_bytes())
                program.chmod(0o700)
        (self._folder.path / "shadow").mkdir(mode=0o700)
        self._crm_conf.write_bytes(_users_crm_conf())
        self.cib.touch(mode=0o600)

    def fill(self, source: CibSource) -> None:
        """Replace the copy by another CIB.

        Raises:
            ProgramMissing: Pacemaker's command line tools are not installed.
            CibUnreadable: The tools cannot work on this CIB.
            OSError: The disk has no room for the copy.
        """
        filled = self.cib.with_suffix(".filled")
        with self._folder.naming_itself():
            filled.touch(mode=0o600)
            filled.write_bytes(source.content)
            filled.replace(self.cib)  # in one step, as a program may be reading it
        self._is_assumed = bool(source.offline_nodes)
        if source.offline_nodes:
            # Without a status all nodes would be offline, with nothing to try.
            up = [part for node in source.offline_nodes for part in ("--node-up", node)]
            self._simulate("--quorum", "1", *up)
            self._carry_forward()
        self._carried = self.cib.read_bytes()

    @property
    def kind(self) -> TargetKind:
        """Kind for the badge on the screen."""
        return "sandbox"

    @property
    def is_assumed(self) -> bool:
        """True if the CIB came without a status, so that all nodes count as online."""
        return self._is_assumed

    @property
    def name(self) -> str:
        """Name of the copied CIB, as the user gave it."""
        return self._name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` with an environment in which cluster programs use the copy."""
        merged = local_environment(env)
        merged.pop("CIB_shadow", None)
        merged["CIB_file"] = str(self.cib)
        merged["CRM_CONFIG_FILE"] = str(self._crm_conf)
        merged["PYTHONPATH"] = str(self._folder.path / "bin" / "python")
        merged["CIB_shadow_dir"] = str(self._folder.path / "shadow")
        merged["PATH"] = f"{self._folder.path / 'bin'}{os.pathsep}{merged['PATH']}"
        return Invocation(tuple(argv), merged)

    def wakeup(self) -> Wakeup:
        """Return a watch on the copy."""
        return FileWakeup(self.cib)

    def after_command(self) -> None:
        """Carry the status forward if the command changed the copy.

        Raises:
            CibUnreadable: The scheduler cannot work on the CIB after the command.
        """
        if self.cib.read_bytes() != self._carried:
            self._carry_forward()
            self._carried = self.cib.read_bytes()

    def _carry_forward(self) -> None:
        for _ in range(_TRANSITIONS):
            if not self._simulate():
                return

    def _simulate(self, *options: str) -> bool:
        """Run one transition on the copy; return True if there was anything to do."""
        carried = self.cib.with_suffix(".next")
        files = ["-x", str(self.cib), "-O", str(carried)]
        done = run(self, ["crm_simulate", "-S", *files, "--output-as=xml", *options])
        try:
            result = root(done.output, "crm_simulate")
        except CibUnreadable:
            result = None
        transition = None if result is None else result.find("transition")
        # Pacemaker 3.0.3 makes the changes of the options, but prints no transition.
        is_there = transition is not None or (bool(options) and result is not None)
        if done.status != 0 or not is_there or not carried.exists():
            raise CibUnreadable(
                f"crm_simulate cannot carry the status of {self._name} forward "
                f"(exit status {done.status}).",
                hint=done.errors.strip()[-500:] or "Check the CIB with crm_verify -V -x FILE.",
            )
        # In one step: crm_simulate writes bit by bit, and a reader would see half a CIB.
        carried.replace(self.cib)
        return transition is None or len(transition) > 0

    def close(self) -> None:
        """Remove the copy."""
        self._folder.close()
