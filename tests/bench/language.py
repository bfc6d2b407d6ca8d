"""Measures completion: from a key to the menu, the first agents, long help; beside crm's own TAB."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from tests.bench.figures import Figures, Row, milliseconds, p95, single
from tests.bench.recording import Recording, terminal_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = Path(__file__).parents[2]
_SIZES = (100, 1000)
_MENU_SECONDS, _AGENTS_SECONDS, _HELP_SECONDS = 0.020, 0.100, 0.050
_PATIENCE = 30.0
"""Seconds that crm's own TAB is waited for."""
_PACE = 0.15
_PROMPT = re.compile(r"crm\([^)]*\)\S*# $")
_FOLDERS = "/usr/lib/pacemaker:/usr/libexec/pacemaker"
"""Folders in which crm looks for Pacemaker's daemons."""
_INPUTRC = """
set bell-style none
set show-all-if-ambiguous on
set completion-query-items -1
set page-completions off
set completion-display-width 0
set horizontal-scroll-mode off
"""
"""Makes readline list what it would complete, one a line."""


def cib(count: int) -> str:
    """Return a CIB with so many resources on two nodes, stopped: to start them takes a while."""
    resources = "".join(
        f'<primitive id="r{number}" class="ocf" provider="pacemaker" type="Dummy"/>'
        for number in range(count)
    )
    nodes = "".join(f'<node id="{number}" uname="n{number}"/>' for number in (1, 2))
    status = "".join(
        f'<node_state id="{number}" uname="n{number}" in_ccm="true" crmd="online" join="member" '
        'expected="member"/>'
        for number in (1, 2)
    )
    return (
        '<cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="1" num_updates="0" '
        f'admin_epoch="0"><configuration><crm_config/><nodes>{nodes}</nodes>'
        f"<resources>{resources}</resources><constraints/><rsc_defaults>"
        '<meta_attributes id="defaults"><nvpair id="defaults-role" name="target-role" value="Stopped"/>'
        f"</meta_attributes></rsc_defaults></configuration><status>{status}</status></cib>"
    )


