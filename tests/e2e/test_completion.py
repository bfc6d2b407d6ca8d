"""Candidates held against the real ``crm``: its parser, its TAB and its list of commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.completion import complete
from crmtui.crmsh import command_table
from tests.e2e.completion_lines import BUGS, LINES
from tests.e2e.tree import tree_of
from tests.unit.backend.test_knowledge import FileTarget
from tests.unit.completion_world import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.completion import Candidate

pytestmark = [
    pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed"),
    pytest.mark.timeout(120),
]
CONFIGURE = ("configure",)
CIB = DATA / "oracle.xml"
"""A CIB with some of everything."""


class Oracle(FileTarget):
    """Programs that run here on a CIB with some of everything."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        shutil.copy(CIB, self.cib)


@pytest.fixture(scope="module", params=["installed", pytest.param("trixie", marks=pytest.mark.lab)])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FileTarget:
    """A scratch CIB, for the crm that is installed and for crmsh 5."""
    folder = tmp_path_factory.mktemp("oracle")
    return Oracle(folder) if request.param == "installed" else tree_of(request.param, folder)


@pytest.fixture(scope="module")
def live(target: FileTarget) -> Iterator[LiveKnowledge]:
    """Knowledge of the scratch CIB and the installed crmsh."""
    known = LiveKnowledge(target)
    known.learn_crmsh()
    yield known
    known.close()


def put(line: str, found: Candidate, live: LiveKnowledge) -> str:
    """Return the line with a candidate in it, gone on with until the word is whole."""
    line = line[: found.start] + found.text
    if found.is_final:
        return line
    more = complete(CONFIGURE, line, live)
    return put(line, more[0], live) if more else f"{line}1"


def refusals(target: FileTarget, lines: list[str]) -> list[str]:
    """Return what crm says against lines of ``configure`` but that they are not yet whole."""
    script, before = target.cib.parent / "lines", target.cib.read_bytes()
    script.write_text("\n".join(["configure", *lines]) + "\n", encoding="utf-8")
    invocation = target.invocation(("crm", "-R", "-F", "-f", str(script)))
    done = subprocess.run(
        invocation.argv, env=invocation.env, capture_output=True, text=True, timeout=100
    )
    target.cib.write_bytes(before)  # crm commits at the end what it did take
    output = re.sub(r"\x1b\[[\d;]*m", "", done.stderr + done.stdout)
    said = re.findall(r"^ERROR: (?:\d+: )?(.*)$", output, re.M)
    return [message for message in said if is_refusal(message)]


def is_refusal(message: str) -> bool:
    """Say whether an error is about what a line has, not about what it lacks.

    crm names the word it stumbles over (``near <word>``); at the end of a line there is none.
    """
    if not message.startswith("syntax") or "Unmatched opening" in message:
        return False
    if "Expected at least" in message:
        return False
    return (
        " near <" in message
        or re.search(r": (Invalid|Unknown|Not a|Extra|Attribute order) ", message) is not None
    )


def test_crm_refuses_what_cannot_be_there(target: FileTarget) -> None:
    """The proof below can fail: crm says so when a word cannot stand where it does."""
    lines = [
        "location x d rule inf: #uname xx n1",
        "colocation x inf: d vip:Foo",
        "location x d inf: n1 n2",
        "colocation x inf: d vip",
        "location x d inf:",
    ]
    said = refusals(target, lines)
    assert [message.split(" parsing ")[1] for message in said] == [
        f"'{line}'" for line in lines[:3]
    ]


def test_every_candidate_is_one_that_crm_reads(live: LiveKnowledge, target: FileTarget) -> None:
    """Nothing that is offered in ``configure`` is a syntax error to the real crm."""
    lines = {
        put(line, found, live): line for line in LINES for found in complete(CONFIGURE, line, live)
    }
    assert set(LINES) - {*lines.values()} == set()
    assert len(lines) > 1000
    assert refusals(target, list(lines)) == []


PROMPT = r"crm\([^/()]+/[^()]+\)[a-z ]*# "
INPUTRC = """
set bell-style none
set show-all-if-ambiguous on
set completion-query-items -1
set page-completions off
set completion-display-width 0
set horizontal-scroll-mode off
"""
"""Makes readline list what it would complete, one a line."""


class Tab:
    """A warm ``crm`` that lists what its own TAB offers."""

    def __init__(self, target: FileTarget) -> None:
        inputrc = target.cib.parent / "inputrc"
        inputrc.write_text(INPUTRC, encoding="utf-8")
        path = f"{os.environ['PATH']}:/usr/lib/pacemaker:/usr/libexec/pacemaker"
        invocation = target.invocation(
            ("crm", "-D", "plain"),
            {"INPUTRC": str(inputrc), "TERM": "dumb", "PAGER": "cat", "PATH": path},
        )
        self.child = pexpect.spawn(
            invocation.argv[0],
            list(invocation.argv[1:]),
            env=dict(invocation.env),
            dimensions=(5000, 2000),
            encoding="utf-8",
            timeout=30,
        )
        self.child.delaybeforesend = None
        self.child.expect(PROMPT)
        self.marks = 0

    def offered(self, line: str) -> list[str]:
        """Return what readline lists for a line (M-?), which then is taken back."""
        self.marks += 1
        self.child.send(f"{line}\x1b?\x15# mark {self.marks}\r")
        self.child.expect_exact(f"# mark {self.marks}\r\n")
        listing = (self.child.before or "").replace("\r", "\n")
        self.child.expect(PROMPT)
        lines = [text.strip() for text in listing.split("\n")]
        return sorted(text for text in lines[1:] if text and not re.search(PROMPT[:-1], text))

    def enter(self, level: str) -> bool:
        """Go to a level; say whether crm let us in."""
        self.child.send(f"{level}\r")
        self.child.expect(PROMPT)
        return str(self.child.after).rstrip("# ").endswith(level)


