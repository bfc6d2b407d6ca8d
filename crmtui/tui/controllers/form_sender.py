"""Sending what a form made to crm, and hearing what becomes of it."""

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
"""XML, and what crm_verify says of fencing each time."""
_ERROR = re.compile(r"^ERROR: (?!\(\w+\))(?:\d+: )?(.*)$", re.MULTILINE)
_STILL = "Do you still want to commit"
"""What ``commit`` asks where ``verify`` complains (crmsh, ``ui_configure.py``)."""


@dataclass(slots=True)
class Sent:
    """Lines on their way."""

    how: How
    lines: tuple[str, ...]
    had_staged: tuple[str, ...]
    """What waited for a commit before."""
    is_own_level: bool
    """Whether ``configure`` was entered for it."""
    paths: tuple[str, ...] = ()
    done: int = 0
    said: list[str] = field(default_factory=list)
    """Why it failed."""
    known: frozenset[str] = frozenset()
    """What crm complains of each time, and what stands against nothing."""
    heard: str = ""
    """All that crm printed, as it came."""
    heard_of_line: int = 0
    """Where in it that of the last line begins."""
    is_excused: bool = False
    """Whether the last line had an error that stands against nothing, so that the rest came back."""

    @property
    def last(self) -> str:
        """What crm printed of the last line."""
        return self.heard[self.heard_of_line :]

    def is_only_known(self, output: str) -> bool:
        """Say whether crm complains in ``output`` of nothing but what is known."""
        return all(line.strip() in self.known for line in _ERROR.findall(output))


class Audience(Protocol):
    """Who wants to know what becomes of it."""

    def succeeded(self, how: How) -> None:
        """Take note that all lines are done."""

    def failed(self, why: str) -> None:
        """Take note of why not."""

    def told(self, said: str) -> None:
        """Take note of what crm said so far."""

    def asked(self, question: CrmQuestion | None, said: str) -> None:
        """Ask the user what crm asks, after what it said of the line; None withdraws it."""


class FormSender:
    """Stages or commits the commands of a form through the door.

    They go to the warm crm, so that what is staged is there for whoever goes on by hand. All of it
    goes through the one gate, line by line. What fails leaves the lines before it staged, and
    ``undo`` drops them.

    Args:
        target: Where files are made that crm reads.
        dispatcher: Where lines go.
        audience: Who wants to know.
    """

    def __init__(self, target: Target, dispatcher: CommandDispatcher, audience: Audience) -> None:
        self._target = target
        self._dispatcher = dispatcher
        self._audience = audience
        self._sent: Sent | None = None
        self._last: Sent | None = None
        self._returning: tuple[str, ...] = ()
        """What the session gives back of lines of which one failed."""

    def send(
        self,
        how: Literal["commit", "stage"],
        commands: Sequence[FormCommand],
        known: Sequence[str] = (),
    ) -> None:
        """Send commands; may ask the target for a file, so it is called in a thread.

        Args:
            how: Whether to commit.
            commands: What to send.
            known: What crm complains of although it stands against nothing.
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
        """Run lines of crm's root, where crm stays."""
        if self._dispatcher.staged:
            self._audience.failed(
                "Changes wait for a commit in configure, and this has to run outside of it: commit or "
                "drop them first."
            )
            return
        way = ["up"] * len(self._dispatcher.level)
        self._submit(Sent("run", (*way, *lines), (), is_own_level=False))

    def undo(self) -> None:
        """Drop what was staged, unless other lines waited before: crm can only drop all of them."""
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
        """Say whether a line is one of those that are on their way, or on their way back."""
        return line in (self._sent.lines if self._sent is not None else self._returning)

    def hear(self, event: SessionEvent) -> None:
        """Follow what the session tells."""
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
        """Return the lines that lead from where crm is to ``configure``."""
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
        if sent.how != "undo" and has_staged and not (sent.had_staged or was_committing):
            kept = "\nIt is staged, and stays so, uncommitted in configure, unless you drop it: u."
        what = "It did not go through" if sent.how == "run" else "It was not committed"
        if was_committing:
            what = "Whether it was committed is not known"
        self._audience.failed(f"{what}:\n" + "\n".join(sent.said) + kept)


def _complaint(output: str) -> list[str]:
    """Return what crm complains of, without the XML it was about, and without how it died of it.

    crmsh 4.4 ends with a traceback where it was to tell that a commit failed.
    """
    said, _, _ = output.partition("Traceback (most recent call last)")
    lines = [line.strip() for line in said.splitlines()]
    found = [line for line in lines if line and not _BESIDE_THE_POINT.match(line)]
    return found or [output.strip()]
