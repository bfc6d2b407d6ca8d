"""Engine of one line: prompt_toolkit without a terminal.

A buffer, its key bindings, its history and its completer run as they would in ``ptpython``, but no
application is ever started. Keys are fed in, and a ``LineView`` comes out for painting. So
prompt_toolkit takes no signal from the screen, writes nothing to the terminal, and themes apply.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import create_app_session, set_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import (
    CompleteEvent,
    Completer,
    Completion,
    ConditionalCompleter,
    DummyCompleter,
    get_common_complete_suffix,
)
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import DummyInput
from prompt_toolkit.key_binding.vi_state import InputMode
from prompt_toolkit.layout import BufferControl, HSplit, Layout, SearchBufferControl, Window
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.search import SearchDirection, SearchState

from crmtui.editor.checking import Checking
from crmtui.editor.editor_keys import LOOKING_BACK, key_presses, paste
from crmtui.editor.engine_bindings import engine_bindings
from crmtui.editor.items import MenuItems
from crmtui.editor.line_history import is_stale
from crmtui.editor.line_notice import line_notice
from crmtui.editor.modes import editing_mode, pasted
from crmtui.editor.returned_line import ReturnedLine
from crmtui.editor.telling import TellingCompleter
from crmtui.editor.view import NO_REMARKS, LineView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.key_binding.key_processor import KeyPress

    from crmtui.editor.checking import CrmCheck


class LineEngine:
    """Line being edited.

    Args:
        on_change: Called whenever ``view`` may have changed.
        on_accept: Called with the line when it is accepted; the line is then empty.
        completer: Source of completions; runs in a thread of its own.
        history: Lines for Up, Ctrl-R and suggestions. None remembers nothing: answers to questions
            must not be kept.
        check: Makes the remarks about the line while the user types.
    """

    def __init__(
        self,
        on_change: Callable[[], None],
        on_accept: Callable[[str], None],
        *,
        completer: Completer | None = None,
        history: History | None = None,
        check: CrmCheck | None = None,
    ) -> None:
        self._on_change = on_change
        self._on_accept = on_accept
        self._completer = (
            TellingCompleter(completer, self._take_rest, self._completed) if completer else None
        )
        self._asked_at: str | None = None
        """The text of the completions that were requested and have not come yet."""
        self._is_missed = False
        """True if the text changed while completions of an earlier one were still to come."""
        self._is_due = False
        """True while completions of the newest text are still to come; the old ones stay until then."""
        self._buffer = Buffer(
            # A completion begun while inserting would reopen the menu after Escape has moved the cursor.
            completer=ConditionalCompleter(
                self._completer or DummyCompleter(), Condition(lambda: not self.is_commanding)
            ),
            complete_while_typing=completer is not None,
            history=history or InMemoryHistory(),
            auto_suggest=AutoSuggestFromHistory() if history else None,
            accept_handler=self._accept,
            multiline=False,
        )
        self._remembers = history is not None
        self._checking = Checking(check, on_change) if check is not None else None
        self._notice = ""
        self._is_feeding = False
        """True while keys are fed: the change is reported once, after all of them."""
        self._menu: tuple[list[Completion], int, MenuItems] = ([], 0, MenuItems(()))
        """The completions of the last menu, their number then, and its rows."""
        self._returned = ReturnedLine()
        self._search = SearchBufferControl()
        control = BufferControl(self._buffer, search_buffer_control=self._search)
        self._app: Application[None] = Application(
            layout=Layout(HSplit([Window(control), Window(self._search)])),
            key_bindings=engine_bindings(
                check, self._say, self._returned, remembers=self._remembers
            ),
            input=DummyInput(),
            output=DummyOutput(),
        )
        self._returned.follow(self._app)
        for event in (
            self._buffer.on_text_changed,
            self._buffer.on_cursor_position_changed,
            self._buffer.on_completions_changed,
            self._buffer.on_suggestion_set,
            self._search.buffer.on_text_changed,
        ):
            event += self._changed
        self._buffer.on_text_insert += self._inserted
        self._buffer.on_text_changed += self._edited

    def _changed(self, _buffer: Buffer) -> None:
        self.explain()
        if not self._is_feeding:
            self._on_change()

    def explain(self) -> None:
        """Check the line, even an empty one, at the level where it will run now."""
        if self._checking is not None:
            self._checking.want(self._buffer.text, self._buffer.cursor_position)

    def _edited(self, _buffer: Buffer) -> None:
        self._notice = ""
        self._returned.take_up()

    def _say(self, notice: str) -> None:
        self._notice = notice

    def _inserted(self, _buffer: Buffer) -> None:
        self._is_missed = self._completer is not None and self._completer.is_running
        self._is_due = self._completer is not None
        if self._checking is not None and self._is_due:
            self._checking.hold()

    def _take_rest(self, document: Document, completions: list[Completion]) -> None:
        state = self._buffer.complete_state
        if state is not None and state.original_document == document:
            state.completions.extend(completions)

    @property
    def is_due(self) -> bool:
        """True while completions of the newest text are still to come."""
        return self._is_due

    def _accept(self, buffer: Buffer) -> bool:
        self._on_accept(buffer.text)
        self._app.vi_state.reset()
        if not self._remembers:
            buffer.history = InMemoryHistory()
        return False

    @property
    def editing(self) -> str:
        """Editor whose keys edit the line: ``emacs`` or ``vi``."""
        return "vi" if self._app.editing_mode == EditingMode.VI else "emacs"

    @editing.setter
    def editing(self, editing: str) -> None:
        if editing != self.editing:
            self._app.editing_mode = editing_mode(editing)
            self._app.vi_state.reset()
            self._on_change()

    @property
    def text(self) -> str:
        """The text of the line."""
        return self._buffer.text

    @property
    def _document(self) -> Document:
        if not self._app.layout.is_searching:
            return self._buffer.document
        looked_for = SearchState(self._search.buffer.text, SearchDirection.BACKWARD)
        return self._buffer.document_for_search(looked_for)

    @property
    def view(self) -> LineView:
        """The present line as a value to paint."""
        state = self._buffer.complete_state
        suggestion = self._buffer.suggestion
        document = self._document
        search = self._search.buffer.text if self._app.layout.is_searching else None
        is_returned = self._returned.stands
        return LineView(
            text=document.text,
            cursor=document.cursor_position,
            suggestion=suggestion.text if suggestion and document.is_cursor_at_the_end else "",
            menu=self._items(state.completions if state is not None else []),
            selected=state.complete_index if state is not None else None,
            search=search,
            remarks=self._checking.of(document.text) if self._checking else NO_REMARKS,
            notice=self._notice
            or line_notice(
                document.text, search, is_commanding=self.is_commanding, is_returned=is_returned
            ),
            is_returned=is_returned,
        )

    def _items(self, completions: list[Completion]) -> MenuItems:
        known, count, items = self._menu
        if not completions and self._is_due and self.text:
            return items  # the old menu stays: one that vanishes with each letter flickers
        if known is not completions or count != len(completions):
            items = MenuItems(completions)
            self._menu = completions, len(completions), items
        return items

    def press(self, name: str, character: str | None) -> None:
        """Press a key by Textual's name; a key unknown to prompt_toolkit does nothing."""
        if presses := key_presses(name, character):
            self.feed(presses)

    def paste(self, text: str) -> None:
        """Put ``text``, of one line or more, into the line."""
        self.feed((paste(pasted(text)),))

    def feed(self, keys: Iterable[KeyPress]) -> None:
        """Press ``keys``."""
        self._is_feeding = True
        try:
            with create_app_session(), set_app(self._app):
                self._app.key_processor.feed_multiple(list(keys))
                self._app.key_processor.process_keys()
                self._load_history()
        finally:
            self._is_feeding = False
        self._on_change()

    async def catch_up(self, name: str) -> None:
        """Before the key ``name`` searches the history, reload lines that other programs added.

        The typed text stays; the search begins again.
        """
        is_letter = name == "k" and (self._app.editing_mode != EditingMode.VI or self.is_inserting)
        if name not in LOOKING_BACK or is_letter or self._buffer.complete_state is not None:
            return
        if is_stale(self._buffer.history):
            with create_app_session(), set_app(self._app):
                self._buffer.reset(self._buffer.document)
                self._load_history()
            await asyncio.sleep(0)  # lets prompt_toolkit's loading task take it from the history

    def _load_history(self) -> None:
        # Normally the renderer's job; prompt_toolkit forgets it at each accept.
        self._buffer.load_history_if_not_yet_loaded()

    def warm_up(self) -> None:
        """Load the history, so that the first Up finds it; needs a running event loop."""
        with create_app_session(), set_app(self._app):
            self._load_history()

    def complete(self) -> None:
        """Offer completions, or take the next of those offered; a single one is taken at once."""
        self._returned.take_up()
        with create_app_session(), set_app(self._app):
            state = self._buffer.complete_state
            if state is None or not state.completions:
                self._asked_at = self.text  # a completion that still runs for it will do
                self._buffer.start_completion()
            elif len(state.completions) == 1:
                self._buffer.apply_completion(state.completions[0])
                self._buffer.start_completion()
            else:
                self._buffer.complete_next()

    def _completed(self) -> None:
        """Take the requested completions once they come: the only one, or their common beginning."""
        if self._completer is None or self._completer.is_running:
            return
        if self._checking is not None:
            self._checking.go()
        if self._completer.text == self.text:
            self._is_due = False
            self._on_change()
        is_wanted, self._asked_at = self._asked_at == self.text, None
        is_missed, self._is_missed = self._is_missed, False
        if self._completer.text != self.text:  # those were for an earlier text
            self._catch_up(is_wanted=is_wanted, is_missed=is_missed)
            return
        state = self._buffer.complete_state
        if not is_wanted or state is None or not state.completions:
            return
        if len(state.completions) == 1:
            self.complete()
        elif common := get_common_complete_suffix(self._buffer.document, state.completions):
            with create_app_session(), set_app(self._app):
                self._buffer.insert_text(common)

    def _catch_up(self, *, is_wanted: bool, is_missed: bool) -> None:
        if is_wanted:
            self.complete()
        elif is_missed and self.text:
            with create_app_session(), set_app(self._app):
                typed = CompleteEvent(text_inserted=True)
                self._buffer.start_completion(complete_event=typed)

    def complete_back(self) -> bool:
        """Take the previous completion; return False if none is offered."""
        with create_app_session(), set_app(self._app):
            if self._buffer.complete_state is None:
                return False
            self._buffer.complete_previous()
            return True

    @property
    def is_inserting(self) -> bool:
        """True if vi's Escape would end inserting text; never with the keys of Emacs."""
        is_vi = self._app.editing_mode == EditingMode.VI
        return is_vi and self._app.vi_state.input_mode != InputMode.NAVIGATION

    @property
    def is_commanding(self) -> bool:
        """True if letters are vi's commands; never with the keys of Emacs."""
        return self._app.editing_mode == EditingMode.VI and not self.is_inserting

    def dismiss(self) -> bool:
        """Close the menu, end the search or vi's inserting; return False if none of them was on."""
        is_open = False
        with create_app_session(), set_app(self._app):
            if self._app.layout.is_searching:
                self._app.layout.focus(self._buffer)
                self._search.buffer.reset()
                self._on_change()
                return True
            if self._buffer.complete_state is not None:
                if self._buffer.complete_state.complete_index is not None:
                    self._buffer.complete_state = None  # the chosen completion stays
                else:
                    self._buffer.cancel_completion()
                self._is_due = False  # the menu waits for no more completions either
                self._on_change()
                is_open = True
        if self.is_inserting and self.text:
            self.press("escape", None)  # even with a menu: in vi one Escape ends inserting
            return True
        return is_open

    def replace(self, text: str) -> None:
        """Put ``text`` into the line, the cursor at its end."""
        with create_app_session(), set_app(self._app):
            self._buffer.document = Document(text, len(text))
        self._on_change()

    def give_back(self, text: str) -> None:
        """Put ``text``, which came back unsent, into the line; typing replaces it, in vi too."""
        self.replace(text)
        self._app.vi_state.reset()
        self._returned.put(text)

    def remember(self, text: str) -> None:
        """Add ``text`` to the history; Up finds it once the line was accepted or cleared."""
        self._buffer.history.append_string(text)

    def clear(self) -> None:
        """Empty the line, as accepting it does."""
        with create_app_session(), set_app(self._app):
            self._buffer.reset()
            self._app.vi_state.reset()
            self._load_history()
        self._on_change()

    async def close(self) -> None:
        """Cancel all work in the background."""
        if self._checking is not None:
            await self._checking.close()
        await self._app.cancel_and_wait_for_background_tasks()
