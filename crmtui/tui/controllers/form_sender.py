"""Form sender: sends the lines of a form to crm, and follows their outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from crmtui.backend.approval.held_line import NOT_RUN
from crmtui.backend.session import loaded_file
from crmtui.backend.session.events import (
    CommandFinished,
    CommandStarted,
    LinesReturned,
    OutputArrived,
    QuestionAsked,
    QuestionWithdrawn,
    SessionDied,
    SessionFailed,
)
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.wizard.form import FormCommand

How = Literal["commit", "stage", "undo", "run"]

_BESIDE_THE_POINT = re.compile(r"<|INFO: offending xml|(WARNING: )?\(\w+\)\s+warning:")
"""Output without news: XML, and the remarks on fencing that crm_verify always makes."""
_ERROR = re.compile(r"^ERROR: (?!\(\w+\))(?:\d+: )?(.*)$", re.MULTILINE)
_STILL = "Do you still want to commit"
"""Question of ``commit`` after a complaint of ``verify`` (crmsh, ``ui_configure.py``)."""


@dataclass(slots=True)
class Sent:
    """Lines of a form on their way to crm, with crm's output so far."""

    how: How
    lines: tuple[str, ...]
    had_staged: tuple[str, ...]
    """Lines that were uncommitted before."""
    is_own_level: bool
    """True if the lines themselves enter ``configure``."""
    paths: tuple[str, ...] = ()
    done: int = 0
    said: list[str] = field(default_factory=list)
    """Reasons of the failure; empty without one."""
    known: frozenset[str] = frozenset()
    """Complaints of crm that hinder nothing, as lines."""
    heard: str = ""
    """Output of crm so far."""
    heard_of_line: int = 0
    """Index in ``heard`` at which the output of the last line begins."""
    is_excused: bool = False
    """True if the last line had known errors only; crmtui then resends the lines returned."""

    @property
    def last(self) -> str:
        """Output of the last line."""
        return self.heard[self.heard_of_line :]

    def is_only_known(self, output: str) -> bool:
        """Return True if ``output`` holds no errors but the known ones."""
        return all(line.strip() in self.known for line in _ERROR.findall(output))


class Audience(Protocol):
    """Listener to the fate of a form's lines."""

    def succeeded(self, how: How) -> None:
        """Hear that all lines are done."""

    def failed(self, why: str) -> None:
        """Hear the reason of a failure."""

    def told(self, said: str) -> None:
        """Hear the output of crm so far."""

    def asked(self, question: CrmQuestion | None, said: str) -> None:
        """Ask the user crm's question, below the output of its line; None withdraws it."""