@pytest.fixture
def tab(target: FileTarget) -> Iterator[Tab]:
    """A warm crm on the scratch CIB."""
    opened = Tab(target)
    yield opened
    opened.child.close(force=True)


def lacking(
    level: tuple[str, ...], line: str, offered: list[str], live: LiveKnowledge
) -> list[str]:
    """Return what crm's TAB offers for a line and our menu does not, but for crm's bugs."""
    path = " ".join((*level, line))
    ours: set[str] = set()
    for found in complete(level, line, live):
        whole = line[: found.start] + found.text
        ours |= {found.text, whole.rsplit(" ", 1)[-1], *found.text.split()}
    return [
        text
        for text in offered
        if text not in ours
        and text.rstrip(":=") not in re.split(r"[ ,:]", line)
        # Ours goes on in the same word: type: and what follows, id. and an attribute, name= and value.
        and not any(one.startswith(text) for one in ours if text[-1] in ":=" or f"{text}." == one)
        and not any(text.startswith(one) for one in ours if one[-1:] in (":", "="))
        and not any(re.fullmatch(a, path) and re.fullmatch(b, text) for a, b in BUGS)
    ]


def test_all_that_crms_tab_offers_in_objects_is_in_the_menu(tab: Tab, live: LiveKnowledge) -> None:
    """In every position of ``configure`` that is tried, TAB knows nothing that the menu does not."""
    tab.enter("configure")
    offers = {line: tab.offered(line) for line in LINES}
    assert sum(map(bool, offers.values())) > 50
    lacks = {line: lacking(CONFIGURE, line, found, live) for line, found in offers.items()}
    assert {line: found for line, found in lacks.items() if found} == {}


SILENT = frozenset({"help", "cd", "quit", "up", "ls"})
"""Commands of every level, which are tested by themselves (the first ``help`` takes six seconds)."""


def test_all_that_crms_tab_offers_for_commands_is_in_the_menu(
    tab: Tab, live: LiveKnowledge, target: FileTarget
) -> None:
    """Each command of each level is followed for two arguments, the first that TAB offers."""
    live.see(take_snapshot(target).cluster)
    lacks: dict[str, list[str]] = {}
    tried = 0

    def follow(level: tuple[str, ...], line: str) -> None:
        nonlocal tried
        for _ in range(3):
            found = tab.offered(line)
            tried += bool(found)
            missing = lacking(level, line, found, live)
            if missing:
                lacks[" ".join((*level, line))] = missing
            if not found:
                return
            line = f"{line}{found[0]} "

    def walk(level: tuple[str, ...]) -> None:
        crmsh = live.crmsh()
        assert crmsh is not None
        for known in crmsh.levels[level[-1] if level else "root"]:
            if known.is_level and not (
                level and known.name in ("ra", "cib", "cibstatus", "history")
            ):
                if tab.enter(known.name):
                    walk((*level, known.name))
                    tab.enter("up")
            elif not known.is_level and known.name not in SILENT and known.name[0] != "_":
                follow(level, f"{known.name} ")

    walk(())
    assert tried > 150
    assert lacks == {}


ARITY = """
import inspect, json
import crmsh.main
from crmsh import ui_root
found = {}
def walk(level, name):
    for child in level.children().values():
        if child.type == "level":
            walk(child.level, child.name)
            continue
        parameters = list(inspect.signature(child.function).parameters.values())[2:]
        has_rest = any(p.kind is p.VAR_POSITIONAL for p in parameters)
        found[name + " " + child.name] = None if has_rest else len(parameters)
walk(ui_root.Root, "root")
print(json.dumps(found))
"""


def test_no_more_arguments_are_offered_than_a_command_takes() -> None:
    """A command whose function takes so many arguments has no more positions in the table."""
    first = Path(shutil.which("crm") or "").read_text(encoding="utf-8").partition("\n")[0]
    done = subprocess.run(
        [first.removeprefix("#!").split()[0], "-B", "-c", ARITY],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    most = json.loads(done.stdout.splitlines()[-1])
    assert most["resource cleanup"] == 3
    wrong = []
    for key, count in most.items():
        level, name = key.split(" ")
        row = command_table.command(level, name)
        if row is not None and count is not None and not row.body:
            words = len(row.positions) + len(row.options)
            if words > count or any(position.repeats for position in row.positions):
                wrong.append((key, count))
    assert wrong == []
