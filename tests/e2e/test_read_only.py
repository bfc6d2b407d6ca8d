"""Read-only: everything there is to type is typed, and the CIB never changes."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import READ_ONLY, Gate
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandFinished,
    HintGiven,
    LinesReturned,
    QuestionAsked,
)
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.crmsh import command_table
from crmtui.crmsh.line import parse
from crmtui.crmsh.prompt import CrmPrompt
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import TargetKind
    from crmtui.backend.session.events import SessionEvent

_SECONDS = 60.0
_ARGUMENTS = {
    "node": "alpha",
    "resource": "webservice",
    "configure": "webservice",
    "maintenance": "webservice",
}
_LINES = (
    "configure primitive x ocf:pacemaker:Dummy",
    "configure property maintenance-mode=true",
    "configure erase",
    "configure load replace /dev/null",
    "resource stop webservice",
    "resource param webip set ip 10.9.9.9",
    "resource failcount backup delete beta",
    "node attribute alpha set site a",
    "node standby --all",
    "cib commit nosuch",
    "site ticket grant t",
    "options pager reboot",
    "frobnicate now",
    "resource stop webservice extra 'words'",
    "  resource   stop\twebservice",
    'resource "stop" webservice',
)
"""Lines that easily get through a gate that looks at words alone."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


def _everything() -> Iterator[tuple[str, ...]]:
    """Yield the lines to type: each command at the root and, entered, at its own level."""
    for level in command_table.levels():
        argument = _ARGUMENTS.get(level, "")
        for row in command_table.rows(level):
            if row.is_level or row.name in ("quit", "cd", "up", "help"):
                continue
            words = f"{row.name} {argument}".strip()
            if level == command_table.ROOT:
                yield (words,)
            elif level in ("assist", "template"):
                yield ("configure", level, words, "up", "up")
            elif level == "link":
                yield ("corosync", level, words, "up", "up")
            else:
                yield (f"{level} {words}",)
                yield (level, words, "up")


class _Typist:
    """Types lines at a locked gate and counts what comes of them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.gate = Gate(sandbox, is_read_only=lambda: True)
        self.dispatcher = CommandDispatcher(sandbox, self.gate, self.events.put)
        self.refused = self.ran = 0

    def type(self, line: str) -> None:
        """Type a line, and wait until it is through."""
        self.dispatcher.submit(line)
        deadline = time.monotonic() + _SECONDS
        while True:
            match self.events.get(timeout=max(0.01, deadline - time.monotonic())):
                case CommandFinished():
                    self.ran += 1
                    return
                case LinesReturned(_, reason):
                    self.refused += reason == READ_ONLY
                    return
                case QuestionAsked(question):
                    self.dispatcher.answer(question.choices[0] if question.choices else "")
                case ApprovalRequested():
                    pytest.fail(f"approval was asked for {line}")
                case HintGiven():
                    pass


def test_whatever_is_typed_the_cib_never_changes(sandbox: Sandbox) -> None:
    """Every command of the table, at the root and at its level, and what looks harmless and is not."""
    before = sandbox.cib.read_bytes()
    typist = _Typist(sandbox)
    typist.dispatcher.start()
    try:
        for lines in (*_everything(), *((line,) for line in _LINES)):
            for line in lines:
                typist.type(line)
            assert sandbox.cib.read_bytes() == before, lines
            assert typist.dispatcher.staged == ()
    finally:
        typist.dispatcher.close()
        typist.gate.close()
    assert typist.refused > 80
    assert typist.ran > 80


@pytest.mark.parametrize("kind", ["live", "lab", "sandbox"])
def test_nothing_but_reading_passes_on_any_target(sandbox: Sandbox, kind: TargetKind) -> None:
    """On a real cluster, too: whatever is not known to read is refused before it is sent."""
    sandbox.__class__ = type("Other", (Sandbox,), {"kind": kind})
    gate = Gate(sandbox, is_read_only=lambda: True).for_session()
    for level in command_table.levels():
        prompt = CrmPrompt("live", "n1", () if level == command_table.ROOT else (level,))
        for row in command_table.rows(level):
            reads = parse(prompt.level, row.name).effect == "read"
            ruling = gate.check(prompt, row.name, ())
            assert reads or isinstance(ruling, str), (level, row.name)
