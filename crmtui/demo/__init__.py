"""Demo cluster to try things on: three nodes, a web service, a database, fencing.

``tests/make_demo.py`` makes it from ``tests/data/demo.crm`` with the real tools.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from importlib.resources import files

_AGO = 240
"""Seconds between the newest event of the demo and the moment of opening."""
_TIME = re.compile(
    rb'((?:\blast-rc-change|\blast-run)="|name="(?:last-failure|fail-time)-[^"]*" value=")(\d+)'
)
"""Times in seconds since 1970: of operations, and of a failure beside its fail count."""
_WRITTEN = re.compile(rb'(\bcib-last-written=")([^"]*)')
_WRITTEN_AS = "%a %b %d %H:%M:%S %Y"


def demo_cib() -> bytes:
    """Return the demo cluster's CIB, status included, with the times of the day on which it was made.

    Callers change a fresh copy only.
    """
    return files(__name__).joinpath("demo.xml").read_bytes()


def recent_demo_cib(now: float) -> bytes:
    """Return the demo cluster's CIB with its newest event some minutes old, and all distances kept.

    Args:
        now: The time, in seconds since the epoch.
    """
    return moved(demo_cib(), now)


def moved(cib: bytes, now: float) -> bytes:
    """Return ``cib`` with all of its times moved, so that the newest is some minutes before ``now``."""
    newest = max((int(found[2]) for found in _TIME.finditer(cib)), default=int(now) - _AGO)
    by = int(now) - _AGO - newest

    def counted(found: re.Match[bytes]) -> bytes:
        # On a clock that was never set the result is before 1970 plus some minutes; 0 would mean no
        # time.
        return found[1] + b"%d" % max(1, int(found[2]) + by)

    def written(found: re.Match[bytes]) -> bytes:
        at = datetime.strptime(found[2].decode(), _WRITTEN_AS).replace(tzinfo=timezone.utc)
        return found[1] + (at + timedelta(seconds=by)).strftime(_WRITTEN_AS).encode()

    return _WRITTEN.sub(written, _TIME.sub(counted, cib))
