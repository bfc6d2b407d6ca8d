"""Wake-up by new lines in Pacemaker's log.

Pacemaker writes ``… pacemaker-based … Diff: +++ A.B.C`` to its log on every node within milliseconds
of each change of the CIB, configuration and status alike (seen on 2.1.5 and 3.0.0). Following the log is
faster than crm_mon's own 2 s timer, and starts no process while nothing happens.
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
"""Corosync's own logs: on Debian, and on SUSE and Red Hat."""
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
"""Words of a line that is a change, or comes with one."""
_NOISE = (b"throttle_", b"digest")
"""Words of lines without meaning for the watch."""
_TAIL_SECONDS = "0.04"
"""Seconds between two polls by tail, on file systems like overlay without notice from the kernel."""
LOG_OF_PACEMAKER = """\
log=$(sed -n 's/^[[:space:]]*PCMK_logfile=//p' /etc/sysconfig/pacemaker /etc/default/pacemaker \
2>/dev/null | tail -n1 | tr -d '"'"'")
log=${log:-$1}
"""
"""Shell lines that set ``log`` to the log that Pacemaker is configured to write, or to ``$1``."""
_FIND = f"""\
{LOG_OF_PACEMAKER}
test -r "$log" && printf %s "$log"
"""
"""Shell lines that print the path of Pacemaker's log, if it may be read."""
_FOLLOW = """\
pid=$(pidof -s pacemaker-based 2>/dev/null)
exec tail -n0 -q -s "$1" ${pid:+--pid="$pid"} -F "$2" $(ls "$3" "$4" 2>/dev/null)
"""
"""Shell lines that run tail until the daemon of the CIB ends: a killed daemon writes no last line."""


class _Readable(Protocol):
    def fileno(self) -> int: ...


class LogWakeup:
    """Wake-up by Pacemaker's log on the target, rotation included, and by Corosync's if there is one.

    A change of the CIB, of the membership or of the fencing history wakes at once. Any other line wakes
    after a second: daemons that stop or die leave a line in the log, but no change in the CIB.

    A log may miss lines, as on a full disk. So after a long silence a crm_mon, which subscribes to the
    cluster, runs beside it and draws the changes that the log misses.
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
        if not chunk:  # tail has ended with the daemon or its node
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
        """Return True if crm_mon has drawn nothing, either, since the last call."""
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
        """Return a wake-up by crm_mon's redraws, or a timer if crm_mon does not start."""
        return without_log(self._target)

    def close(self) -> None:
        """End tail and crm_mon, here and on the target."""
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
