"""Run of pytest at another time: ``python -m tests.clock MOMENT [ARGUMENTS OF PYTEST]``.

``--list`` names the moments.

The tests and every program they start see the same shifted wall clock; the monotonic clock, by
which all of them wait, goes on as it is.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from tests.clock.library import installed, without_waiting
from tests.clock.moments import MOMENTS

_COPY = Path(__file__).parents[2] / ".pytest_cache" / "libfaketime.so.1"


def _library() -> Path:
    """Return the copy that does nothing to what waits."""
    _COPY.parent.mkdir(exist_ok=True)
    # Moved there whole: another run may use the one that is there.
    made = _COPY.with_suffix(f".{os.getpid()}")
    made.write_bytes(without_waiting(installed().read_bytes()))
    return made.replace(_COPY)


def main(argv: list[str]) -> None:
    """Become pytest at that time, or print which moments there are."""
    if argv == ["--list"]:
        sys.stdout.write("\n".join([*MOMENTS, ""]))
        return
    if not argv or argv[0] not in MOMENTS:
        sys.exit(f"usage: python -m tests.clock {'|'.join(MOMENTS)} [ARGUMENTS OF PYTEST]")
    moment = MOMENTS[argv[0]]
    environ = {
        **os.environ,
        "LD_PRELOAD": str(_library()),
        "FAKETIME": f"{moment.offset(time.time()):+.3f}",
        # What waits, waits by the monotonic clock; a faked one would let it wait for days.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # A test may set the time anew (tests.clock.turning); each program looks at once.
        "FAKETIME_NO_CACHE": "1",
        "TZ": moment.zone,
        "CRMTUI_TEST_MOMENT": argv[0],
        "CRMTUI_TEST_EPOCH": repr(time.time() - time.monotonic()),
    }
    if moment.language:
        environ |= {"LANG": moment.language, "LC_ALL": moment.language}
    command = [sys.executable, "-m", "pytest", "-p", "tests.clock.turning", *argv[1:]]
    os.execve(sys.executable, command, environ)


if __name__ == "__main__":
    main(sys.argv[1:])
