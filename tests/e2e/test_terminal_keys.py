"""Keys as a terminal sends them that knows no other way."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed")


def test_escape_enter_is_alt_enter(tmp_path: Path) -> None:
    """It begins another line of the same text, and runs nothing."""
    env = environment({"XDG_STATE_HOME": str(tmp_path)})
    with Terminal([*CRMTUI, "demo"], size=(100, 40), env=env) as screen:
        screen.shows(r"crm\(live/\S+\)# *$")
        screen.send("node show alpha\x1b\rnode show beta ")
        screen.shows(r"# node show alpha *\n.*node show beta *$")
        assert "member" not in screen.text
        screen.press("enter")
        screen.shows(r"^alpha\(1\): member", r"^beta\(2\): member")
        screen.press("ctrl+q")
        assert screen.ends() == 0