class FormSender:
    """Stages or commits the commands of a form.

    The lines go to the warm crm, so that the user can go on by hand with the staged ones. Each line
    passes the gate. A failing line leaves the lines before it staged, and ``undo`` drops them.

    Args:
        target: The target that holds the files for crm to load.
        dispatcher: The way of all lines to crm.
        audience: The listener to the outcome.
    """

    def __init__(self, target: Target, dispatcher: CommandDispatcher, audience: Audience) -> None:
        self._target = target
        self._dispatcher = dispatcher
        self._audience = audience
        self._sent: Sent | None = None
        self._last: Sent | None = None
        self._returning: tuple[str, ...] = ()
        """Lines that the session may still return after a failed one."""

    def send(
        self,
        how: Literal["commit", "stage"],
        commands: Sequence[FormCommand],
        known: Sequence[str] = (),
    ) -> None:
        """Send commands; may write a file on the target, so call it in a thread.

        Args:
            how: ``commit`` the commands, or only ``stage`` them.
            commands: The commands of the form.
            known: Complaints of crm that hinder nothing, as lines.
        """
        last = self._last
        if last is not None and last.said and self._dispatcher.staged and not last.had_staged:
            self._audience.failed(
                "What the last attempt staged is still there: drop it first, with u."
            )
            return
        paths: list[str] = []
        try:
            lines = [self._line(command, paths) for command in commands]
        except CrmtuiError as error:
            self._remove(paths)
            self._audience.failed(str(error))
            return
        if any(command.is_root for command in commands):
            self._run(lines)
            return
        before = self._way_in()
        is_own = "configure" in before
        after = (["commit", "up"] if is_own else ["commit"]) if how == "commit" else []
        all_ = (*before, *lines, *after)
        sent = Sent(
            how, all_, self._dispatcher.staged, is_own, tuple(paths), known=frozenset(known)
        )
        self._submit(sent)

    def _run(self, lines: Sequence[str]) -> None:
        """Run lines at crm's root, and stay there."""
        if self._dispatcher.staged:
            self._audience.failed(
                "Changes wait for a commit in configure, and this has to run outside of it: commit or "
                "drop them first."
            )
            return
        way = ["up"] * len(self._dispatcher.level)
        self._submit(Sent("run", (*way, *lines), (), is_own_level=False))

    def undo(self) -> None:
        """Drop the staged lines, unless others were staged before: crm can only drop all."""
        last = self._last
        if last is None or not self._dispatcher.staged:
            self._audience.failed("Nothing is staged.")
        elif last.had_staged:
            self._audience.failed(
                "Other changes waited for a commit before, and crm can only drop all of them. "
                "They are in configure: refresh drops all, commit commits all."
            )
        else:
            lines = (*self._way_in(), "refresh", *(("up",) if last.is_own_level else ()))
            self._submit(Sent("undo", lines, (), last.is_own_level))

    def is_own(self, line: str) -> bool:
        """Return True for a line of the form that is on its way, or may still come back."""
        return line in (self._sent.lines if self._sent is not None else self._returning)

    def hear(self, event: SessionEvent) -> None:
        """Follow the form's lines by an event of the session."""
        sent = self._sent
        if sent is None:
            if isinstance(event, CommandFinished | LinesReturned):
                self._returning = ()
            return
        match event:
            case CommandStarted():
                sent.heard_of_line = len(sent.heard)
            case OutputArrived(text):
                sent.heard += text
                self._audience.told(sent.heard)
            case CommandFinished(reply) if reply.line in sent.lines:
                sent.done += 1
                sent.is_excused = reply.has_errors and sent.is_only_known(reply.output)
                if reply.has_errors and not sent.is_excused:
                    sent.said += _complaint(reply.output)
                    self._ended(sent)
                elif reply.line == "commit" and reply.staged:
                    sent.said.append("Nothing was committed.")
                    self._ended(sent)
                elif sent.done >= len(sent.lines):
                    self._ended(sent)
            case QuestionAsked(question) if sent.how == "undo":
                self._dispatcher.answer("y", question)
            case QuestionAsked(question) if _STILL in question.text and sent.known:
                self._dispatcher.answer("y" if sent.is_only_known(sent.last) else "n", question)
            case QuestionAsked(question):
                self._audience.asked(question, sent.last)
            case QuestionWithdrawn():
                self._audience.asked(None, "")
            case LinesReturned(lines) if sent.is_excused and set(lines) <= set(sent.lines):
                self._dispatcher.submit("\n".join(lines[1:]))
            case LinesReturned(lines, reason) if set(lines) & set(sent.lines):
                sent.said.append("You did not want it." if reason == NOT_RUN else reason)
                self._ended(sent)
            case SessionDied(reason, output):
                sent.said += [*_complaint(output), reason]
                self._ended(sent, event)
            case SessionFailed(error):
                sent.said.append(str(error))
                self._ended(sent)

    def _submit(self, sent: Sent) -> None:
        self._sent = sent
        self._dispatcher.submit("\n".join(sent.lines))

    def _way_in(self) -> list[str]:
        """Return the lines that lead from crm's present level to ``configure``."""
        level = self._dispatcher.level
        if "configure" in level:
            return ["up"] * (len(level) - level.index("configure") - 1)
        return [*["up"] * len(level), "configure"]

    def _line(self, command: FormCommand, paths: list[str]) -> str:
        if not command.is_from_file:
            return command.line()
        paths.append(loaded_file.make(self._target, command.line()))
        return f"load update {paths[-1]}"

    def _remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            loaded_file.remove(self._target, path)

    def _ended(self, sent: Sent, died: SessionDied | None = None) -> None:
        self._sent, self._last = None, sent
        self._returning = sent.lines
        self._audience.asked(None, "")
        self._remove(sent.paths)
        if not sent.said:
            self._audience.succeeded(sent.how)
            return
        kept = ""
        has_staged = self._dispatcher.staged if died is None else died.staged
        was_committing = died is not None and died.was_committing
        if sent.how != "undo" and has_staged and not sent.had_staged:
            kept = "\nIt is staged, and stays so, uncommitted in configure, unless you drop it: u."
        what = "It did not go through" if sent.how == "run" else "It was not committed"
        if was_committing:
            what = "Whether it was committed is not known"
        self._audience.failed(f"{what}:\n" + "\n".join(sent.said) + kept)


def _complaint(output: str) -> list[str]:
    """Return the complaints in crm's output, without XML and traceback.

    crmsh 4.4 ends with a traceback instead of a message if a commit fails.
    """
    said, _, _ = output.partition("Traceback (most recent call last)")
    lines = [line.strip() for line in said.splitlines()]
    found = [line for line in lines if line and not _BESIDE_THE_POINT.match(line)]
    return found or [output.strip()]
