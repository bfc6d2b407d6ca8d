"""The screen that stays open: nodes, resources, feed, output, and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from crmtui.cluster.words import count
from crmtui.tui.assistance import Assistance
from crmtui.tui.bindings import bindings_of, command_methods, keys_over_typing
from crmtui.tui.ghosts import ghosted
from crmtui.tui.look import node_rows, resource_rows
from crmtui.tui.plan import LEAST, PANES, is_wide, title
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.forecast_line import ForecastLine
from crmtui.tui.widgets.header import Header
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.tui.widgets.output import Output
from crmtui.tui.widgets.panes import NodesPane, ResourcesPane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from crmtui.cluster.model import Cluster
    from crmtui.crm.snapshot import Snapshot
    from crmtui.tui.marks import Marks


class MainScreen(Screen[None]):
    """Lays the panes out, moves the focus between them, and hands values down to them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("app")

    def __init__(
        self,
        *,
        keys: Mapping[str, tuple[str, ...]],
        marks: Marks,
    ) -> None:
        super().__init__()
        self._marks = marks
        self._open_list = "nodes"
        self.is_too_small = False
        """Whether this terminal has no room for the screen."""
        self._cluster: Cluster | None = None
        self._entitled: dict[str, str] = {}
        folds = (marks.unfolded, marks.folded)
        self.header = Header(id="header")
        self.nodes = NodesPane(
            empty="No nodes yet", fold_marks=folds, mark=marks.marked, id="nodes"
        )
        self.resources = ResourcesPane(
            empty="No resources yet", fold_marks=folds, mark=marks.marked, id="resources"
        )
        self.feed = Feed(mark=marks.changed, id="feed")
        self.output = Output(glyphs=marks.severity, id="output")
        self.progress = Static(id="progress", markup=False)
        self.forecast = ForecastLine(id="forecast")
        self.command = CommandLine(
            methods=command_methods(keys),
            outer_keys=keys_over_typing(keys),
            id="command",
        )
        self.assistance = Assistance(self.command, keys)

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.header
        with Container(id="lists"):
            with Vertical(id="left"):
                yield self.nodes
                yield self.resources
            yield self.feed
        yield self.output
        yield self.progress
        yield self.forecast
        yield self.command
        yield from self.assistance.widgets()
        yield Static("", id="too-small", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the panes and start in the command line."""
        for name in PANES:
            self._entitle(name)
        self.progress.display = False
        self.assistance.start()
        self._go("command")  # where a word typed by habit does no harm

    def on_resize(self, event: events.Resize) -> None:
        """Show everything at once where there is room, else one list open at a time."""
        width, height = event.size
        self.set_class(not is_wide(event.size), "-compact")
        self.is_too_small = width < LEAST[0] or height < LEAST[1]
        self.set_class(self.is_too_small, "-too-small")
        self.query_one("#too-small", Static).update(
            f"This terminal has {width}x{height} characters; crmtui needs {LEAST[0]}x{LEAST[1]}."
            " Make it larger."
        )

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Open the list that got the focus."""
        if event.widget.id in ("nodes", "resources", "feed"):
            self._open_list = event.widget.id
        for name in ("nodes", "resources", "feed"):
            self._pane(name).set_class(name == self._open_list, "-open")
        self.query_one("#left").set_class(self._open_list != "feed", "-open")
        if event.widget is not self.command:
            self.assistance.leave()

    def show(self, snapshot: Snapshot, way: str) -> None:
        """Show another picture of the cluster; ``way`` is how changes are followed."""
        self._cluster = snapshot.cluster
        self._show_lists()
        self.feed.show(snapshot.feed)
        counts = count(snapshot.cluster)
        self._entitle("nodes", counts.nodes_words)
        self._entitle("resources", counts.resources_words)
        self._entitle("feed", way)

    @on(ForecastLine.Shown)
    def _show_lists(self) -> None:
        """Show nodes and resources, and beside them where a forecast would have them."""
        if self._cluster is not None:
            foreseen = self.forecast.forecast
            self.nodes.show(ghosted(node_rows(self._cluster, self._marks), foreseen))
            self.resources.show(ghosted(resource_rows(self._cluster, self._marks), foreseen))

    def go_blind(self, *, is_blind: bool) -> None:
        """Dim the last picture while it is not known whether it still holds."""
        self.set_class(is_blind, "-blind")

    def show_progress(self, sentence: str) -> None:
        """Show how far the cluster is with an action; empty hides the line."""
        self.progress.update(sentence)
        self.progress.display = bool(sentence)

    def show_running(self, sentence: str) -> None:
        """Say in the output's title what runs; empty when nothing does."""
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
            self._go(self._open_list)

    def _pane(self, name: str) -> Widget:
        panes: dict[str, Widget] = {
            "nodes": self.nodes,
            "resources": self.resources,
            "feed": self.feed,
            "output": self.output,
            "command": self.command,
        }
        return panes[name]

    def _entitle(self, name: str, summary: str = "") -> None:
        words = title(name, summary)
        if self._entitled.get(name) != words:  # a title paints its whole pane again
            self._entitled[name] = words
            # A text would be taken for markup, and a summary may hold words from the cluster.
            self._pane(name).border_title = Content(words)

    def _go(self, name: str) -> None:
        # Not Widget.focus(), which comes later: the next key is to find the focus moved.
        self.set_focus(self._pane(name))

    def _step(self, by: int) -> None:
        focused = self.focused.id if self.focused is not None else None
        at = PANES.index(focused) + by if focused in PANES else 0
        self._go([*PANES, "command"][at % (len(PANES) + 1)])

    def action_command_focus(self) -> None:
        """Go to the command line."""
        self._go("command")

    def action_pane_next(self) -> None:
        """Go to the next pane."""
        self._step(1)

    def action_pane_previous(self) -> None:
        """Go to the previous pane."""
        self._step(-1)

    def action_pane_nodes(self) -> None:
        """Go to the nodes."""
        self._go("nodes")

    def action_pane_resources(self) -> None:
        """Go to the resources."""
        self._go("resources")

    def action_pane_feed(self) -> None:
        """Go to the feed."""
        self._go("feed")

    def action_pane_output(self) -> None:
        """Go to the output of commands."""
        self._go("output")

    @property
    def selection(self) -> tuple[str, tuple[str, ...]]:
        """Return the kind and the names of the objects that are selected in the open list."""
        pane = self.resources if self._open_list == "resources" else self.nodes
        return pane.KIND, pane.names

    def unmark(self) -> None:
        """Take all marks away."""
        self.nodes.unmark()
        self.resources.unmark()

    def go_back(self) -> None:
        """Return to the list that is open; from a list, take its marks away."""
        if self.focused in (self.nodes, self.resources):
            self.unmark()
        self._go(self._open_list)
