"""The channel to a running crm: what is typed, and what the output that comes back means.

crm must only be typed to while it listens: a line at its prompt, an answer at its question. Here is what
tells the two apart; what is to be said is decided by the dialogue. Everything runs in the one thread
that owns the terminal.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal, Protocol

from crmtui.backend.session.environment import environment
from crmtui.backend.session.pty import CrmPty, spawn
from crmtui.backend.session.recognition import SHORT, SOON, awaited
from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion

if TYPE_CHECKING:
    import signal

    from crmtui.backend.process.target import Target
    from crmtui.backend.session.listening import Listening
    from crmtui.backend.session.transcript import Transcript

Mode = Literal["closed", "busy", "prompt", "question", "editor"]


class Listener(Protocol):
    """Who decides what is said."""

    def at_prompt(self) -> None:
        """Take note that crm is at its prompt."""

    def asked(self, question: CrmQuestion) -> None:
        """Take note that crm, or what it runs, asks something."""

    def withdrawn(self) -> None:
        """Take note that the question was none, or has answered itself."""

    def editor_wanted(self, path: str) -> None:
        """Take note that crm wants a file of the target edited."""

    def ended(self, reason: str) -> None:
        """Take note that crm has gone."""


class Channel:
    """One crm after the other, on a terminal.

    Args:
        target: Where crm runs.
        transcript: Takes the output.
        listener: Is told what it means.
        columns: The width that crm formats its lists to.
    """

    def __init__(
        self, target: Target, transcript: Transcript, listener: Listener, columns: int
    ) -> None:
        self._target = target
        self._transcript = transcript
        self._listener = listener
        self.columns = columns
        """The width that crm formats its lists to, from its next start on."""
        self._withdrawn: CrmQuestion | None = None
        self.terminal: CrmPty | None = None
        self.prompt: CrmPrompt | None = None
        """The last prompt; None before the first."""
        self.question: CrmQuestion | None = None
        """What crm asks; None while it does not."""
        self.mode: Mode = "closed"
        """What crm does: it works (``busy``), or waits for a line, an answer or the editor."""

    def open(self) -> None:
        """Start crm.

        Raises:
            CrmtuiError: It cannot be started.
        """
        nonce = secrets.token_hex(8)
        self._transcript.connect(nonce)
        self._transcript.begin()
        self.question, self._withdrawn = None, None
        argv, env = ["crm", "-D", "plain"], environment(self.columns, nonce)
        self.terminal = spawn(self._target.invocation(argv, env), argv[0])
        self.mode = "busy"

    def type(self, text: str, *, is_secret: bool = False) -> None:
        """Type a line, and wait for what comes of it."""
        self.question, self._withdrawn, self.mode = None, None, "busy"
        self._transcript.mark()
        self._transcript.expect_echo("newline" if is_secret else "line")
        if self.terminal is not None:
            self.terminal.write(f"{text}\n")

    @property
    def listening(self) -> Listening:
        """Whether an answer that is typed now is read by who has asked."""
        return self.terminal.listening if self.terminal is not None else "no"

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal all that crm has started, but not crm; say whether there was anything."""
        return self.terminal is not None and self.terminal.interrupt(number)

    def kill(self) -> None:
        """End crm at once; ``ended`` follows."""
        if self.terminal is not None:
            self.terminal.kill()

    def give_up(self) -> None:
        """Take a killed crm for ended: what it has left behind may hold its terminal open."""
        if self.terminal is not None:
            self._end()

    def close(self) -> None:
        """End crm without committing anything."""
        terminal, self.terminal, self.mode = self.terminal, None, "closed"
        if terminal is not None:
            terminal.hang_up()

    # What crm does

    def catch_up(self) -> None:
        """Show what came behind the prompt: it is no output of the line to come."""
        if self.terminal is not None and self.prompt is not None:
            self._transcript.take(self.terminal.read()[0])
            self._transcript.take_errors(self.terminal.read_errors())
            self._transcript.show_late(self.prompt.text)

    def read(self) -> None:
        """Take what can be read of the terminal."""
        assert self.terminal is not None
        data, is_there = self.terminal.read()
        errors = self.terminal.read_errors()
        if data or errors:
            self._received(data, errors)
        if not is_there:
            self._end()

    def _received(self, data: bytes, errors: bytes) -> None:
        if self.mode == "question":
            self._withdrawn, self.question, self.mode = self.question, None, "busy"
            self._listener.withdrawn()
        paths = self._transcript.take(data)
        self._transcript.take_errors(errors)
        for path in paths:
            self.mode = "editor"
            self._listener.editor_wanted(path)

    def deadline(self) -> float | None:
        """When, on the monotonic clock, ``look`` is due if nothing comes; None for never."""
        if self.mode in ("question", "editor", "closed"):
            return None
        return self._transcript.deadline(is_idle=self.mode == "prompt")

    def look(self) -> None:
        """Look at the output after a while of silence: what is crm waiting for?"""
        silence = self._transcript.silence()
        assert self.terminal is not None
        if self.mode == "prompt":
            assert self.prompt is not None
            if silence >= SOON:
                self._transcript.show_late(self.prompt.text)
            return
        if silence == SHORT and self._transcript.can_be_shown:
            self._transcript.show_unfinished()
        match awaited(self._transcript, self.terminal, silence, self._withdrawn):
            case CrmPrompt() as prompt:
                if silence <= SOON:
                    self._transcript.show_unfinished(without=prompt.text)
                self.mode, self.prompt = "prompt", prompt
                self._listener.at_prompt()
            case CrmQuestion() as question:
                self._transcript.show_unfinished()
                self.mode, self.question = "question", question
                self._listener.asked(question)

    def _end(self) -> None:
        assert self.terminal is not None
        self._transcript.show_unfinished()
        reason = self.terminal.reap()
        self.terminal, self.question, self.mode = None, None, "closed"
        self._listener.ended(reason)
