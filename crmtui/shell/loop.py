"""Loop of ``crmtui shell``: lines from a terminal or from a pipe."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app

from crmtui import errors
from crmtui.backend.gate.gate import Gate
from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.session.own_questions import PENDING
from crmtui.backend.watch.watch import Watch
from crmtui.errors import CrmtuiError
from crmtui.shell.piped import PipedLine, PipedLines
from crmtui.shell.shell_line import CommandPrompt
from crmtui.shell.shell_session import ShellSession
from crmtui.shell.typed_ahead import take_typed_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from crmtui.backend.process.target import Target
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.crmsh.prompt import CrmQuestion

_ENDING = (signal.SIGTERM, signal.SIGHUP)
_BROKEN = "an earlier line of this script was refused or failed"
_SAVE_AS_UTF8 = "Save the input as UTF-8: iconv -f latin1 -t utf-8"


@contextmanager
def _watched(shell: ShellSession, target: Target, knowledge: LiveKnowledge) -> Iterator[None]:
    """Keep ``knowledge`` up to date, for completion; without a cluster it knows less."""

    def see(news: Snapshot | CrmtuiError) -> None:
        if not isinstance(news, CrmtuiError):
            shell.cluster = news.cluster
            knowledge.see(news.cluster)
            knowledge.forget_configuration()

    watch = Watch(target)
    watch.listen(see)
    watch.start()
    try:
        yield
    finally:
        watch.stop()
        knowledge.close()


def run_shell(target: Target, *, editing: str = "emacs", is_read_only: bool = False) -> int:
    """Read and run lines until the user leaves; return the exit status.

    On a terminal, changes are confirmed as on the screen. The author of a pipe decided on its lines
    beforehand, and cannot be asked.

    Args:
        target: The cluster.
        editing: Editor whose keys edit a line: ``emacs`` or ``vi``.
        is_read_only: True to refuse all changes.

    Raises:
        CrmtuiError: crm cannot be started.
    """
    is_attended = sys.stdin.isatty()
    knowledge = LiveKnowledge(target)
    gate = Gate(
        target,
        is_read_only=lambda: is_read_only,
        is_attended=is_attended,
        installed=knowledge.crmsh if is_attended else lambda: None,
    )
    with _ended_by_signals():
        try:
            if is_attended:
                return _run_at_terminal(target, gate, knowledge, editing)
            return _run_piped(target, gate)
        finally:
            gate.close()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Quit on a signal that ends programs, as on Ctrl-D: every child is ended."""

    def end(number: int, _frame: FrameType | None) -> None:
        for each in heard:
            signal.signal(each, signal.SIG_IGN)  # the first is enough: the shell is closing
        raise SystemExit(128 + number)

    # An ignored signal, as under nohup, stays ignored.
    heard = [each for each in _ENDING if signal.getsignal(each) == signal.SIG_DFL]
    for each in heard:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in heard:
            signal.signal(each, signal.SIG_DFL)


def _ignore_ctrl_c() -> None:
    """Ignore Ctrl-C from here to the end of the program.

    Closing takes two seconds at most. An exception in the middle of it would leave crm, the journal or
    the copy of a CIB half closed. The program would end in a traceback while Python shuts down.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _close(shell: ShellSession) -> None:
    """End crm, even if Ctrl-C is pressed meanwhile; the journal keeps uncommitted lines."""
    _ignore_ctrl_c()
    shell.dispatcher.close()


def _run_at_terminal(target: Target, gate: Gate, knowledge: LiveKnowledge, editing: str) -> int:
    answers: PromptSession[str] = PromptSession()

    def ask(question: CrmQuestion) -> str:
        is_password = question.kind == "password"
        return answers.prompt(question.text, is_password=is_password, pre_run=begin)

    def begin() -> None:
        if shell.ctrl_c.take():  # pressed before the question was read, and not yet acted on
            get_app().exit(exception=KeyboardInterrupt)

    shell = ShellSession(
        target,
        gate,
        ask,
        is_showing=True,
        is_kept=True,
        typed_ahead=lambda: take_typed_ahead(answers.app.input),
    )
    commands = CommandPrompt(
        lambda: shell.dispatcher.level,
        knowledge,
        editing=editing,
        mask=shell.dispatcher.masked,
        show_pending=shell.show_pending,
    )
    try:
        with _watched(shell, target, knowledge):
            try:
                shell.start()
                return _read_lines(shell, commands)
            finally:
                _ignore_ctrl_c()
    finally:
        _close(shell)  # the answer to the question has discarded uncommitted lines already


def _read_lines(shell: ShellSession, commands: CommandPrompt) -> int:
    while True:
        try:
            line = commands.read(lambda: shell.prompt, shell.take_returned(), told=shell.told)
            goes_on = shell.run(line)
        except KeyboardInterrupt:
            continue
        except EOFError:
            goes_on = not shell.leave()
        if not goes_on:
            return 0


def _run_piped(target: Target, gate: Gate) -> int:
    """Run the lines of standard input; a question takes the next line as its answer, as crm's does.

    crm would commit the rest of a script after a failed line. The script's author did not decide on
    that rest alone, so nothing is committed from a failed line on.
    """
    lines = PipedLines(sys.stdin.buffer)

    def ask(question: CrmQuestion) -> str:
        if question == PENDING and shell.has_failed:
            return _answer_without_commit(lines)
        line = lines.next_one()
        if line is None:
            raise errors.InputEnded(
                f"The input ended before this was answered: {question.text}",
                hint="Put an answer behind the command, on a line of its own.",
            )
        if line.strays:
            raise errors.InputEnded(
                f"The answer in {line.trouble}: {question.text}", hint=_SAVE_AS_UTF8
            )
        return line.text

    shell = ShellSession(target, gate, ask)
    try:
        shell.start()
        while (line := lines.next_whole()) is not None:
            if line.strays and not _tells_of_strays(line, shell):
                continue
            if shell.has_failed:
                gate.withhold_commits(f"Not run: {_BROKEN}, so nothing is committed.")
            if not shell.run(line.text):
                break
        if shell.dispatcher.staged:
            lost = "\n".join(shell.dispatcher.staged)
            end = "End with commit, or with quit and an answer to its question."
            raise errors.InputEnded(
                f"The input ended before these lines were committed; they are discarded:\n{lost}",
                hint="Correct the line that failed, and run all of it again."
                if shell.has_failed
                else end,
            )
        return 1 if shell.has_failed else 0
    finally:
        _close(shell)


def _answer_without_commit(lines: PipedLines) -> str:
    """Return the script's answer about uncommitted changes, with no in place of yes.

    A script that ends with ``commit`` has no answer: its next line is a command, and is put back.
    """
    line = lines.next_one()
    if line is not None and not PENDING.accepts(line.text):
        lines.put_back(line)
    elif line is not None and line.text.strip().lower() not in ("y", "yes"):
        return line.text
    sys.stderr.write(f"crmtui: Not committed, but discarded: {_BROKEN}.\n")
    return "n"


def _tells_of_strays(line: PipedLine, shell: ShellSession) -> bool:
    """Report that ``line`` is not UTF-8, and return True if it may run with marks for these bytes."""
    may_run = line.may_run(shell.dispatcher.level)
    shown = shell.dispatcher.masked(line.text)
    if may_run:
        sys.stderr.write(f"crmtui: {line.trouble}: {shown}\n")
    else:
        shell.has_failed = True
        sys.stderr.write(f"crmtui: {line.trouble}, and was not run: {shown}\n{_SAVE_AS_UTF8}\n")
    return may_run
