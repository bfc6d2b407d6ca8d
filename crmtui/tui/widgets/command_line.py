"""Command line: paints the line engine and gives it every key while it has the focus."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message
from textual.widget import Widget

from crmtui.editor.view import EMPTY
from crmtui.tui.presentation import crm_text
from crmtui.tui.presentation.command_text import LineStyles, command_text
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.textual_ext.key_queue import TakesText
from crmtui.tui.widgets.open_question import OpenQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prompt_toolkit.completion import Completer
    from prompt_toolkit.history import History
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.timer import Timer

    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.editor.checking import CrmCheck
    from crmtui.editor.engine import LineEngine
    from crmtui.editor.engines import Engines
    from crmtui.editor.view import LineView

_TOGETHER = 0.012
"""Seconds that a letter waits for its menu."""


class CommandLine(TakesText, Widget, can_focus=True):
    """Line for a command or an answer.

    While a question is open the line takes its answer, with the question for a prompt. The
    unfinished command comes back afterwards unchanged.

    Args:
        methods: Method of the line for each key that is no text.
        outer_keys: Keys left to the screen although they could be typed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "command-line--prompt",
        "command-line--question",
        "command-line--text",
        "command-line--returned",
        "command-line--suggestion",
        "command-line--cursor",
        "command-line--waiting",
        *crm_text.COMPONENT_CLASSES,
    }
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("command")

    class Submitted(Message):
        """A command was accepted."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Answered(Message):
        """An answer to the open question was accepted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Edited(Message):
        """The view of the line changed; the receiver repaints the line with everything around it."""

        def __init__(self, view: LineView) -> None:
            super().__init__()
            self.view = view

    class Cleared(Message):
        """Ctrl-C was pressed on a line that was empty already."""

    class Ended(Message):
        """Ctrl-D was pressed on an empty line."""

    class Scrolled(Message):
        """The output is to scroll a page back (-1) or on (1)."""

        def __init__(self, pages: int) -> None:
            super().__init__()
            self.pages = pages

    class HelpAsked(Message):
        """The long help is to be shown, or hidden."""

    class Left(Message):
        """The user left the line for the panes."""

    def __init__(
        self,
        *,
        methods: Mapping[str, str],
        outer_keys: frozenset[str],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._methods = methods
        self._outer_keys = outer_keys
        self._engines: Engines | None = None
        self._editing = "emacs"
        self._early: list[tuple[str, str | None]] = []
        self._prompt = ""
        self._question: OpenQuestion | None = None
        self._is_waiting = True
        self._is_changed = False
        self._later: Timer | None = None
        """Timer that shows the typed text if its menu is late."""
        self._pressed = 0.0

    def equip(self, completer: Completer, history: History, check: CrmCheck) -> None:
        """Give the line its engine, and the engine the text typed so far.

        Args:
            completer: Completer of the line.
            history: History of earlier lines.
            check: Check of a line while it is typed.
        """
        # Imported here, because prompt_toolkit takes half as long to load as the first picture.
        from crmtui.editor.engines import Engines

        self._engines = Engines(
            self._changed, self._submit, self._answer, completer, history, check
        )
        self._engines.edit_as(self._editing)
        early, self._early = self._early, []
        for key, character in early:
            self.press(key, character)
        self._changed()

    @property
    def editing(self) -> str:
        """Editing mode of the line: ``emacs`` or ``vi``."""
        return self._editing

    @editing.setter
    def editing(self, editing: str) -> None:
        self._editing = editing
        if self._engines is not None:
            self._engines.edit_as(editing)

    def use_keys(self, methods: Mapping[str, str], outer_keys: frozenset[str]) -> None:
        """Replace the keys from now on, by the same arguments as those of the line itself."""
        self._methods, self._outer_keys = methods, outer_keys

    @property
    def _engine(self) -> LineEngine | None:
        if self._engines is None:
            return None
        is_asked = self._question is not None and not self._question.is_caught
        return self._engines.answers if is_asked else self._engines.commands

    @property
    def is_caught(self) -> bool:
        """True while a question that came up amidst typing leaves the keys to the command."""
        return self._question is not None and self._question.is_caught

    @property
    def view(self) -> LineView:
        """Present view of the line."""
        if self._engines is None:
            return EMPTY
        return (self._engines.commands if self._question is None else self._engines.answers).view

    @property
    def command_text(self) -> str:
        """Text of the command, also while a question is open."""
        return self._engines.commands.text if self._engines is not None else ""

    async def on_unmount(self) -> None:
        """Cancel completions that still run."""
        if self._engines is not None:
            await self._engines.close()

    def show_prompt(self, prompt: str, *, is_waiting: bool = False) -> None:
        """Put ``prompt`` before the line; ``is_waiting`` stands for a running command."""
        if (prompt, is_waiting) != (self._prompt, self._is_waiting):
            self._prompt, self._is_waiting = prompt, is_waiting
            if self._engines is not None:
                self._engines.commands.explain()
            self.repaint()

    @property
    def how(self) -> str:
        """Instructions for the answer to the open question; empty without one."""
        return self._question.how if self._question is not None else ""

    def ask(self, question: CrmQuestion) -> None:
        """Make the line the answer field of ``question``.

        Text typed at that moment is no answer: it goes on into the command until there is a pause.
        """
        self._question = OpenQuestion(question)
        if self.command_text or self._question.is_free:
            self._question.catch(time.monotonic() if self._question.is_free else self._pressed)
        self._empty_answer()
        self._changed()

    def stop_asking(self) -> None:
        """Give the line back to commands."""
        if self._question is not None:
            self._question = None
            if self._engines is not None and self._engines.answers.text and self.command_text:
                self._engines.commands.give_back(
                    self.command_text
                )  # the rest of the answer is still being typed
            self._empty_answer()
            self._changed()

    def _empty_answer(self) -> None:
        if self._engines is not None:
            self._engines.answers.replace("")

    def give_back(self, text: str) -> bool:
        """Put unsent ``text`` into the line, or into the history; return true if the line was free."""
        if self._engines is None:
            return False
        if self._engines.commands.text:
            self._engines.commands.remember(text)
            return False
        self._engines.commands.give_back(text)
        return True

    def put(self, text: str) -> None:
        """Put ``text`` into the command line; the previous text goes into the history."""
        if self._engines is None:
            return
        if self._engines.commands.text:
            self._engines.commands.remember(self._engines.commands.text)
        self._engines.commands.replace(text)

    def _changed(self) -> None:
        # The engine reports each key several times.
        if not self.is_attached or self._is_changed:
            return
        if self._engine is not None and self._engine.is_due:
            # The letter and its menu are one picture, unless the wait would be noticed.
            if self._later is None:
                self._later = self.set_timer(_TOGETHER, self._tell)
        else:
            self._is_changed = True
            self.call_next(self._tell)

    def _tell(self) -> None:
        self._is_changed = False
        if self._later is not None:
            self._later.stop()
            self._later = None
        self.post_message(self.Edited(self.view))

    def repaint(self) -> None:
        """Paint the present line."""
        if not self.is_attached:  # the screen is closing while crm still talks
            return
        # A layout of the whole screen takes longer than everything else between a key and its
        # letter.
        size = self.content_size
        height = self.get_content_height(size, self.screen.size, size.width)
        self.refresh(layout=height != size.height)

    def _submit(self, line: str) -> None:
        self.post_message(self.Submitted(line))

    def _answer(self, text: str) -> None:
        self.post_message(self.Answered(text))

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Claim every key but the outer ones: no other binding may act during typing."""
        return key in self._methods or key not in self._outer_keys

    async def on_key(self, event: events.Key) -> None:
        """Feed the key to the line, or run its method at once.

        A binding would run later, when the text typed behind the key is in the line already.
        """
        method = self._methods.get(event.key)
        if method is None and event.key in self._outer_keys:
            return
        event.stop()
        event.prevent_default()
        if method is not None:
            await self.run_action(method)
            return
        if self._engine is not None:
            await self._engine.catch_up(event.key)
        self.press(event.key, event.character)

    def press(self, key: str, character: str | None) -> None:
        """Feed a key to the line: its name, and the character that it types."""
        now = time.monotonic()
        is_caught = self.is_caught
        if is_caught and self._question is not None:
            self._question.catch(now)
        self._pressed = now
        if self._engine is not None and not (is_caught and key == "enter"):
            self._engine.press(key, character)
        elif self._engine is not None:
            self.notify("crm asks a question: answer it first.", severity="warning")
        else:
            self._early.append((key, character))

    def on_paste(self, event: events.Paste) -> None:
        """Put the pasted text into the line unchanged."""
        event.stop()
        if self._engine is not None:
            self._engine.paste(event.text)
        else:
            self._early += [(char, char) for char in event.text if char.isprintable()]

    def action_command_complete(self) -> None:
        """Complete the word."""
        if self._engine is not None:
            self._engine.complete()

    def action_command_complete_back(self) -> None:
        """Take the previous choice; without a menu, leave for the panes."""
        if self._engine is None or not self._engine.complete_back():
            self.post_message(self.Left())

    def action_command_leave(self) -> None:
        """Close the menu, else leave for the panes."""
        if self._engine is None or not self._engine.dismiss():
            self.post_message(self.Left())

    def action_command_clear(self) -> None:
        """Empty the line, or say that it was empty."""
        if self._engine is None:
            self._early.clear()
            return
        self._engine.dismiss()
        if self._engine.text and self._question is None:
            self._engine.clear()
        else:
            self.post_message(self.Cleared())

    def action_command_help(self) -> None:
        """Show or hide the long help."""
        if self._engines is not None:
            self._engines.commands.explain()
        self.post_message(self.HelpAsked())

    def action_command_scroll_up(self) -> None:
        """Scroll the output back."""
        self.post_message(self.Scrolled(-1))

    def action_command_scroll_down(self) -> None:
        """Scroll the output on."""
        self.post_message(self.Scrolled(1))

    def action_command_end(self) -> None:
        """Delete the character under the cursor; leave when the line is empty."""
        if self._engine is not None and self._engine.text:
            self._engine.press("delete", None)
        else:
            self.post_message(self.Ended())

    def render(self) -> Text:
        """Paint prompt, line, suggestion and cursor."""
        style, view = self._style, self.view
        if view.search is not None:
            prompt = f"(search)`{view.search}': ", style("question")
        elif self._question is not None:
            prompt = self._question.text, style("question")
        else:
            prompt = self._prompt, style("waiting" if self._is_waiting else "prompt")
        is_command = self._question is None and view.search is None
        return command_text(
            Text.assemble(prompt),
            view,
            LineStyles(style("text"), style("suggestion"), style("cursor")),
            painted=self._painted(view) if is_command else None,
            is_hidden=self._question is not None and self._question.is_hidden,
            has_cursor=self.has_focus,
        )

    def _painted(self, view: LineView) -> Text:
        style = partial(self.get_component_rich_style, partial=True)
        base = self._style("returned" if view.is_returned else "text")
        return crm_text.crm_text(view.text, style, view.remarks.findings, base=base)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"command-line--{part}", partial=True)
