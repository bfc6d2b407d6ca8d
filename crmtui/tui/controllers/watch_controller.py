"""Watch on the cluster, and what follows it on the screen: panes, header, timeline and pages.

It needs no crm and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.watch.snapshot import Snapshot
from crmtui.cluster.details.page import Reference
from crmtui.cluster.verdict import Verdict, judge
from crmtui.errors import CrmtuiError
from crmtui.tui.controllers.details_opener import DetailsController
from crmtui.tui.controllers.timeline_keeper import TimelineKeeper
from crmtui.tui.messages import CloselySeen, ClusterLost, ClusterUpdated, Copied
from crmtui.tui.presentation.headline import pieces, unseen
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.screens.main import MainScreen
from crmtui.tui.widgets.export import export
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import ObjectsPane
from crmtui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.message import Message

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.backend.watch.watch import Watch
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.timeline import Timeline
    from crmtui.tui.presentation.headline import Lock
    from crmtui.tui.theming.appearance import Appearance


class WatchController:
    """Shows each picture of the cluster, and what is looked at closely.

    Args:
        app: Hears the watch, whose thread posts messages to it.
        target: The cluster.
        screen: Where it is shown.
        watch: The watch on the target.
        appearance: Takes the colours of the cluster.
        knowledge: Returns what knows agents and properties, once it is there.
        lock: Says whether nothing may change anything.
        see: Called with each picture before it is shown.
        follow_up: Called when there is a picture, or word that there is none.
    """

    def __init__(
        self,
        app: App[int],
        target: Target,
        screen: MainScreen,
        watch: Watch,
        *,
        appearance: Appearance,
        knowledge: Callable[[], LiveKnowledge | None],
        lock: Callable[[], Lock],
        see: Callable[[Cluster], None],
        follow_up: Callable[[], None],
    ) -> None:
        self._app = app
        self._target = target
        self._screen = screen
        self._watch = watch
        self._appearance = appearance
        self._lock = lock
        self._see = see
        self._follow_up = follow_up
        self._shown: Snapshot | None = None
        self.cluster: Cluster | None = None
        """The last picture of the cluster; None before the first."""
        self._verdict: Verdict | None = None
        self._is_in_trouble = False
        self._timeline_keeper = TimelineKeeper(self._show_timeline, target.name)
        self.details = DetailsController(
            app,
            target,
            knowledge=knowledge,
            show=screen.show_page,
            configured=self._timeline_keeper.configured,
        )
        """The pages of single objects."""

    def start(self) -> None:
        """Begin to follow the cluster."""
        self._watch.start()
        if isinstance(first := self._watch.first(0), Snapshot):
            # Before anything is painted: what is painted first is to be whole.
            self._update(first)
        self._watch.listen(self._post)
        self.show_header()

    def look(self) -> None:
        """Look at the cluster now."""
        self._watch.refresh()

    def stop(self) -> None:
        """End the watch; for any thread."""
        self._watch.stop()

    @property
    def refusal(self) -> str:
        """Reason why nothing may be written now, as a sentence; empty where it may."""
        return self._watch.freshness().refusal

    def _post(self, news: Snapshot | CrmtuiError) -> None:
        if isinstance(news, CrmtuiError):
            self._app.post_message(ClusterLost(news))
        else:
            self._app.post_message(ClusterUpdated(news))

    def take(self, message: Message) -> None:
        """Show what the watch has seen, or what somebody wants to look at."""
        match message:
            case ClusterUpdated(snapshot=snapshot):
                self._update(snapshot)
            case ClusterLost(error=error):
                self._lose(error)
            case CloselySeen(learnt=learnt):
                self.details.learn(learnt)
            case Feed.OptionsChosen(options=options):
                self._watch.feed(options.command)
            case ObjectsPane.Opened(kind=kind, name=name):
                self.details.open(Reference(kind, name))
            case ObjectsPane.Refused(why=why):
                self._screen.output.say(why, "warning")
            case Copied(what=what):
                self._screen.output.say(f"Copied {what} to the terminal's clipboard.", "note")
            case PagePane.Followed() | MainScreen.PageAsked():
                self.details.open(message.reference)
            case MainScreen.PageLeft():
                self.details.close()
            case TimelinePane.Seen():
                self._timeline_keeper.saw()
                self.show_header()
            case TimelinePane.Followed(node=node, resource=resource):
                if not self._screen.reveal(node=node, resource=resource):
                    self._screen.output.say(f"{node or resource} is in no list.", "note")
            case TimelinePane.ExportAsked(text=text):
                self._screen.output.say(*export("timeline", text))

    # The cluster as it changes.

    def _update(self, snapshot: Snapshot) -> None:
        """Show another picture of the cluster."""
        if snapshot is self._shown:
            return
        self._shown = snapshot
        self.cluster, self._verdict = snapshot.cluster, judge(snapshot.cluster)
        self._is_in_trouble = False
        self._see(snapshot.cluster)
        self._appearance.see(snapshot.cluster.name, self._target.name)
        self._screen.show(snapshot, self._watch.way)
        self.show_header()
        self._app.call_after_refresh(self._look_on, snapshot)

    def _look_on(self, snapshot: Snapshot) -> None:
        """Do what can wait until the picture is painted."""
        self._follow_up()
        for trouble in self._appearance.take_trouble():
            self._screen.output.say(trouble, "error")
        if instead := self._timeline_keeper.reach(self._target.name, snapshot.taken):
            self._screen.output.say(instead, "warning")
        self._timeline_keeper.see(snapshot.cluster, snapshot.taken)
        self.details.see(snapshot.cluster, snapshot.taken)

    def _lose(self, error: CrmtuiError) -> None:
        """Keep the last picture, dimmed, and say why there is no newer one."""
        if not self._is_in_trouble:
            self._screen.output.say(str(error), "error")
        self._is_in_trouble = True
        self._timeline_keeper.lose(error.what)
        self.show_header()
        self._app.call_after_refresh(self._follow_up)

    def _show_timeline(self, timeline: Timeline) -> None:
        self._screen.show_timeline(timeline)
        self.show_header()

    def show_header(self) -> None:
        """Say in the top line how the cluster is, and how old the picture of it."""
        seen, badge = self._watch.freshness(), self._target.kind.upper()
        self._screen.go_blind(is_blind=not seen.is_clear)
        parts = pieces(
            badge,
            self._target.name,
            self.cluster,
            self._verdict,
            seen,
            lock=self._lock(),
            label=self._appearance.cluster.label,
            is_still=self._appearance.is_still,
        )
        timeline_key = key_names(self._screen.keys["pane.timeline"][:1])
        news = unseen(self._timeline_keeper.timeline.new_faults, timeline_key)
        self._screen.header.parts = (*parts, *news)
