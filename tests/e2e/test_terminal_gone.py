"""A terminal that sends what is no UTF-8, that stands still, or that goes away."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.tree import process_and_below
from crmtui.demo import demo_cib
from tests.e2e.terminal import CRMTUI, SECONDS, Terminal
from tests.e2e.test_bad_input import needs_crm
from tests.e2e.test_children_end import is_alive
from tests.e2e.test_uncommitted import ASKED, NEW, journals, stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = [needs_crm(), pytest.mark.usefixtures("_own_state")]
MORE = tuple(f"primitive y{number} ocf:pacemaker:Dummy" for number in range(4))
"""Lines to type, each letter of which is a picture: more than Textual's own writer lets wait."""
ENDS_WITHIN = 8.0
"""Seconds until the program is gone, by force at worst, on a busy machine."""


def opened(tmp_path: Path) -> Terminal:
    """Return the screen on a private copy of the demo cluster that every call shares."""
    cib = tmp_path / "cib.xml"
    cib.write_bytes(demo_cib())
    return Terminal([*CRMTUI, "--cib", str(cib)], size=(160, 50))


def type_on(screen: Terminal, tmp_path: Path, eventually: Eventually) -> None:
    """Stage lines on a terminal that shows nothing of them: keys and crm are heard all the same."""
    (journal,) = journals(tmp_path / "state")
    for line in MORE:
        screen.type_blindly(f"{line}\r")
        assert eventually(lambda: line in journal.read_text(), SECONDS), "it waits for the terminal"  # noqa: B023


def offered_again(tmp_path: Path) -> None:
    """Start anew, and see that what was uncommitted is offered: its journal is there, and free."""
    assert len(journals(tmp_path / "state")) == 1
    with opened(tmp_path) as later:
        later.shows(r"\d uncommitted lines? of .* left behind", ASKED)


@pytest.mark.parametrize("is_long", [False, True])
def test_a_terminal_that_stalls_and_goes_away_ends_all(
    tmp_path: Path, eventually: Eventually, *, is_long: bool
) -> None:
    """Nobody reads, for a while or for long; then the terminal is gone, and so are crmtui and crm."""
    with opened(tmp_path) as screen:
        stage(screen, NEW)
        below = process_and_below(screen.pid)[1:]
        screen.stall()
        if is_long:
            type_on(screen, tmp_path, eventually)
        screen.hang_up()
        assert screen.ends_unread(ENDS_WITHIN) == 129
        assert eventually(lambda: not any(map(is_alive, below)), SECONDS), "something lives on"
    offered_again(tmp_path)
    assert not (tmp_path / "state" / "crmtui" / "crash.log").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_on_a_stalled_terminal(
    number: signal.Signals, tmp_path: Path, eventually: Eventually
) -> None:
    """A terminal that takes nothing makes no signal wait."""
    with opened(tmp_path) as screen:
        stage(screen, NEW)
        screen.stall()
        type_on(screen, tmp_path, eventually)
        os.kill(screen.pid, number)
        assert screen.ends_unread(ENDS_WITHIN) == 128 + number
    offered_again(tmp_path)


def test_a_terminal_that_goes_on_shows_what_is_now(tmp_path: Path, eventually: Eventually) -> None:
    """Pictures that it did not take are left out, and the last one is whole."""
    with opened(tmp_path) as screen:
        stage(screen, NEW)
        screen.stall()
        type_on(screen, tmp_path, eventually)
        screen.shows(r"configure \[5 pending\]# *$", "● alpha +online", "webip +Started")
        screen.to_the_panes()
        screen.press("?")
        screen.shows("Everywhere but in the command line")
        screen.press("escape")
        screen.hides("Everywhere but in the command line")
        screen.press("ctrl+q", "k")
        assert screen.ends() == 0
        assert screen.is_restored


def test_a_closed_window_ends_it_in_silence(tmp_path: Path) -> None:
    """Closing the terminal is no defect: status, and nothing to report."""
    with opened(tmp_path) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.hang_up()
        assert screen.ends_unread(ENDS_WITHIN) == 129
    assert not (tmp_path / "state" / "crmtui" / "crash.log").exists()


