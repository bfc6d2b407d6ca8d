"""Prompt of the shell: completed, coloured, checked and explained like the screen's."""

from __future__ import annotations

import asyncio
import shutil
from textwrap import wrap
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, get_app_or_none, run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, has_completions
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from crmtui.backend.process.cancellation import Cancellation, heeding
from crmtui.editor.accepting import accept_bindings
from crmtui.editor.checking import Checking, CrmCheck
from crmtui.editor.completer import CrmCompleter
from crmtui.editor.line_history import is_stale, open_history
from crmtui.editor.modes import editing_mode, line_bindings
from crmtui.editor.returned_line import ReturnedLine
from crmtui.highlight import spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from crmtui.backend.session.outcome import Outcome
    from crmtui.completion import Knowledge
    from crmtui.editor.view import Remarks

WordedOutcome = tuple["Outcome", str] | None
"""Outcome of a line with its words; None if none was run."""
_HELP_LINES = 10
"""Lines of the long help that are shown."""
_STYLE = Style.from_dict(
    {
        "crm.command": "ansiblue bold",
        "crm.keyword": "ansiblue",
        "crm.name": "ansicyan",
        "crm.agent": "ansigreen",
        "crm.value": "ansiyellow",
        "crm.number": "ansiyellow",
        "crm.operator": "ansiblue",
        "crm.comment": "italic",
        "crm.error": "ansired underline",
        "crm.warning": "ansiyellow underline",
        "crm.returned": "reverse",
        "completion-menu.match": "bold underline",
        "bottom-toolbar": "noreverse",
        "usage.current": "bold",
        "usage.error": "ansired",
        "usage.warning": "ansiyellow",
        "usage.notice": "bold",
        "outcome.done": "ansigreen",
        "outcome.failed": "ansired bold",
        "outcome.staged": "ansiyellow bold",
        "outcome.no-effect": "ansicyan",
        "outcome.unknown": "ansiyellow",
    }
)


class CommandPrompt:
    """Reader of commands from the terminal.

    Args:
        level: Returns the level of crm where a line will run.
        knowledge: Facts about the cluster.
        editing: Editor whose keys edit a line: ``emacs`` or ``vi``.
        mask: Removes the secrets from a line before it is remembered.
        show_pending: Prints the uncommitted changes.
    """

    def __init__(
        self,
        level: Callable[[], tuple[str, ...]],
        knowledge: Knowledge,
        *,
        editing: str,
        mask: Callable[[str], str],
        show_pending: Callable[[], None],
    ) -> None:
        check = CrmCheck(level, knowledge)
        self._checking = Checking(check, _repaint)
        self._notice = ""
        self._is_explaining = False
        own = KeyBindings()
        own.add("f2")(lambda _event: run_in_terminal(show_pending))
        own.add("f3")(self._explain)
        self._returned = ReturnedLine()
        history = open_history(mask=mask)
        has_news = Condition(lambda: is_stale(history)) & ~has_completions
        for key in ("up", "c-p", "c-r", "c-s"):
            own.add(key, filter=has_news)(_catch_up)
        self._session: PromptSession[str] = PromptSession(
            completer=ThreadedCompleter(CrmCompleter(level, knowledge)),
            history=history,
            auto_suggest=AutoSuggestFromHistory(),
            complete_while_typing=True,
            lexer=_CrmLexer(self._checking, self._returned),
            style=_STYLE,
            vi_mode=editing_mode(editing) == EditingMode.VI,
            key_bindings=merge_key_bindings(
                [
                    *(accept_bindings(check.written_out, self._say), line_bindings(), own),
                    self._returned.bindings(),
                ]
            ),
        )
        self._returned.follow(self._session.app)
        self._waits = Cancellation(reason="The line was accepted.")
        self._session.app.after_render += self._painted
        buffer = self._session.default_buffer
        buffer.on_text_changed += self._changed
        buffer.on_cursor_position_changed += self._moved

    def read(
        self, prompt: Callable[[], str], default: str = "", *, told: WordedOutcome = None
    ) -> str:
        """Return the next line; Ctrl-C begins it anew.

        Args:
            prompt: Returns the prompt.
            default: Text that came back, and stands in the line; typing replaces it.
            told: Outcome of the last line, with its words.

        Raises:
            EOFError: Ctrl-D was pressed on an empty line.
        """

        def beside() -> StyleAndTextTuples:
            # Beside an accepted line, the notice would be taken for the outcome of that line.
            if told is None or get_app().is_done:
                return []
            return [(f"class:outcome.{told[0].replace(' ', '-')}", told[1])]

        # Between two prompts the terminal would act on keys itself, such as Ctrl-D behind Ctrl-C.
        with self._session.input.raw_mode():
            while True:
                self._session.bottom_toolbar = None
                self._waits = Cancellation(reason="The line was accepted.")
                self._returned.put(default)
                try:
                    with heeding(self._waits):
                        return self._session.prompt(prompt, default=default, rprompt=beside)
                except KeyboardInterrupt:
                    default, told = "", None

    def _painted(self, app: Application[str]) -> None:
        if app.is_done:  # completions and remarks of an accepted line are not waited for
            self._waits.cancel()

    def _changed(self, buffer: Buffer) -> None:
        self._notice = ""
        self._moved(buffer)

    def _moved(self, buffer: Buffer) -> None:
        # Under an empty line there is no help, as in crm, unless F3 asked for it.
        is_shown = bool(buffer.text) or self._is_explaining
        self._session.bottom_toolbar = self._toolbar if is_shown else None
        if get_app_or_none() is not None:  # between two prompts there is no line to paint under
            self._checking.want(buffer.text, buffer.cursor_position)

    def _say(self, notice: str) -> None:
        self._notice = notice

    def _explain(self, event: KeyPressEvent) -> None:
        self._is_explaining = not self._is_explaining
        self._moved(event.current_buffer)

    def _toolbar(self) -> StyleAndTextTuples:
        remarks = self._checking.of(self._session.default_buffer.text)
        shown = _usage(remarks)
        told = ("class:usage.notice", self._notice) if self._notice else _wrong(remarks)
        if told[1]:
            shown += [("", "\n"), told]
        if self._is_explaining and remarks.text:
            shown += [("", "\n" + _help(remarks))]
        return shown or [("", "F3: long help")]


