"""Watch controller: brings each snapshot of the cluster to panes, header, timeline and pages.

Only reads the cluster, and works without crm.
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
    """Shows each snapshot of the cluster, and the pages of its objects.

    Args:
        app: The app, to which the watch's thread posts messages.
        target: The cluster.
        screen: The main screen.
        watch: The watch on the target.
        appearance: The appearance, which adopts the colours of the cluster.
        knowledge: Returns the knowledge of agents and properties; None until crm runs.
        lock: Returns the read-only lock; empty while changes are allowed.
        see: Called with the cluster of each snapshot before it is shown.
        follow_up: Called after each snapshot, and after each failure to take one.
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
        """The cluster in the last snapshot; None before the first."""
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
        """Pages of single objects."""

    def start(self) -> None:
        """Begin to follow the cluster."""
        self._watch.start()
        if isinstance(first := self._watch.first(0), Snapshot):
            # Shown before the first paint, so that the first paint is complete.
            self._update(first)
        self._watch.listen(self._post)
        self.show_header()

    def refresh(self) -> None:
        """Take a snapshot now."""
        self._watch.refresh()

    def stop(self) -> None:
        """End the watch; safe to call from any thread."""
        self._watch.stop()

    @property
    def refusal(self) -> str:
        """Reason, as a sentence, why changes are refused now; else empty."""
        return self._watch.freshness().refusal

    def _post(self, news: Snapshot | CrmtuiError) -> None:
        if isinstance(news, CrmtuiError):
            self._app.post_message(ClusterLost(news))
        else:
            self._app.post_message(ClusterUpdated(news))

    def take(self, message: Message) -> None:
        """Handle a message of the watch, or a wish of the user to see more."""
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

    # Snapshots.

    def _update(self, snapshot: Snapshot) -> None:
        """Show a new snapshot."""
        if snapshot is self._shown:
            return
        self._shown = snapshot
        self.cluster, self._verdict = snapshot.cluster, judge(snapshot.cluster)
        self._is_in_trouble = False
        self._see(snapshot.cluster)
        self._appearance.see(snapshot.cluster.name, self._target.name)
        self._screen.show(snapshot, self._watch.way)
        self.show_header()
        self._app.call_after_refresh(self._after_paint, snapshot)

    def _after_paint(self, snapshot: Snapshot) -> None:
        """Do the work that can wait until the snapshot is painted."""
        self._follow_up()
        for trouble in self._appearance.take_trouble():
            self._screen.output.say(trouble, "error")
        if instead := self._timeline_keeper.reach(self._target.name, snapshot.taken):
            self._screen.output.say(instead, "warning")
        self._timeline_keeper.see(snapshot.cluster, snapshot.taken)
        self.details.see(snapshot.cluster, snapshot.taken)

    def _lose(self, error: CrmtuiError) -> None:
        """Keep the last snapshot, dimmed, and show why there is no newer one."""
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
        """Show state of the cluster and age of the snapshot in the top line."""
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