@pytest.mark.parametrize(
    "sent", [b"n\xe9t\xe9", b"\x1b[200~latin1 \xe9t\xe9, bad\xff end\x1b[201~"]
)
def test_bytes_of_another_encoding_end_nothing(sent: bytes, tmp_path: Path) -> None:
    """Bytes that are no UTF-8, typed or pasted, are shown as a sign for that, and told once."""
    with opened(tmp_path) as screen:
        screen.to_the_line()
        screen.send_bytes(sent)
        screen.shows(r"that are not UTF-8 \(\\xe9", "\ufffdt")
        screen.press("ctrl+u")
        screen.send("status")
        screen.shows("# status")
        screen.press("ctrl+u")
        screen.to_the_panes()
        screen.press("q")
        assert screen.ends() == 0


def test_half_a_character_is_shown_when_the_rest_does_not_come(tmp_path: Path) -> None:
    """A letter of Latin-1 looks like the beginning of one of UTF-8: it is not waited for."""
    with opened(tmp_path) as screen:
        screen.to_the_line()
        screen.send_bytes(b"n\xe9")
        screen.shows(r"that are not UTF-8 \(\\xe9\)", "# n\ufffd")


@pytest.mark.parametrize("sent", ["\x1b[1114112;1u", "\x1b[48;0;0;0;0t\x1b[<0;5;5M"])
def test_a_sequence_that_cannot_be_read_ends_nothing(sent: str, tmp_path: Path) -> None:
    """Numbers that mean no key and no place are left out, and the keys behind them count."""
    with opened(tmp_path) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.to_the_panes()
        screen.send(sent)
        screen.press("?")
        screen.resize(150, 50)  # one of them says that the terminal has another size
        screen.shows("Everywhere but in the command line")


def defective(entry: str) -> list[str]:
    """Return a program whose key for help does something else."""
    program = (
        "import threading, time; from crmtui.tui.app import CrmtuiApp; "
        f"CrmtuiApp.action_app_help = lambda self: {entry}; from crmtui.cli import main; main()"
    )
    return [sys.executable, "-c", program, "demo"]


def test_a_thread_that_dies_is_told(tmp_path: Path) -> None:
    """A defect in any thread ends in a sentence, a report and a status."""
    with Terminal(defective("threading.Thread(target=lambda: 1 / 0).start()")) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.to_the_panes()
        screen.press("?")
        assert screen.ends() == 70
        assert screen.is_restored
        assert "a defect in crmtui ended it (ZeroDivisionError)" in screen.text
    assert "ZeroDivisionError" in (tmp_path / "state" / "crmtui" / "crash.log").read_text("utf-8")


def test_what_hangs_is_ended_by_force(tmp_path: Path) -> None:
    """A program that does not heed a signal ends all the same, and gives the terminal back."""
    hangs = tmp_path / "hangs"
    with Terminal(defective(f"(open({str(hangs)!r}, 'w'), time.sleep(1000))")) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        screen.to_the_panes()
        screen.press("?")
        screen.wait(hangs.exists, "it hangs")
        os.kill(screen.pid, signal.SIGTERM)
        assert screen.ends() == 128 + signal.SIGTERM
        assert screen.is_restored
    report = (tmp_path / "state" / "crmtui" / "crash.log").read_text("utf-8")
    assert "was told to end" in report
    assert "in <lambda>" in report


def test_ctrl_c_while_it_is_left_ends_nothing_half_way(
    tmp_path: Path, eventually: Eventually
) -> None:
    """Quitting goes on to its end, and the status is that of the key that quit."""
    with opened(tmp_path) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$")
        below = process_and_below(screen.pid)[1:]
        screen.press("ctrl+q")
        screen.wait(lambda: not screen.is_alternate, "the screen is left")
        screen.send("\x03\x03")
        assert screen.ends() == 0
        assert eventually(lambda: not any(map(is_alive, below)), SECONDS)
    run = tmp_path / "run" / "crmtui"
    assert not [each for each in run.glob("sandbox-*") if each.is_dir()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_a_screen_that_still_loads(number: signal.Signals, tmp_path: Path) -> None:
    """The splash is taken away again."""
    slow = (
        "import time, crmtui.backend.process.run as process; "
        "import crmtui.cli.open_screen as screen; screen.require = lambda *_: time.sleep(1000); "
        "from crmtui.cli import main; main()"
    )
    with Terminal([sys.executable, "-c", slow, "demo"]) as screen:
        screen.shows("● alpha +online")
        os.kill(screen.pid, number)
        assert screen.ends() == 128 + number
        assert screen.is_restored
