"""Hostile words in a CIB stay words: on the screen, in reports."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = pytest.mark.usefixtures("_own_state")


AGENT = 'class="ocf" provider="pacemaker" type="Dummy"'


EVIL = "[red]bold[/red] \x1b]0;owned\x07\x1b[2J[@click=app.quit]x[/]"
"""Value that an attribute could hold if its author were no friend."""


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """Write a CIB whose free texts are markup and terminal escapes, as far as XML can hold them."""
    # XML 1.0 cannot hold an escape character, so the C1 control that means the same stands for it.
    words = EVIL.replace("\x1b]", "\x9d").replace("\x1b[", "\x9b").replace("\x07", "\x9c")
    text = demo_cib().decode()
    assert 'exit-reason="' in text
    text = re.sub(r'exit-reason="[^"]*"', f'exit-reason="{words}"', text)
    text = re.sub(
        r'(<primitive id="backup"[^>]*)(/?>)', rf'\1 description="{words}"\2', text, count=1
    )
    text = text.replace('"beta"', '"be[b]ta"')
    path = tmp_path / "evil.xml"
    path.write_text(text, encoding="utf-8")
    return path


def is_harmless(text: str) -> bool:
    """Say whether a text holds no control characters but new lines."""
    return not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_hostile_words_are_shown_on_the_screen(evil: Path) -> None:
    """Markup and escapes from the cluster are shown as they stand, and nothing obeys them."""
    with Terminal([*CRMTUI, "--cib", str(evil)], size=(240, 60)) as screen:
        text = screen.shows(r"● be\[b\]ta", r"Online: \[ .*be\[b\]ta", r"\[red\]bold\[/red\]")
        assert is_harmless(text)
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.to_the_line()
        screen.send("node standby b")
        screen.shows(r"^ +be\[b\]ta")
        screen.press("ctrl+c")
        screen.enter("configure show backup")
        screen.shows(r"^│.*backup.*Dummy.*\[red\]bold\[/red\]")
        assert b"\x1b]0;owned" not in screen.raw
        assert b"\xc2\x9b" not in screen.raw
        screen.press("ctrl+q")
        assert screen.ends() == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_words_are_harmless_in_a_report(evil: Path, form: str) -> None:
    """A report shows the words of the cluster without what a terminal would obey."""
    done = subprocess.run(
        [*CRMTUI, "snapshot", "--cib", str(evil), "--format", form],
        capture_output=True,
        env=environment(),
        check=True,
    )
    said = done.stdout.decode()
    assert is_harmless(said)
    assert "[red]bold[/red]" in said
    assert "be[b]ta" in said
    if form == "json":
        assert json.loads(said)["failures"][0]["reason"].startswith("[red]bold[/red]")
