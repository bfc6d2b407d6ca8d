"""Transcript of crm's output: posts it at once, keeps it for the reply, and measures its silences."""

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
"""Seconds of silence after which the unfinished last line is examined.

- The first two silences look for a prompt or a known question. A program may print its question before
  it reads, so the first look alone may come too early.
- The third silence shows the line as it is.
- The fourth takes it for a question if a program reads from the terminal.
- The last takes it for a question even if readers are unknown, and is repeated."""
_LAST_OUTPUT = 2000
"""Characters of the last output that `Transcript.last` returns."""
_MOST = 8 << 20
"""Characters of a command's output that are kept; of longer output, its end."""
_CUT = "… The output is longer than crmtui keeps; this is its end.\n"
_HALF = re.compile(r"[\r\x1b]")
"""Characters of a line that a program still redraws, or of an incomplete escape sequence."""


class Transcript:
    """Transcript of the output of one submitted line after another.

    Args:
        post: Receiver of the output, as events.
    """

    def __init__(self, post: Callable[[SessionEvent], None]) -> None:
        self._post = post
        self._lines = OutputLines()
        self._errors = OutputLines()
        self._request = editor_request("")
        self._output: deque[str] = deque()
        self._kept = 0
        """Characters in the kept output."""
        self._is_cut = False
        """True if the start of the output was dropped."""
        self._complaints: list[str] = []
        self._muted: deque[str] = deque()
        self._hidden = 0
        """Characters in the muted output."""
        self._complained = 0
        """Characters in the complaints."""
        self._marked = 0
        self._began = 0.0
        self._heard = 0.0
        self._examined = 0
        self._due: float | None = None
        self._is_in_error = False
        """True if the last shown line is an unfinished line of standard error."""
        self.is_muted = False
        """True while output is hidden from the user."""

    def connect(self, nonce: str) -> None:
        """Prepare for a new crm, and drop unfinished lines of the last one.

        Args:
            nonce: Secret that marks the new crm's requests to edit a file.
        """
        self._lines, self._errors, self.is_muted = OutputLines(), OutputLines(), False
        self._request = editor_request(nonce)

    def begin(self) -> None:
        """Drop the output of the last submitted line."""
        self._output, self._complaints, self._marked = deque(), [], 0
        self._kept, self._complained, self._is_cut = 0, 0, False
        self._is_in_error, self._began = False, time.monotonic()

    def mark(self) -> None:
        """Begin ``recent`` here."""
        self._marked = len(self._output)

    def expect_echo(self, echo: Echo) -> None:
        """Expect the terminal's echo of the typed text; see `OutputLines`."""
        self._lines.expect_echo(echo)
        self._due = None

    def take(self, data: bytes) -> tuple[str, ...]:
        """Show the whole lines in ``data``, and return the paths of files that crm asks to edit."""
        self._heard, self._examined = time.monotonic(), 0
        self._due = self._heard + SILENCES[0]
        text, paths = self._lines.feed(data), []
        while found := self._request.search(text):
            self.show(text[: found.start()])
            text = text[found.end() :]
            paths.append(plain_line(found["path"]))
        self.show(text)
        return tuple(paths)

    def take_errors(self, data: bytes) -> None:
        """Show the whole lines of standard error in ``data`` as errors."""
        if data:
            self._heard, self._examined = time.monotonic(), 0
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
        """Post ``text`` as output, or collect it while output is muted."""
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
        """Keep ``shown`` for the reply, and drop old output beyond the limit."""
        self._output.append(shown)
        self._kept += len(shown)
        while self._kept > _MOST and len(self._output) > 1:
            self._kept -= len(self._output.popleft())
            self._marked, self._is_cut = max(0, self._marked - 1), True

    def begin_step(self, prompt: CrmPrompt, line: str) -> None:
        """Post the start of a change that precedes the submitted line, and keep it in the output."""
        self._end_line()
        self._output.append(f"{prompt.text}{line}\n")
        self._post(StepBegan(prompt, line))

    def mute(self, *, is_muted: bool) -> None:
        """Hide or show output from now on, and drop the muted output."""
        self.is_muted, self._muted, self._hidden = is_muted, deque(), 0

    @property
    def muted(self) -> str:
        """Muted output, without errors."""
        return "".join(self._muted)

    def show_apart(self, text: str) -> None:
        """Post ``text`` on separate lines."""
        self._end_line()
        self.show(text)

    def _end_line(self) -> None:
        if self._output and not self._output[-1].endswith("\n"):
            self.show("\n")

    def show_unfinished(self, *, without: str = "") -> None:
        """Post the unfinished last lines.

        Args:
            without: Prompt at their end, which is not posted.
        """
        self._complain(self._errors.take_tail())
        self.show(plain(self._lines.take_tail()).removesuffix(without))

    def show_late(self, prompt: str) -> None:
        """Post output that came after ``prompt``, without further copies of the prompt."""
        self._lines.tail = self._lines.tail.replace(prompt, "")
        self.show_unfinished()

    @property
    def can_be_shown(self) -> bool:
        """False while a program may still redraw the unfinished line."""
        return _HALF.search(self._lines.tail) is None

    def deadline(self, *, is_idle: bool) -> float | None:
        """Return the monotonic time at which the next silence is complete; None for never."""
        return None if is_idle and not (self._lines.tail or self._errors.tail) else self._due

    def silence(self) -> int:
        """Return the index of the silence that is complete now, and begin the next one."""
        complete = min(self._examined, len(SILENCES) - 1)
        self._examined += 1
        if self._examined < len(SILENCES):
            self._due = self._heard + SILENCES[self._examined]
        else:
            self._due = time.monotonic() + SILENCES[-1] if self.unfinished.strip() else None
        return complete

    def reply(
        self, line: str, prompt: CrmPrompt, staged: tuple[str, ...], *, quits: bool
    ) -> CrmReply:
        """Return the reply to the submitted ``line``, without an outcome."""
        output, errors = "".join(self._output), "".join(self._complaints)
        output = f"{_CUT}{output}" if self._is_cut else output
        # Standard error may be merged into the output, for example over ssh.
        has_errors = has_failed(errors or output)
        seconds = time.monotonic() - self._began
        return CrmReply(line, output, prompt, seconds, has_errors, staged, errors, quits)

    @property
    def recent(self) -> str:
        """Output since the mark."""
        return "".join(islice(self._output, self._marked, None))

    @property
    def last(self) -> str:
        """End of the output, with the unfinished line."""
        last = plain(self._lines.tail or self._errors.tail)
        for shown in reversed(self._output):
            if len(last) >= _LAST_OUTPUT:
                break
            last = shown[-_LAST_OUTPUT:] + last
        return last[-_LAST_OUTPUT:]

    @property
    def unfinished(self) -> str:
        """Unfinished last line, with the part that was shown already."""
        return self.last.rpartition("\n")[2]
