"""The main screen: nodes, resources, feed, timeline, output, and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Container, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from crmtui.cluster.details.page import Reference
from crmtui.cluster.state_words import count
from crmtui.tui.presentation.layout import LEAST, LISTS, PANES, is_wide, title
from crmtui.tui.textual_ext.bindings import bindings_of, command_methods, keys_over_typing
from crmtui.tui.widgets.assistance import Assistance
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.forecast_line import ForecastLine
from crmtui.tui.widgets.header import Header
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.tui.widgets.listing import Listing
from crmtui.tui.widgets.output import Output
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import NodesPane, ResourcesPane
from crmtui.tui.widgets.sheet import Sheet
from crmtui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from crmtui.actions import Scope
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.cluster.details.page import Page
    from crmtui.cluster.feed_options import Toggle
    from crmtui.cluster.timeline import Timeline
    from crmtui.tui.theming.marks import Marks
    from crmtui.tui.widgets.filter_bar import FilterBar

_HINT = "text   state:failed   node:n1   !not   Enter keeps it, Esc shows everything"


class MainScreen(Screen[None]):
    """Main screen: lays out the panes, moves the focus, and passes values to the panes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("app")

    class PageAsked(Message):
        """A key or the palette opens the details of an object."""

        def __init__(self, reference: Reference) -> None:
            super().__init__()
            self.reference = reference

    class PageLeft(Message):
        """The focus moved to a pane below the page, so the page closes."""

    def __init__(
        self,
        *,
        keys: Mapping[str, tuple[str, ...]],
        marks: Marks,
    ) -> None:
        super().__init__()
        self._marks = marks
        self.keys = keys
        """The current keys of each action, by its id."""
        self._open_list = "nodes"
        self.is_too_small = False
        """True while the terminal is too small for the screen."""
        self._entitled: dict[str, str] = {}
        self._summaries: dict[str, str] = {}
        self.header = Header(id="header")
        self.nodes = NodesPane(marks=marks, empty="No nodes", id="nodes")
        self.resources = ResourcesPane(marks=marks, empty="No resources", id="resources")
        self.feed = Feed(mark=marks.changed, id="feed")
        self.timeline = TimelinePane(marks=marks, id="timeline")
        self.page = PagePane(marks=marks, id="page")
        self._filter: FilterBar | None = None
        self.output = Output(glyphs=marks.severity, id="output")
        self.progress = Static(id="progress", markup=False)
        self.forecast = ForecastLine(id="forecast")
        self.command = CommandLine(
            methods=command_methods(keys),
            outer_keys=keys_over_typing(keys),
            id="command",
        )
        self.assistance = Assistance(self.command, (self.progress, self.forecast), keys)

    def use_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Use another keymap from now on."""
        self.command.use_keys(command_methods(keys), keys_over_typing(keys))
        self.assistance.use_keys(keys)
        for name in PANES:
            self._entitle(name)

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.header
        with Container(id="lists"):
            with Vertical(id="left"):
                yield self.nodes
                yield self.resources
            with Vertical(id="right"):
                yield self.feed
                yield self.timeline
        yield self.page
        yield self.output
        yield self.progress
        yield self.forecast
        yield self.command
        yield from self.assistance.widgets()
        yield Static("", id="too-small", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the titles of the panes, and focus the command line."""
        for name in PANES:
            self._entitle(name)
        self.progress.display = False
        self.assistance.start()
        self.go("command")  # a word typed by habit does no harm there

    def on_resize(self, event: events.Resize) -> None:
        """Show all lists where there is room, else one list at a time."""
        width, height = event.size
        self.set_class(not is_wide(event.size), "-compact")
        self.is_too_small = width < LEAST[0] or height < LEAST[1]
        self.set_class(self.is_too_small, "-too-small")
        self.query_one("#too-small", Static).update(
            f"This terminal has {width}x{height} characters; crmtui needs {LEAST[0]}x{LEAST[1]}."
            " Make it larger."
        )

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Open the list with the focus."""
        if event.widget.id in LISTS:
            self._open_list = event.widget.id
        for name in LISTS:
            self._pane(name).set_class(name == self._open_list, "-open")
        self.resources.set_class(self._open_list == "nodes", "-below")
        if event.widget is not self.command:
            self.assistance.leave()
        is_left = self._open_list in ("nodes", "resources")
        self.query_one("#left").set_class(is_left, "-open")
        self.query_one("#right").set_class(not is_left, "-open")

    def show(self, snapshot: Snapshot, way: str) -> None:
        """Show a snapshot of the cluster; ``way`` says in the feed's title how changes are noticed."""
        self.nodes.show(snapshot.cluster)
        self.resources.show(snapshot.cluster)
        self.feed.show(snapshot.feed, snapshot.command)
        counts = count(snapshot.cluster)
        self._entitle("nodes", counts.nodes_words)
        self._entitle("resources", counts.resources_words)
        self._entitle("feed", way)

    @on(ForecastLine.Shown)
    def _show_lists(self) -> None:
        """Show nodes and resources with the forecast beside them."""
        for pane in (self.nodes, self.resources):
            pane.foresee(self.forecast.forecast)

    @on(ForecastLine.Resized)
    def _make_room(self) -> None:
        """Keep menu and help above the lines over the command line."""
        self.assistance.make_room()

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the timeline, and the number of its entries in the title."""
        self.timeline.show(timeline)
        total = len(timeline.entries)
        older = f", {timeline.forgotten} forgotten" if timeline.forgotten else ""
        self._entitle("timeline", f"{total} {'entry' if total == 1 else 'entries'}{older}")

    def go_blind(self, *, is_blind: bool) -> None:
        """Dim the panes while the cluster cannot be seen: their content is old."""
        self.set_class(is_blind, "-blind")

    def show_progress(self, sentence: str) -> None:
        """Show the progress of an action as a sentence; an empty one hides the line."""
        self.progress.update(sentence)
        if self.progress.display != bool(sentence):
            self.progress.display = bool(sentence)
            self.call_after_refresh(self.assistance.make_room)

    def show_running(self, sentence: str) -> None:
        """Show the running command in the output's title; empty while nothing runs."""
        self._entitle("output", sentence)

    @on(CommandLine.Edited)
    def _assist(self, event: CommandLine.Edited) -> None:
        self.assistance.show(event.view)

    @on(CommandLine.HelpAsked)
    def _toggle_help(self) -> None:
        self.assistance.toggle_help()

    @on(CommandLine.Scrolled)
    def _scroll_output(self, event: CommandLine.Scrolled) -> None:
        if self.assistance.scroll_help(event.pages):
            return
        if event.pages < 0:
            self.output.scroll_page_up(animate=False)
        else:
            self.output.scroll_page_down(animate=False)

    @on(CommandLine.Left)
    def _leave_command(self) -> None:
        if not self.assistance.close_help():
            self.go(self._open_list)

    @on(Listing.Narrowed)
    def _say_what_is_shown(self, event: Listing.Narrowed) -> None:
        if event.listing is self.page:
            self.page.entitle()
        elif event.listing.id is not None:
            self._entitle(event.listing.id)

    @on(Feed.Entitled)
    def _say_what_the_feed_shows(self) -> None:
        self._entitle("feed")

    def _pane(self, name: str) -> Widget:
        panes: dict[str, Widget] = {
            "nodes": self.nodes,
            "resources": self.resources,
            "feed": self.feed,
            "timeline": self.timeline,
            "page": self.page,
            "output": self.output,
            "command": self.command,
        }
        return panes[name]

    def _entitle(self, name: str, summary: str | None = None) -> None:
        """Write the title of a pane: its name, its filter, and the last ``summary`` given."""
        if summary is not None:
            self._summaries[name] = summary
        pane = self._pane(name)
        own = pane.summary if isinstance(pane, Listing | Feed) else ""
        called = " ".join(pane.command) if isinstance(pane, Feed) else ""
        words = title(name, own, self._summaries.get(name, ""), called=called, keys=self.keys)
        if isinstance(pane, Sheet) and self._entitled.get(name) != words:
            self._entitled[name] = words
            pane.write_title(words)

    def go(self, name: str) -> None:
        """Move the focus to a pane, or to the command line."""
        if name in LISTS and self.has_class("-page"):
            self.post_message(self.PageLeft())
            self.set_class(False, "-page")
        # Not Widget.focus(), which works later: the next key must find the focus moved.
        self.set_focus(self._pane(name))

    def _step(self, by: int) -> None:
        panes = ["page", "output"] if self.has_class("-page") else list(PANES)
        focused = self.focused.id if self.focused is not None else None
        at = panes.index(focused) + by if focused in panes else 0
        self.go([*panes, "command"][at % (len(panes) + 1)])

    # A page lies over the lists while it is open.

    def show_page(self, page: Page | None) -> None:
        """Show a page over the lists, or the lists again."""
        was_open = self.has_class("-page")
        self.set_class(page is not None, "-page")
        if page is not None:
            self.page.show_page(page)
            self.page.entitle()
            if not was_open:
                self.go("page")
        elif was_open and (self.focused is self.page or self.focused is None):
            self.go(self._open_list)

    def reveal(self, *, node: str = "", resource: str = "") -> bool:
        """Go to the row of a node or resource; return False if there is none."""
        pane = self.nodes if node else self.resources
        if not pane.reveal(node=node, resource=resource):
            return False
        self.go(pane.id or "")
        return True

    # The keys of crm_mon, from every pane.

    def action_feed_toggle(self, name: Toggle) -> None:
        """Go to the feed, and switch one of its options."""
        self.go("feed")
        self.feed.action_feed_toggle(name)

    def action_mon_fence_history(self) -> None:
        """Go to the feed, and show more of the fencing history."""
        self.go("feed")
        self.feed.action_feed_fence_history()

    # A filter is typed below the lists.

    def action_list_filter(self) -> None:
        """Open the filter of the list with the focus, or the search of the feed or the output."""
        pane = self.focused
        if pane is self.output:
            self.output.action_output_find()
        if not isinstance(pane, Listing | Feed):
            return
        if self._filter is None:
            # Imported late: the first picture needs no filter.
            from crmtui.tui.widgets.filter_bar import FilterBar

            self._filter = FilterBar()
            self.mount(self._filter, before=self.progress)
        self._filter.ask(pane, "text to search for" if isinstance(pane, Feed) else _HINT)

    def on_output_find_asked(self, event: Output.FindAsked) -> None:
        """Open the search of the output."""
        from crmtui.tui.screens.ask_text import AskTextScreen

        self.app.push_screen(AskTextScreen(event.sought), self.output.look_for)

    def on_filter_bar_left(self, event: FilterBar.Left) -> None:
        """Return to the filtered pane."""
        if isinstance(event.pane, Listing | Feed):
            self.set_focus(event.pane)

    def action_list_problems(self) -> None:
        """Show problems only in all lists, or everything again."""
        lists = (self.nodes, self.resources, self.timeline, self.page)
        is_narrow = not any(each.is_narrow for each in lists)
        for each in lists:
            each.is_narrow = is_narrow

    def action_command_focus(self) -> None:
        """Go to the command line."""
        self.go("command")

    def action_pane_next(self) -> None:
        """Go to the next pane."""
        self._step(1)

    def action_pane_previous(self) -> None:
        """Go to the previous pane."""
        self._step(-1)

    def action_pane_nodes(self) -> None:
        """Go to the nodes."""
        self.go("nodes")

    def action_pane_resources(self) -> None:
        """Go to the resources."""
        self.go("resources")

    def action_pane_feed(self) -> None:
        """Go to the feed."""
        self.go("feed")

    def action_pane_output(self) -> None:
        """Go to the output of commands."""
        self.go("output")

    @property
    def open_list(self) -> NodesPane | ResourcesPane:
        """The list of objects that is open, or was open last."""
        return self.resources if self._open_list == "resources" else self.nodes

    @property
    def scope(self) -> Scope:
        """Scope of the keys: the pane with the focus, or the command line."""
        name = self.focused.id if self.focused is not None else ""
        scopes: dict[str, Scope] = {
            "nodes": "nodes", "resources": "resources", "feed": "feed", "timeline": "timeline",
            "page": "page", "output": "output", "command": "command",
        }  # fmt: skip
        return scopes.get(name or "", "app")

    def unmark(self) -> None:
        """Clear all marks in the lists."""
        self.nodes.unmark()
        self.resources.unmark()

    def action_pane_cluster(self) -> None:
        """Open the details of the cluster."""
        self.post_message(self.PageAsked(Reference("cluster", "")))

    def action_pane_timeline(self) -> None:
        """Go to the timeline."""
        self.go("timeline")

    def go_back(self) -> bool:
        """Close or clear the filter, or clear the marks; return True if only a page is left."""
        if self._filter is not None and self.focused is self._filter:
            self._filter.leave(shows_all=True)
        elif isinstance(self.focused, Listing | Feed) and self.focused.narrowed_by:
            self.focused.narrow("")
        elif self.has_class("-page") and self.focused is self.page:
            return True
        else:
            if self.focused in (self.nodes, self.resources):
                self.unmark()
            self.go("page" if self.has_class("-page") else self._open_list)
        return False
