"""The measurements: each returns its lines of the table."""

from __future__ import annotations

import random
import re
import statistics
import time
from typing import TYPE_CHECKING

import pexpect

from tests.bench.figures import Row, milliseconds, p95, single
from tests.bench.kernel import Usage, usage
from tests.bench.place import IDLE_NODE, NODES, RESOURCES, pause
from tests.bench.recording import COLUMNS

if TYPE_CHECKING:
    from tests.bench.place import Place
    from tests.bench.recording import Recording

_TIMER_SECONDS = 2.0
"""Interval at which a console crm_mon draws."""
_CHANGE_SECONDS, _CHANGE_MOST = 0.2, 0.5
_MORE_SECONDS = 0.02
_IDLE_SECONDS = 20.0
_REST_SECONDS = 2.0
"""After a change, until all have shown it."""
_IDLE_SHARE = 0.01
_MEGABYTES = 120
_VERDICT = re.compile(r"\b(OK|WARN|CRIT)\b")
_COMMANDS = ("status", "ra classes", "options show", "configure show")
_KEY_LINE = "Complete"
"""Words of the last line about a key of the command line."""
_PROMPT = re.compile(r"crm\([^)]*\)\S*# $")


def _halves(screen: Recording) -> tuple[list[str], list[str]]:
    rows = screen.rows()
    return [row[: COLUMNS // 2] for row in rows], [row[COLUMNS // 2 :] for row in rows]


def _is_full(screen: Recording) -> bool:
    left, right = (["\n".join(half)] for half in _halves(screen))
    return (
        _VERDICT.search(screen.rows()[0]) is not None
        and all(name in left[0] for name in (*NODES, *RESOURCES))
        and all(name in right[0] for name in (*NODES, *RESOURCES))
    )


def wait_ready(screen: Recording) -> None:
    """Wait until crmtui shows the cluster and crm's prompt."""
    screen.await_words(0.0, f"crm(live/{NODES[0]})")
    screen.seen(lambda: _is_full(screen) and any("# " in f"{row} " for row in screen.rows()[-4:]))


def start(place: Place, times: int) -> list[Row]:
    """Measure how long it takes from nothing to the first full picture, and to where one types."""
    pictures, keys, statuses, prompts = [], [], [], []
    for number in range(times + 1):
        with place.installed_crmtui() as screen:
            screen.await_words(0.0, "Node List", *RESOURCES)
            picture = screen.seen(lambda: _is_full(screen)) - screen.started
            screen.await_words(0.0, _KEY_LINE)
            key = screen.seen(lambda: _is_full(screen) and _KEY_LINE in screen.rows()[-1])
        with place.program("crm", "status") as status:
            ended = status.end()
        with place.program("crm") as bare:
            bare.await_words(0.0, "crm(live/")
            prompt = bare.seen(lambda: "# " in f"{bare.rows()[0]} ")
        if number:  # the first one warms the caches up for both
            pictures.append(picture)
            keys.append(key - screen.started)
            statuses.append(ended - status.started)
            prompts.append(prompt - bare.started)
    is_met = all(of(pictures) <= of(statuses) for of in (statistics.median, p95))
    return [
        Row(
            "start to first full picture",
            milliseconds(pictures),
            "`crm status`",
            milliseconds(statuses),
            "no slower",
            is_met,
        ),
        Row(
            "start to the screen that takes keys",
            milliseconds(keys),
            "`crm` to its prompt",
            milliseconds(prompts),
            "",
            None,
        ),
    ]


def changes(place: Place, ours: Recording, times: int) -> list[Row]:
    """Measure how long it takes from a change of the CIB to the picture of it."""
    random_time = random.Random(1)
    with place.program("crm_mon") as console, place.program("crm_mon", "-i", "1") as eager:
        both = (console, eager)
        for each in both:
            each.seen(lambda: RESOURCES[-1] in each.text())  # noqa: B023
        began, ended, seen = [], [], []
        for number in range(times):
            value = "off" if number % 2 else "on"
            pause(random_time.uniform(0.2, 0.2 + _TIMER_SECONDS))
            began.append(time.monotonic())
            place.run("crm_standby", "-N", IDLE_NODE, "-v", value)
            ended.append(time.monotonic())
            seen.append(_all_see(ours, both, value, began[-1]))
    from_start = _since(began, seen)
    goal = f"p95 < {_CHANGE_SECONDS * 1000:.0f} ms, max < {_CHANGE_MOST * 1000:.0f} ms"
    is_met = p95(from_start[0]) < _CHANGE_SECONDS and max(from_start[0]) < _CHANGE_MOST
    what = f"CIB change to its picture, from the start of `crm_standby` ({times} changes)"
    return [
        *_beside(what, from_start, goal, is_met=is_met),
        *_beside("the same, from the end of `crm_standby`", _since(ended, seen), "", is_met=None),
    ]


def _all_see(
    ours: Recording, both: tuple[Recording, Recording], value: str, began: float
) -> tuple[float, ...]:
    """Return when crmtui and the two consoles showed the change."""
    words = _words_of(value)
    ours.await_words(began, words)
    times = [ours.seen(lambda: _shows(ours, value), began)]
    times += [each.seen(lambda: words in each.text(), began) for each in both]  # noqa: B023
    return tuple(times)


def _since(began: list[float], seen: list[tuple[float, ...]]) -> list[list[float]]:
    """Return the times of each program from ``began``."""
    rows = [[max(0.0, at - start) for at in each] for start, each in zip(began, seen, strict=True)]
    return [list(column) for column in zip(*rows, strict=True)]


def _beside(what: str, times: list[list[float]], goal: str, *, is_met: bool | None) -> list[Row]:
    ours, console, eager = times
    return [
        Row(what, milliseconds(ours), "`crm_mon`", milliseconds(console), goal, is_met),
        Row("", single(""), "`crm_mon -i 1`", milliseconds(eager), "", None),
    ]


def _words_of(value: str) -> str:
    return f"Node {IDLE_NODE}: standby" if value == "on" else f"Online: [ {' '.join(NODES)} ]"


def _shows(screen: Recording, value: str) -> bool:
    left, right = _halves(screen)
    node = next((row for row in left if re.search(rf"\b{IDLE_NODE}\b", row)), "")
    return ("standby" in node) == (value == "on") and any(_words_of(value) in row for row in right)


def round_trips(place: Place, ours: Recording, times: int) -> list[Row]:
    """Measure how long commands take in crmtui and in a bare warm crm."""
    bare = _bare_crm(place)
    taken: dict[str, tuple[list[float], list[float]]] = {line: ([], []) for line in _COMMANDS}
    for number in range(times + 1):
        for line in _COMMANDS:
            output, theirs = _in_bare_crm(bare, line)
            mine = _in_crmtui(ours, line, output)
            if number:  # the first one warms up what crm keeps
                taken[line][0].append(mine)
                taken[line][1].append(theirs)
    bare.sendline("quit")
    bare.expect(pexpect.EOF)
    bare.close()
    return [_round_trip_row(line, *taken[line]) for line in _COMMANDS]


def _round_trip_row(line: str, mine: list[float], theirs: list[float]) -> Row:
    more = statistics.median(mine) - statistics.median(theirs)
    return Row(
        f"`{line}`: Enter to output and prompt",
        milliseconds(mine),
        "a warm `crm`",
        milliseconds(theirs),
        f"{_MORE_SECONDS * 1000:.0f} ms more at most",
        more <= _MORE_SECONDS,
    )


def _bare_crm(place: Place) -> pexpect.spawn[str]:
    environment = {"TERM": "dumb", "PAGER": "cat", "COLUMNS": "100"}
    invocation = place.target.invocation(("crm", "-D", "plain"), environment)
    child: pexpect.spawn[str] = pexpect.spawn(
        invocation.argv[0],
        list(invocation.argv[1:]),
        env=dict(invocation.env),
        dimensions=(5000, 1000),
        encoding="utf-8",
        timeout=30,
    )
    child.delaybeforesend = None
    child.expect(_PROMPT)
    return child


def _in_bare_crm(bare: pexpect.spawn[str], line: str) -> tuple[list[str], float]:
    began = time.monotonic()
    bare.sendline(line)
    bare.expect(_PROMPT)
    seconds = time.monotonic() - began
    return [row.strip() for row in (bare.before or "").splitlines() if row.strip()], seconds


def _in_crmtui(screen: Recording, line: str, output: list[str]) -> float:
    last = " ".join(output[-1].split())
    typed_at = screen.send(line)
    screen.seen(lambda: _command_row(screen)[0].endswith(f"# {line}"), typed_at)
    ready = _command_row(screen)[1]
    entered = screen.send("\r")
    screen.await_rest(entered)

    def is_done() -> bool:
        row, colour = _command_row(screen)
        return row.endswith("#") and colour == ready and _last_output(screen) == last

    return screen.seen(is_done, entered) - entered


def _command_row(screen: Recording) -> tuple[str, str]:
    """Return the command line and the colour of its prompt, which says whether it is ready."""
    rows = screen.rows()
    at = max(index for index, row in enumerate(rows) if "crm(" in row and "│" not in row)
    column = rows[at].index("crm(")
    return rows[at], screen.screen.buffer[at][column].fg


def _last_output(screen: Recording) -> str:
    """Return the last line in the pane of outputs, the lowest of those with a frame."""
    framed = [row.strip("│┃▌▐ ▁▂▃▄▅▆▇█") for row in screen.rows() if row[:1] in "│┃"]
    last = next((row for row in reversed(framed) if row), "")
    return " ".join(last.split())


def idle(place: Place, ours: Recording) -> list[Row]:
    """Measure what is used while nothing happens."""
    with place.program("crm_mon") as theirs:
        theirs.seen(lambda: RESOURCES[-1] in theirs.text())
        for value in ("on", "off"):
            place.run("crm_standby", "-N", IDLE_NODE, "-v", value)
        place.settle()
        pause(_REST_SECONDS)
        mine = _over_a_while(ours.pid)
        other = _over_a_while(theirs.pid)
    began, ended = mine
    share = (ended.seconds - began.seconds) / _IDLE_SECONDS
    other_share = (other[1].seconds - other[0].seconds) / _IDLE_SECONDS
    started = ended.started_since(began)
    return [
        Row(
            f"CPU of one core while nothing happens ({_IDLE_SECONDS:.0f} s, children included)",
            single(f"{share:.1%}"),
            "`crm_mon`",
            single(f"{other_share:.1%}"),
            f"< {_IDLE_SHARE:.0%}",
            share < _IDLE_SHARE,
        ),
        Row(
            "processes started meanwhile",
            single(str(started)),
            "`crm_mon`",
            single(str(other[1].started_since(other[0]))),
            "none",
            started == 0,
        ),
        Row(
            "memory (RSS)",
            single(f"{ended.megabytes:.0f} MB"),
            "`crm_mon`",
            single(f"{other[1].megabytes:.0f} MB"),
            f"< {_MEGABYTES} MB",
            ended.megabytes < _MEGABYTES,
        ),
    ]


def _over_a_while(pid: int) -> tuple[Usage, Usage]:
    began = usage(pid)
    pause(_IDLE_SECONDS)
    return began, usage(pid)
