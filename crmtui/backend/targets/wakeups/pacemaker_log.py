"""Wakes the watch by what Pacemaker writes into its log.

Pacemaker writes ``… pacemaker-based … Diff: +++ A.B.C`` to its log on every node within milliseconds
of each change of the CIB, configuration and status alike (seen on 2.1.5 and 3.0.0), so following that
log beats crm_mon's own 2 s timer and costs no process while nothing happens.
"""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING, Protocol

from crmtui.backend.process.run import BOUND, kill, run, start
from crmtui.backend.process.waker import Waker
from crmtui.backend.targets.wakeups.crm_mon_redraws import RedrawWakeup
from crmtui.backend.targets.wakeups.file import PollWakeup
from crmtui.errors import CrmtuiError, ProgramMissing

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target, Wakeup

LOG = "/var/log/pacemaker/pacemaker.log"
_COROSYNC_LOGS = ("/var/log/corosync/corosync.log", "/var/log/cluster/corosync.log")
"""Where Debian and where SUSE and Red Hat have it."""
_AT_ONCE = (
    b"Diff: +++",
    # Membership and quorum, as pacemakerd and pacemaker-controld have them from Corosync.
    b" state is now ",
    b"Quorum acquired",
    b"Quorum lost",
    # Fencing: its history is not in the CIB.
    b"pacemaker-fenced",
    # Links, in the words of Corosync's own log.
    b"[KNET",
    b"[QUORUM]",
)
"""What is a change, or comes with one."""
_NOISE = (b"throttle_", b"digest")
"""What daemons write that have nothing to tell."""
_TAIL_SECONDS = "0.04"
"""How often tail looks where the kernel does not tell it of changes: it polls overlay file systems."""
LOG_OF_PACEMAKER = """\
log=$(sed -n 's/^[[:space:]]*PCMK_logfile=//p' /etc/sysconfig/pacemaker /etc/default/pacemaker \
2>/dev/null | tail -n1 | tr -d '"'"'")
log=${log:-$1}
"""
"""Sets ``log`` to the log that Pacemaker was told to write, or to ``$1``."""
_FIND = f"""\
{LOG_OF_PACEMAKER}
test -r "$log" && printf %s "$log"
"""
"""Prints the log that Pacemaker was told to write, if it may be read."""
_FOLLOW = """\
pid=$(pidof -s pacemaker-based 2>/dev/null)
exec tail -n0 -q -s "$1" ${pid:+--pid="$pid"} -F "$2" $(ls "$3" "$4" 2>/dev/null)
"""
"""tail ends with the daemon that keeps the CIB: one that is killed writes nothing any more."""


class _Readable(Protocol):
    def fileno(self) -> int: ...


class LogWakeup:
    """Follows Pacemaker's log on the target, rotation included, and Corosync's where there is one.

    A change of the CIB, of the membership or of the fencing history wakes at once; any other line
    after a second, since daemons that stop or die say so in the log but change no CIB any more.

    A log may be written by nobody, as on a full disk. So where it has been silent for long, a crm_mon
    that has subscribed to the cluster is kept beside it: it would draw a change that the log misses.
    """

    way = "following pacemaker.log"
    _OTHER_LINES_SECONDS = 1.0

    def __init__(self, target: Target, log: str = LOG) -> None:
        self._target = target
        self._interrupt = Waker()
        self._due: float | None = None
        self._partial = b""
        self.is_over = False
        follow = ("sh", "-c", _FOLLOW, "follow", _TAIL_SECONDS, log, *_COROSYNC_LOGS)
        self._tail = start(target, [*BOUND, *follow], keeps_errors=False)
        assert self._tail.stdout is not None
        self._lines = self._tail.stdout
        self._witness: RedrawWakeup | None = None
        self._has_drawn = False

    def wait(self, seconds: float) -> bool:
        """Wait for a line that may mean a change, at most ``seconds``."""
        deadline = time.monotonic() + seconds
        while True:
            until = deadline if self._due is None else min(deadline, self._due)
            left = max(0.0, until - time.monotonic())
            watched: list[_Readable] = [self._lines, self._interrupt]
            if self._witness is not None:
                watched.append(self._witness)
            ready, _, _ = select.select(watched, [], [], left)
            if self._interrupt in ready:
                self._interrupt.clear()
                return False
            if self._witness in ready:
                self._hear_witness()
            if self._lines in ready:
                if self._changed(os.read(self._lines.fileno(), 65536)):
                    self._due = None
                    return True
            elif self._due is not None and time.monotonic() >= self._due:
                self._due = None
                return True
            elif time.monotonic() >= deadline:
                return False

    def _changed(self, chunk: bytes) -> bool:
        if not chunk:  # tail is gone, and with it the daemon or its node
            self.is_over = True
            return True
        seen = self._partial + chunk
        self._partial = seen[seen.rfind(b"\n") + 1 :][-4096:]
        if any(word in seen for word in _AT_ONCE):
            self._partial = b""
            return True
        if self._due is None and not all(_is_noise(line) for line in seen.splitlines()):
            self._due = time.monotonic() + self._OTHER_LINES_SECONDS
        return False

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def _hear_witness(self) -> None:
        if self._witness is None:
            return
        self._has_drawn = self._witness.take() or self._has_drawn
        if self._witness.is_over:
            self._dismiss_witness()

    def _dismiss_witness(self) -> None:
        witness, self._witness = self._witness, None
        if witness is not None:
            witness.close()

    def vouches(self) -> bool:
        """Say whether crm_mon, too, has seen nothing since this was last asked."""
        self._hear_witness()
        has_drawn, self._has_drawn = self._has_drawn, False
        if self._witness is not None and self._witness.vouches():
            return not has_drawn
        self._dismiss_witness()
        try:
            self._witness = RedrawWakeup(self._target)
        except CrmtuiError:
            self._witness = None
        return False

    def instead(self) -> Wakeup:
        """Return a crm_mon whose drawings are watched, or a timer where that cannot be had."""
        return without_log(self._target)

    def close(self) -> None:
        """End tail, crm_mon and whatever runs them on the target."""
        self._dismiss_witness()
        kill(self._tail)
        self._tail.wait()
        self._lines.close()
        self._interrupt.close()


def _is_noise(line: bytes) -> bool:
    return any(word in line for word in _NOISE)


def without_log(target: Target) -> Wakeup:
    """Return the fastest wake-up that needs no log."""
    try:
        return RedrawWakeup(target)
    except CrmtuiError:
        return PollWakeup()


def open_wakeup(target: Target) -> Wakeup:
    """Return the fastest wake-up that works on ``target``."""
    try:
        found = run(target, [*BOUND, "sh", "-c", _FIND, "find", LOG])
    except ProgramMissing:
        return PollWakeup()
    return LogWakeup(target, found.output) if found.status == 0 else without_log(target)