def measure(times: int) -> list[Row]:
    """Measure in sandboxes with 100 and with 1000 resources."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="crmbench") as folder:
        for size in _SIZES:
            path = Path(folder) / f"{size}.xml"
            path.write_text(cib(size), encoding="utf-8")
            rows += _keys(path, size, times)
        rows.append(_first_agents(Path(folder) / f"{_SIZES[0]}.xml", max(3, times // 4)))
        rows.append(_help(Path(folder) / f"{_SIZES[0]}.xml", times))
    return rows


def _crmtui(path: Path) -> Recording:
    environment = terminal_environment() | {"PYTHONPATH": str(_ROOT)}
    argv = (sys.executable, "-m", "crmtui", "--cib", str(path))
    screen = Recording(argv, environment)
    screen.seen(
        lambda: any(re.search(r"crm\(live/.*\)# ", f"{row} ") for row in screen.rows()[-5:])
    )
    return screen


def _keys(path: Path, size: int, times: int) -> list[Row]:
    """Type the last letters of a line again and again; each changes the menu."""
    lines = {
        "resource start ": f"{size} choices",
        "resource start r9": f"{_of(size, '9')} choice",
        "configure primitive x ocf:pacemaker:Dummy ": "choices",
    }
    rows = []
    known: dict[str, Figures] = {}
    with _crmtui(path) as screen:
        for line, words in lines.items():
            ours = [_key(screen, line, words) for _ in range(times + 2)][2:]
            command = line.split(" r")[0].strip()
            # With a thousand resources crm's TAB takes minutes: one look at it will do.
            if command not in known or size == _SIZES[0]:
                known[command] = _tab(path, line, 3 if size == _SIZES[0] else 1)
            theirs = known[command]
            compgen = [_compgen(path, line) for _ in range(3 if size == _SIZES[0] else 1)]
            is_met = p95(ours) < _MENU_SECONDS
            what = f"`{line}` with {size} resources: key to menu"
            beside = f"crm's TAB; `--compgen` {milliseconds(compgen)[0]}"
            goal = f"p95 < {_MENU_SECONDS * 1000:.0f} ms"
            rows.append(Row(what, milliseconds(ours), beside, theirs, goal, is_met))
    return rows


def _of(size: int, digit: str) -> int:
    """Return how many of the numbers below ``size`` have the digit anywhere."""
    return sum(digit in str(number) for number in range(size))


def _key(screen: Recording, line: str, words: str) -> float:
    """Return the seconds from the last letter of ``line`` to the menu for it."""
    screen.send("\x15")
    screen.seen(lambda: not _has_menu(screen))
    screen.send(line[:-1])
    time.sleep(_PACE)
    screen.catch_up()
    pressed = screen.send(line[-1])
    seen = screen.seen(
        lambda: _typed(screen).endswith(line.rstrip()) and words in screen.text(), pressed
    )
    time.sleep(_PACE)
    screen.catch_up()
    return seen - pressed


def _has_menu(screen: Recording) -> bool:
    return re.search(r"\d+ choices?\b", screen.text()) is not None


def _typed(screen: Recording) -> str:
    return next(
        (row for row in reversed(screen.rows()) if re.search(r"crm\(live/.*# ", f"{row} ")), ""
    )


def _first_agents(path: Path, times: int) -> Row:
    """Start the screen anew each time: nothing is known of any agent yet."""
    ours = []
    for _ in range(times):
        with _crmtui(path) as screen:
            ours.append(_key(screen, "configure primitive x ocf:heartbeat:", "AoEtarget"))
    theirs = _tab(path, "configure primitive x ocf:heartbeat:", 1)
    goal = f"p95 < {_AGENTS_SECONDS * 1000:.0f} ms"
    what = f"the first `ocf:heartbeat:` after a start ({times} starts)"
    is_met = p95(ours) < _AGENTS_SECONDS
    return Row(what, milliseconds(ours), "crm's first TAB", theirs, goal, is_met)


def _help(path: Path, times: int) -> Row:
    """Open and close the long help for a command, an agent and a parameter in turn."""
    asked = {
        "configure location ": "location defines",
        "configure primitive x ocf:heartbeat:IPaddr2 ": "Linux-specific",
        "configure primitive x ocf:heartbeat:IPaddr2 ip=": "dotted quad",
    }
    ours = []
    with _crmtui(path) as screen:
        screen.send("\x1bOR")  # F3: the help that comes by itself is closed from now on
        time.sleep(_PACE)
        screen.send("\x1bOR")
        time.sleep(_PACE)
        for number in range(times):
            line, words = list(asked.items())[number % len(asked)]
            screen.send(f"\x15{line}")
            time.sleep(2 * _PACE)
            screen.catch_up()
            if words in _flat(screen):
                screen.send("\x1bOR")
                screen.seen(lambda: words not in _flat(screen))  # noqa: B023
            pressed = screen.send("\x1bOR")
            ours.append(screen.seen(lambda: words in _flat(screen), pressed) - pressed)  # noqa: B023
            time.sleep(_PACE)
            screen.catch_up()
    theirs = _crm_help(path)
    goal = f"p95 < {_HELP_SECONDS * 1000:.0f} ms"
    what = "long help for a command, an agent, a parameter: key to text"
    is_met = p95(ours) < _HELP_SECONDS
    return Row(what, milliseconds(ours), "crm's first `help location`", theirs, goal, is_met)


def _flat(screen: Recording) -> str:
    return " ".join(re.sub(r"[^\w-]+", " ", screen.text()).split())


def _bare(path: Path) -> pexpect.spawn[str]:
    inputrc = path.with_suffix(".inputrc")
    inputrc.write_text(_INPUTRC, encoding="utf-8")
    environment = {
        **os.environ,
        "CIB_file": str(path),
        "INPUTRC": str(inputrc),
        "TERM": "dumb",
        "PAGER": "cat",
        "PATH": f"{os.environ['PATH']}:{_FOLDERS}",
    }
    child: pexpect.spawn[str] = pexpect.spawn(
        "crm",
        ["-D", "plain"],
        env=environment,
        dimensions=(5000, 2000),
        encoding="utf-8",
        timeout=30,
    )
    child.delaybeforesend = None
    child.expect(_PROMPT)
    return child


def _tab(path: Path, line: str, times: int) -> Figures:
    """Return how long crm's own TAB takes on a line, typed at the top level of a warm crm."""
    taken = []
    bare = _bare(path)
    for number in range(times):
        bare.send(f"{line}\x1b?\x15# mark {number}\r")
        began = time.monotonic()
        try:
            bare.expect_exact(f"# mark {number}\r\n", timeout=_PATIENCE)
        except pexpect.TIMEOUT:
            bare.close(force=True)
            return single(f"> {_PATIENCE:.0f} s")
        taken.append(time.monotonic() - began)
        bare.expect(_PROMPT)
    bare.close(force=True)
    return milliseconds(taken)


def _crm_help(path: Path) -> Figures:
    bare = _bare(path)
    began = time.monotonic()
    bare.send("help configure location\r")
    bare.expect(_PROMPT)
    taken = [time.monotonic() - began]
    bare.close(force=True)
    return milliseconds(taken)


def _compgen(path: Path, line: str) -> float:
    began = time.monotonic()
    _run(("crm", "--compgen", "0", f"crm {line}"), path)
    return time.monotonic() - began


def _run(argv: Sequence[str], path: Path) -> None:
    environment = {**os.environ, "CIB_file": str(path)}
    subprocess.run(argv, env=environment, capture_output=True, timeout=120, check=False)
