"""Private copy of a target's CIB, on the target, for trials.

The copy is a file in a private folder on the machine of the target's programs. Their own Pacemaker works
on it, so that no CIB meets a foreign version. All targets work alike: this node, a sandbox, a container
and a host behind ssh.

A shell there removes the folder at the end of its standard input. So the folder goes with crmtui or with
the connection, also after a crash.
"""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from crmtui.backend.process.cibadmin import QUERY
from crmtui.backend.process.refusals import refuse_unread
from crmtui.backend.process.run import TIMEOUT, Completed, end, finish, found, start
from crmtui.backend.process.target import is_assumed
from crmtui.backend.targets.wakeups.file import PollWakeup
from crmtui.errors import CibUnreadable, ClusterUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import Invocation, Target, TargetKind, Wakeup

_KEEP = (
    'umask 077; d=$(mktemp -d "${TMPDIR:-/tmp}/crmtui-copy.XXXXXX") || exit 1; '
    'trap \'rm -rf -- "$d"\' EXIT; mkdir "$d/shadow" || exit 1; '
    'printf "%s\\n" "$d"; cat > /dev/null'
)
_TAKE = (
    'umask 077; cd "$0" && rm -f pending.xml after-*.xml && '
    f"{shlex.join(QUERY)} > cib.xml && "
    # On a full disk cibadmin ends with status 0 and no error, but another write reports it.
    'case "$(tail -c 8 cib.xml)" in *"</cib>" | *"/>") ;; '
    "*) head -c 65536 /dev/zero > room; rm -f room ;; esac && "
    # crm may be reading the last copy.
    "cp cib.xml next.xml && mv next.xml copy.xml && cat cib.xml"
)
_ON_THE_COPY = (
    "unset CIB_shadow; "
    'export CIB_file="$0/copy.xml" CIB_shadow_dir="$0/shadow" PATH="$0/bin:$PATH" '
    'PYTHONPATH="$0/bin/python"; exec "$@"'
)
_CLOSING_SECONDS = 1.0
_NO_ROOM = ("No space left on device", "Disk quota exceeded")


class Copy:
    """Copy of the CIB of ``target``, and a target itself, whose programs work on the copy.

    Args:
        target: Target with the CIB.

    Raises:
        ClusterUnavailable: The target has no place for the copy.
        ProgramMissing: The target has no shell.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._keeper = start(target, ("sh", "-c", _KEEP), reads=True)
        assert self._keeper.stdout is not None
        self.folder = self._keeper.stdout.readline().decode().rstrip("\n")
        """Folder of the copy, on the target."""
        if not self.folder:
            _, errors = self._keeper.communicate()
            raise ClusterUnavailable(
                f"{target.name} has no place for a copy of the CIB.",
                hint=errors.decode("utf-8", "replace").strip()[-300:] or "Is /tmp full?",
            )

    @property
    def kind(self) -> TargetKind:
        """``sandbox``: the gate refuses commands that act outside of the CIB."""
        return "sandbox"

    @property
    def is_assumed(self) -> bool:
        """True if the state of the copied target is an assumption."""
        return is_assumed(self._target)

    @property
    def name(self) -> str:
        """Name of the copied target."""
        return self._target.name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` as the target starts it, in an environment that leads to the copy."""
        shell = ("sh", "-c", _ON_THE_COPY, self.folder)
        return self._target.invocation((*shell, *argv), env)

    def wakeup(self) -> Wakeup:
        """Return a timer, since a copy has no watch."""
        return PollWakeup()

    def after_command(self) -> None:
        """Do nothing: a forecast runs the scheduler itself."""

    def take(self) -> str:
        """Copy the present CIB over the last copy, and return its text.

        Raises:
            ProgramMissing: cibadmin is not installed.
            ClusterUnavailable: The cluster does not answer.
            PermissionRefused: This user may not read the CIB.
            CibUnreadable: cibadmin printed nothing, or half a CIB.
        """
        taking = start(self._target, ("sh", "-c", _TAKE, self.folder))
        done = found(finish(taking, "cibadmin"), "cibadmin")
        if any(words in done.errors for words in _NO_ROOM):
            raise ClusterUnavailable(
                f"There is no room for a copy of the CIB on {self._target.name}, in {self.folder}.",
                hint="See what is full: df -h /tmp. TMPDIR names another place.",
            )
        refuse_unread(done, "cibadmin")
        if not done.output.rstrip().endswith(("</cib>", "/>")):
            printed = "a CIB without its end" if done.output.strip() else "nothing"
            raise CibUnreadable(
                f"cibadmin printed {printed}, and no error.",
                hint=done.errors.strip()[-300:] or "Try it: cibadmin --query --local",
            )
        return done.output

    def restore(self) -> None:
        """Reset the copy to the CIB that was taken last.

        Raises:
            ClusterUnavailable: The copy is gone.
        """
        files = (f"{self.folder}/cib.xml", f"{self.folder}/copy.xml")
        done = finish(start(self._target, ("cp", *files)), "cp")
        if done.status != 0:
            raise ClusterUnavailable("The copy of the CIB is gone.", hint=done.errors.strip())

    def run(self, argv: Sequence[str], timeout: float = TIMEOUT) -> Completed:
        """Run a program on the copy to its end.

        Raises:
            ProgramMissing: The program is not installed.
            ClusterUnavailable: The program gave no answer within ``timeout`` seconds.
        """
        return found(finish(start(self, argv), argv[0], timeout), argv[0])

    def close(self) -> None:
        """Remove the copy, without waiting for a host that does not answer."""
        try:
            self._keeper.communicate(timeout=_CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            end(self._keeper)
