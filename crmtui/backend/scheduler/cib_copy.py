"""A private copy of a target's CIB, on the target: for what is tried out and not meant to happen.

The copy is a file in a private folder on the very machine that the target's programs run on, and
worked on by those programs' own Pacemaker. So it is the same for this node, a sandbox, a container
and a host behind ssh, and no CIB meets a Pacemaker that it does not come from. A shell there waits
for its standard input to end and then removes the folder: it goes away with us, or with the
connection, whatever happens to us.
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
    # cibadmin says nothing of a full disk, and ends with status 0. Whatever writes on does say it.
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
    """A copy of the CIB of ``target``, and a target itself: programs started here work on the copy.

    Args:
        target: Whose CIB.

    Raises:
        ClusterUnavailable: There is no place for the copy.
        ProgramMissing: The target cannot even start a shell.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._keeper = start(target, ("sh", "-c", _KEEP), reads=True)
        assert self._keeper.stdout is not None
        self.folder = self._keeper.stdout.readline().decode().rstrip("\n")
        """Where it lies, on the target."""
        if not self.folder:
            _, errors = self._keeper.communicate()
            raise ClusterUnavailable(
                f"{target.name} has no place for a copy of the CIB.",
                hint=errors.decode("utf-8", "replace").strip()[-300:] or "Is /tmp full?",
            )

    @property
    def kind(self) -> TargetKind:
        """A copy is a sandbox: the gate keeps away what acts outside of the CIB."""
        return "sandbox"

    @property
    def is_assumed(self) -> bool:
        """As of what it copies."""
        return is_assumed(self._target)

    @property
    def name(self) -> str:
        """Whose copy it is."""
        return self._target.name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` as the target starts it, with an environment that names the copy."""
        shell = ("sh", "-c", _ON_THE_COPY, self.folder)
        return self._target.invocation((*shell, *argv), env)

    def wakeup(self) -> Wakeup:
        """Return a timer: nobody watches a copy."""
        return PollWakeup()

    def after_command(self) -> None:
        """Do nothing: the scheduler is asked when the forecast wants to know."""

    def take(self) -> str:
        """Copy the CIB as it is now, over what was done to the last copy, and return its text.

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
                f"cibadmin printed {printed}, and told no error.",
                hint=done.errors.strip()[-300:] or "Try it: cibadmin --query --local",
            )
        return done.output

    def restore(self) -> None:
        """Undo what was done to the copy since it was taken.

        Raises:
            ClusterUnavailable: That is not possible.
        """
        files = (f"{self.folder}/cib.xml", f"{self.folder}/copy.xml")
        done = finish(start(self._target, ("cp", *files)), "cp")
        if done.status != 0:
            raise ClusterUnavailable("The copy of the CIB is gone.", hint=done.errors.strip())

    def run(self, argv: Sequence[str], timeout: float = TIMEOUT) -> Completed:
        """Run a program on the copy to its end.

        Raises:
            ProgramMissing: It is not installed.
            ClusterUnavailable: It gave no answer within ``timeout`` seconds.
        """
        return found(finish(start(self, argv), argv[0], timeout), argv[0])

    def close(self) -> None:
        """Remove the copy; a host that does not answer is not waited for."""
        try:
            self._keeper.communicate(timeout=_CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            end(self._keeper)
