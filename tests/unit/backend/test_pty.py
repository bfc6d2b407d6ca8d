"""Conditions that hold before crm is started."""

from __future__ import annotations

import subprocess
import sys


def test_what_hears_of_forks_is_loaded_before_the_first() -> None:
    """Threads that take work are loaded before anything can fork, not in the middle of it."""
    program = (
        "import sys, crmtui.backend.session.pty; print('concurrent.futures.thread' in sys.modules)"
    )

    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert out.stdout == "True\n"
