"""Channel to a running crm: types text, and recognises prompts and questions in the output.

Text may be typed only while crm reads: a line at its prompt, an answer at its question. The channel can
tell the two apart; the dialogue decides which text is typed. Everything runs in the one thread that
owns the terminal.
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
    """Receiver of the channel's events, which decides on the next text to type."""

    def at_prompt(self) -> None:
        """React to crm's prompt."""

    def asked(self, question: CrmQuestion) -> None:
        """React to a question of crm or of a program that crm runs."""

    def withdrawn(self) -> None:
        """React to more output after the question: it was no question, or is answered."""

    def editor_wanted(self, path: str) -> None:
        """React to crm's request to edit a file on the target."""

    def ended(self, reason: str) -> None:
        """React to the end of crm."""


class Channel:
    """Channel to one crm after another, each on a terminal of its own.

    Args:
        target: The target that crm runs on.
        transcript: Receiver of the output.
        listener: Receiver of prompts, questions and the end of crm.
        columns: Width of crm's lists, in characters.
    """

    def __init__(
        self, target: Target, transcript: Transcript, listener: Listener, columns: int
    ) -> None:
        self._target = target
        self._transcript = transcript
        self._listener = listener
        self.columns = columns
        """Width of crm's lists in characters, from the next start of crm on."""
        self._withdrawn: CrmQuestion | None = None
        self.terminal: CrmPty | None = None
        self.prompt: CrmPrompt | None = None
        """Last prompt of crm; None before the first."""
        self.question: CrmQuestion | None = None
        """Open question of crm; None while none is open."""
        self.mode: Mode = "closed"
        """State of crm: it works (``busy``), or waits for a line, an answer or the editor."""

    def open(self) -> None:
        """Start crm.

        Raises:
            CrmtuiError: crm cannot be started.
        """
        nonce = secrets.token_hex(8)
        self._transcript.connect(nonce)
        self._transcript.begin()
        self.question, self._withdrawn = None, None
        argv, env = ["crm", "-D", "plain"], environment(self.columns, nonce)
        self.terminal = spawn(self._target.invocation(argv, env), argv[0])
        self.mode = "busy"

    def type(self, text: str, *, is_secret: bool = False) -> None:
        """Type a line, and expect output from now on."""
        self.question, self._withdrawn, self.mode = None, None, "busy"
        self._transcript.mark()
        self._transcript.expect_echo("newline" if is_secret else "line")
        if self.terminal is not None:
            self.terminal.write(f"{text}\n")

    @property
    def listening(self) -> Listening:
        """State of the asking program: does it read from the terminal now?"""
        return self.terminal.listening if self.terminal is not None else "no"

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal the programs that crm has started, but not crm; return False if there are none."""
        return self.terminal is not None and self.terminal.interrupt(number)

    def kill(self) -> None:
        """End crm at once; ``ended`` follows."""
        if self.terminal is not None:
            self.terminal.kill()

    def give_up(self) -> None:
        """Treat a killed crm as ended, since its orphans may hold the terminal open."""
        if self.terminal is not None:
            self._end()

    def close(self) -> None:
        """End crm without committing anything."""
        terminal, self.terminal, self.mode = self.terminal, None, "closed"
        if terminal is not None:
            terminal.hang_up()

    # Output of crm

    def catch_up(self) -> None:
        """Show output that came after the prompt, since it does not belong to the next line."""
        if self.terminal is not None and self.prompt is not None:
            self._transcript.take(self.terminal.read()[0])
            self._transcript.take_errors(self.terminal.read_errors())
            self._transcript.show_late(self.prompt.text)

    def read(self) -> None:
        """Pass the terminal's output on, and notice the end of crm."""
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
        """Return the monotonic time at which ``examine`` is due without more output; None for never."""
        if self.mode in ("question", "editor", "closed"):
            return None
        return self._transcript.deadline(is_idle=self.mode == "prompt")

    def examine(self) -> None:
        """Search the output for a prompt or a question after a silence."""
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
