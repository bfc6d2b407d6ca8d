"""What crm prints: shown as it comes, kept for the reply, and the silences in it measured."""

from __future__ import annotations

import re
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from crmtui.backend.session.environment import editor_request
from crmtui.backend.session.events import CrmReply, OutputArrived, StepBegan
from crmtui.backend.session.output_lines import Echo, OutputLines, readable
from crmtui.crmsh.staging import has_failed
from crmtui.text import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmPrompt

SILENCES = (0.0, 0.006, 0.05, 0.5, 5.0)
"""Seconds without output after which an unfinished last line is looked at: twice for a prompt or a
question, since a program may put its question before it reads; then to be shown as it is, as
something that is a question if somebody reads, and as one if nobody can tell. As long as it stays
unfinished it is looked at again after the last of them."""
_LAST_OUTPUT = 2000
"""Characters that are kept at hand of what was printed last."""
_MOST = 8 << 20
"""Characters that are kept of what a command printed; of more, the end."""
_CUT = "… It printed more than can be kept; this is the end of it.\n"
_HALF = re.compile(r"[\r\x1b]")
"""In a line that still is drawn over, or in an escape sequence that may not be complete."""


class Transcript:
    """The output of one submitted line after the other.

    Args:
        post: Called with what is to be shown.
    """

    def __init__(self, post: Callable[[SessionEvent], None]) -> None:
        self._post = post
        self._lines = OutputLines()
        self._errors = OutputLines()
        self._request = editor_request("")
        self._output: deque[str] = deque()
        self._kept = 0
        """Characters in it."""
        self._is_cut = False
        """Whether some of it had to be forgotten."""
        self._complaints: list[str] = []
        self._muted: deque[str] = deque()
        self._hidden = 0
        """Characters in what is muted."""
        self._complained = 0
        """Characters in the complaints."""
        self._marked = 0
        self._began = 0.0
        self._heard = 0.0
        self._looks = 0
        self._due: float | None = None
        self._is_in_error = False
        """Whether the last line that was shown is one of standard error, and unfinished."""
        self.is_muted = False
        """Whether what is printed now is not for the user."""

    def connect(self, nonce: str) -> None:
        """Forget what a crm that has ended left unfinished.

        Args:
            nonce: How the next crm shows that it is crm that wants a file edited.
        """
        self._lines, self._errors, self.is_muted = OutputLines(), OutputLines(), False
        self._request = editor_request(nonce)

    def begin(self) -> None:
        """Forget the output of the submitted line before."""
        self._output, self._complaints, self._marked = deque(), [], 0
        self._kept, self._complained, self._is_cut = 0, 0, False
        self._is_in_error, self._began = False, time.monotonic()

    def mark(self) -> None:
        """Count from here on as ``recent``."""
        self._marked = len(self._output)

    def expect_echo(self, echo: Echo) -> None:
        """Be ready for the terminal to show what is typed now; see `OutputLines`."""
        self._lines.expect_echo(echo)
        self._due = None

    def take(self, data: bytes) -> tuple[str, ...]:
        """Take what was read, show the whole lines in it, and return the files to be edited."""
        self._heard, self._looks = time.monotonic(), 0
        self._due = self._heard + SILENCES[0]
        text, paths = self._lines.feed(data), []
        while found := self._request.search(text):
            self.show(text[: found.start()])
            text = text[found.end() :]
            paths.append(plain_line(found["path"]))
        self.show(text)
        return tuple(paths)

    def take_errors(self, data: bytes) -> None:
        """Take what was read of standard error, and show the whole lines in it as errors."""
        if data:
            self._heard, self._looks = time.monotonic(), 0
            self._due = self._heard + SILENCES[0]
            self._complain(self._errors.feed(data))

    def _complain(self, text: str) -> None:
        if (shown := readable(text)) and not self.is_muted:
            if not self._is_in_error:
                self._end_line()
            self.show(shown, is_error=True)
            if self._complained < _MOST:
                self._complaints.append(shown)
                self._complained += len(shown)
            self._is_in_error = not shown.endswith("\n")

    def show(self, text: str, *, is_error: bool = False) -> None:
        """Post ``text`` as output, or put it by where it is not for the user."""
        shown = readable(text)
        if shown and self.is_muted:
            self._muted.append(shown)
            self._hidden += len(shown)
            while self._hidden > _MOST and len(self._muted) > 1:
                self._hidden -= len(self._muted.popleft())
        elif shown:
            self._is_in_error = False
            self._keep(shown)
            self._post(OutputArrived(shown, is_error=is_error))

    def _keep(self, shown: str) -> None:
        """Keep ``shown`` for the reply, and no more than there is room for."""
        self._output.append(shown)
        self._kept += len(shown)
        while self._kept > _MOST and len(self._output) > 1:
            self._kept -= len(self._output.popleft())
            self._marked, self._is_cut = max(0, self._marked - 1), True

    def begin_step(self, prompt: CrmPrompt, line: str) -> None:
        """Post a change that is made before the submitted line, and keep it as part of the output."""
        self._end_line()
        self._output.append(f"{prompt.text}{line}\n")
        self._post(StepBegan(prompt, line))

    def mute(self, *, is_muted: bool) -> None:
        """Say whether what is printed from now on is not for the user."""
        self.is_muted, self._muted, self._hidden = is_muted, deque(), 0

    @property
    def muted(self) -> str:
        """What was printed since it is muted, without errors."""
        return "".join(self._muted)

    def show_apart(self, text: str) -> None:
        """Post ``text`` on lines of its own."""
        self._end_line()
        self.show(text)

    def _end_line(self) -> None:
        if self._output and not self._output[-1].endswith("\n"):
            self.show("\n")

    def show_unfinished(self, *, without: str = "") -> None:
        """Post the unfinished last lines as they are, but for the prompt that one ends in."""
        self._complain(self._errors.take_tail())
        self.show(plain(self._lines.take_tail()).removesuffix(without))

    def show_late(self, prompt: str) -> None:
        """Post what was printed behind ``prompt``, but not a prompt that was drawn again."""
        self._lines.tail = self._lines.tail.replace(prompt, "")
        self.show_unfinished()

    @property
    def can_be_shown(self) -> bool:
        """Whether the unfinished line is not about to be drawn over."""
        return _HALF.search(self._lines.tail) is None

    def deadline(self, *, is_idle: bool) -> float | None:
        """When, on the monotonic clock, the next silence is complete; None for never."""
        return None if is_idle and not (self._lines.tail or self._errors.tail) else self._due

    def silence(self) -> int:
        """Return which of the silences is complete now, and wait for the next."""
        complete = min(self._looks, len(SILENCES) - 1)
        self._looks += 1
        if self._looks < len(SILENCES):
            self._due = self._heard + SILENCES[self._looks]
        else:
            self._due = time.monotonic() + SILENCES[-1] if self.unfinished.strip() else None
        return complete

    def reply(
        self, line: str, prompt: CrmPrompt, staged: tuple[str, ...], *, quits: bool
    ) -> CrmReply:
        """Return how the submitted ``line`` went."""
        output, errors = "".join(self._output), "".join(self._complaints)
        output = f"{_CUT}{output}" if self._is_cut else output
        # Over ssh, for one, errors come among the output.
        has_errors = has_failed(errors or output)
        seconds = time.monotonic() - self._began
        return CrmReply(line, output, prompt, seconds, has_errors, staged, errors, quits)

    @property
    def recent(self) -> str:
        """The output since the mark."""
        return "".join(islice(self._output, self._marked, None))

    @property
    def last(self) -> str:
        """The end of the output, the unfinished line included."""
        last = plain(self._lines.tail or self._errors.tail)
        for shown in reversed(self._output):
            if len(last) >= _LAST_OUTPUT:
                break
            last = shown[-_LAST_OUTPUT:] + last
        return last[-_LAST_OUTPUT:]

    @property
    def unfinished(self) -> str:
        """The unfinished last line, including what of it was shown already."""
        return self.last.rpartition("\n")[2]