def _catch_up(event: KeyPressEvent) -> None:
    """Read lines that other programs added to the history, then press the key again."""
    buffer, keys = event.current_buffer, event.key_processor
    waiting = [*event.key_sequence, *keys.input_queue]
    keys.input_queue.clear()
    buffer.reset(buffer.document)
    buffer.load_history_if_not_yet_loaded()

    def go_on() -> None:
        keys.feed_multiple(waiting)
        keys.process_keys()

    # Behind the task just made, which takes the lines over from the history.
    asyncio.get_running_loop().call_soon(go_on)


def _repaint() -> None:
    app = get_app_or_none()
    if app is not None:
        app.invalidate()


def _usage(remarks: Remarks) -> StyleAndTextTuples:
    usage = remarks.usage
    if usage is None:
        return []
    return [
        ("", usage.text[: usage.start]),
        ("class:usage.current", usage.text[usage.start : usage.end]),
        ("", usage.text[usage.end :]),
    ]


def _wrong(remarks: Remarks) -> tuple[str, str]:
    found = sorted(remarks.findings, key=lambda finding: finding.severity != "error")
    return (f"class:usage.{found[0].severity}", found[0].sentence) if found else ("", "")


def _help(remarks: Remarks) -> str:
    width = shutil.get_terminal_size().columns
    paragraphs = (wrap(line, width) or [""] for line in remarks.text.splitlines())
    lines = [line for paragraph in paragraphs for line in paragraph]
    more = [f"… {len(lines) - _HELP_LINES} more lines"] if len(lines) > _HELP_LINES else []
    return "\n".join([remarks.title, *lines[:_HELP_LINES], *more])


class _CrmLexer(Lexer):
    """Colours of a line, with its mistakes underlined.

    Args:
        checking: Remarks about the line.
        returned: The line that came back, if it is untouched.
    """

    def __init__(self, checking: Checking, returned: ReturnedLine) -> None:
        self._checking = checking
        self._returned = returned

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return the function that paints a line of the text by its number."""
        text = document.text
        base = "class:crm.returned " if self._returned.stands else ""
        styles = [base] * len(text)
        for span in spans(text):
            styles[span.start : span.end] = [f"{base}class:crm.{span.kind}"] * (
                span.end - span.start
            )
        found = self._checking.of(text).findings
        for finding in sorted(found, key=lambda finding: finding.severity == "error"):
            end = min(finding.end, len(text))
            wrong = f"class:crm.{finding.severity}"
            styles[finding.start : end] = [wrong] * (end - finding.start)
        starts = [0]
        for line in document.lines:
            starts.append(starts[-1] + len(line) + 1)

        def painted(number: int) -> StyleAndTextTuples:
            if number >= len(document.lines):
                return []
            first = starts[number]
            line = document.lines[number]
            return [(styles[first + at], letter) for at, letter in enumerate(line)]

        return painted

    def invalidation_hash(self) -> object:
        """Return a value that changes with the painting: the remarks come later than the text."""
        return self._checking.made, self._returned.stands
