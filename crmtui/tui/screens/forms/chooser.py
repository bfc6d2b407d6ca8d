"""The chooser of a new object: an agent, a guided form or a recipe."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crmtui.tui.screens.forms import form_offers as offering
from crmtui.tui.screens.forms.form_offers import FormOffer
from crmtui.tui.screens.forms.text_entry import TextEntry
from crmtui.tui.textual_ext.key_queue import TakesKeysLater
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.wizard.presence import presence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.completion.values import Knowledge
    from crmtui.tui.screens.forms.drafts import FormDraft
    from crmtui.wizard.facts import Facts

_WIDE = 100
_SHOWN = 300
"""Greatest number of offers listed at once; typing finds the others."""

_AGAIN_SECONDS = 0.7
"""Time between two checks for new descriptions."""
_PATIENCE = 10
"""Number of such checks without news until the chooser stops waiting."""


class ChooserScreen(TakesKeysLater, Screen["FormOffer | None"]):
    """List of all agents, forms and recipes, with the documentation of the selected one.

    Args:
        facts: Objects of the cluster, for the forms.
        knowledge: Source of agents and scripts, with their documentation.
        drafts: Unfinished forms, offered first.
        recent: Agents used lately, the last one first.
        typed: The text in the search field at the start.
        ids: Selected or marked objects; forms start with these.
        drop: Deletes a draft, by its ``FormDraft.begun``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Choose", priority=True),
        Binding("escape", "cancel", "Cancel"),
        Binding("delete", "drop", "Drop draft", priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
    ]

    def __init__(
        self,
        facts: Facts,
        knowledge: Knowledge,
        *,
        drafts: Sequence[FormDraft] = (),
        recent: Sequence[str] = (),
        typed: str = "",
        ids: tuple[str, ...] = (),
        drop: Callable[[str], None] = lambda _begun: None,
    ) -> None:
        super().__init__()
        self.id = "chooser"
        self.takes_keys.set()
        self._facts = facts
        self._knowledge = knowledge
        self._drafts = [FormOffer("draft", draft.begun, draft.title) for draft in drafts]
        self._ids = ids
        self._drop = drop
        self._recent = tuple(recent)
        self._typed = typed
        self._offers: tuple[FormOffer, ...] = ()
        self._shown: list[FormOffer] = []
        self._knows_agents = False
        self._is_learned = False
        self._narrowed = ""
        self._is_closed = threading.Event()

    def compose(self) -> ComposeResult:
        """Lay out the search above the list, with the documentation beside it."""
        title = Text("New", no_wrap=True, overflow="ellipsis")
        if self._ids:
            title.append(f"  with {', '.join(self._ids)}", "not bold dim")
        yield Static(title, classes="wizard--title")
        yield TextEntry(
            self._typed, placeholder="search by name or description", compact=True, id="search"
        )
        with Horizontal(id="chooser-body"):
            yield OptionList(id="offers")
            with VerticalScroll(id="offer-side"):
                yield Static("", id="offer-doc")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the forms at once, and the agents as soon as these are known."""
        self.query_one(OptionList).can_focus = False
        self.query_one("#offer-side").can_focus = False
        self.query_one(Input).cursor_blink = False
        self.set_focus(self.query_one(Input))
        self._offers = self._offered(())
        self._narrow()
        self._learn()

    def on_resize(self, event: events.Resize) -> None:
        """Put the documentation below the list where there is no room beside it."""
        self.set_class(event.size.width < _WIDE, "-compact")

    @work(thread=True, exclusive=True, group="offers")
    def _learn(self) -> None:
        names = offering.ordered(
            offering.agents(self._knowledge), self._recent, self._facts.configuration
        )
        found = self._offered(names)
        self.app.call_from_thread(self._learned, found, is_all=False)
        scripts = [(script.name, script.shortdesc) for script in self._knowledge.scripts()]
        self.app.call_from_thread(self._learned, self._offered(names, scripts), is_all=False)
        self._await_descriptions(names, scripts)

    def _await_descriptions(self, names: Sequence[str], scripts: Sequence[tuple[str, str]]) -> None:
        """List descriptions as they come: agents are read in the background."""
        found, without_news = self._offered(names, scripts), 0
        while without_news < _PATIENCE and not self._is_closed.wait(_AGAIN_SECONDS):
            before, found = found, self._offered(names, scripts)
            without_news = without_news + 1 if found == before else 0
            if found != before and not self._is_closed.is_set():
                self.app.call_from_thread(self._learned, found, is_all=False)
        if not self._is_closed.is_set():
            self.app.call_from_thread(self._learned, found, is_all=True)

    def on_unmount(self) -> None:
        """Stop waiting for descriptions."""
        self._is_closed.set()

    def _offered(
        self, names: Sequence[str], scripts: Sequence[tuple[str, str]] = ()
    ) -> tuple[FormOffer, ...]:
        return offering.offers(names, self._knowledge, self._facts, ids=self._ids, scripts=scripts)

    def _learned(self, found: tuple[FormOffer, ...], *, is_all: bool) -> None:
        if self.is_mounted:
            self._offers, self._knows_agents, self._is_learned = found, True, is_all
            self._narrow()
            if not self.takes_keys.is_set():
                self.takes_keys.set()
                self._take()

    @on(Input.Changed)
    def _narrow(self) -> None:
        typed = self.query_one(Input).value
        options = self.query_one(OptionList)
        # The selection stays while the list grows; a new search starts at its first match.
        before = self._selected if typed == self._narrowed else None
        self._narrowed = typed
        every = (*self._drafts, *self._offers)
        self._shown = sorted(
            (offer for offer in every if offer.matches(typed)),
            key=lambda offer: (
                bool(typed) and offer.kind == "draft",  # a search is for a new object
                typed.lower() not in offer.title.lower().replace(":", " ").split(),
                typed.lower() not in offer.title.lower(),
            ),
        )[:_SHOWN]
        options.clear_options()
        options.add_options([Option(_painted(offer)) for offer in self._shown])
        if self._shown:
            at = self._shown.index(before) if before is not None and before in self._shown else 0
            options.highlighted = at
        else:
            words = (
                "No match."
                if self._is_learned
                else "Still searching: descriptions are being read …"
            )
            self.query_one("#offer-doc", Static).update(Text(words))

    @property
    def _selected(self) -> FormOffer | None:
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()
        if (offer := self._selected) is not None:
            self.query_one("#offer-doc", Static).update(Text(f"{offer.title}\n\n{offer.words}"))
            self.query_one("#offer-side").scroll_home(animate=False)
            self._describe(offer)

    @work(thread=True, exclusive=True, group="describe")
    def _describe(self, offer: FormOffer) -> None:
        text = self._described(offer)
        self.app.call_from_thread(self._show_description, offer, text)

    def _described(self, offer: FormOffer) -> str:
        if offer.kind == "script":
            script = self._knowledge.script(offer.name)
            return script.longdesc if script else ""
        if offer.kind != "agent":
            return ""
        metadata = self._knowledge.metadata(offer.name)
        found = presence(self._facts, offer.name, is_here=metadata is not None).sentences()
        if metadata is None:
            why = (
                "The agent says nothing about itself here: not installed, or broken metadata. "
                "The form has no fields for its parameters; write them by hand."
            )
            return f"{why}\n\n{found}"
        return f"{metadata.shortdesc}\n\n{found}\n\n{metadata.longdesc}"

    def _show_description(self, offer: FormOffer, text: str) -> None:
        if self.is_mounted and offer == self._selected and text:
            self.query_one("#offer-doc", Static).update(Text(f"{offer.title}\n\n{text}"))

    def action_move(self, by: int) -> None:
        """Move the selection by ``by`` offers."""
        options = self.query_one(OptionList)
        if self._shown:
            at = (options.highlighted or 0) + by
            options.highlighted = min(max(at, 0), len(self._shown) - 1)

    async def action_take(self) -> None:
        """Open the selected offer, once the text typed before Enter has been searched for."""
        await self.query_one(TextEntry).settle()
        self._narrow()
        if self._knows_agents or not self.query_one(Input).value:
            self._take()
        else:
            self.takes_keys.clear()  # the agents are not known yet, and one of them may be meant

    def _take(self) -> None:
        if self._selected is not None:
            self.dismiss(self._selected)

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer "Drop draft" only on a draft, and only while the search field is empty."""
        if action != "drop":
            return True
        offer = self._selected if self.is_mounted else None
        return offer is not None and offer.kind == "draft" and not self.query_one(Input).value

    def action_drop(self) -> None:
        """Delete the selected draft."""
        if (offer := self._selected) is not None:
            self._drop(offer.name)
            self._drafts.remove(offer)
            self._narrow()
            self.notify(f"Dropped: {offer.title.removeprefix('Draft: ')}")

    def action_cancel(self) -> None:
        """Close the chooser without a choice."""
        self.dismiss(None)


def _painted(offer: FormOffer) -> Text:
    text = Text(offer.title, "bold", no_wrap=True, overflow="ellipsis")
    if offer.words and offer.title != offer.words:
        text.append(f"  {offer.words}", "not bold")
    return text
