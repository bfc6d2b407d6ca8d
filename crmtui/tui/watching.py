"""The half of the app that looks: at the cluster as it changes, and at one thing closely.

It needs no crm and changes nothing; what goes to crm is in ``crmtui.tui.app``, on top of it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import App
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from crmtui.backend.process.cancellation import Cancelled
from crmtui.backend.watch.snapshot import Snapshot
from crmtui.backend.watch.watch import Watch
from crmtui.cluster.details.page import Reference
from crmtui.cluster.verdict import Verdict, judge
from crmtui.errors import CrmtuiError
from crmtui.settings import Settings
from crmtui.text import MARK, told_bytes
from crmtui.tui.controllers.closing import Closing
from crmtui.tui.controllers.details_opener import DetailsController
from crmtui.tui.controllers.preferences import PreferencesController
from crmtui.tui.controllers.timeline_keeper import TimelineKeeper
from crmtui.tui.messages import CloselySeen, ClusterLost, ClusterUpdated, Copied
from crmtui.tui.presentation.headline import pieces, unseen
from crmtui.tui.presentation.key_names import key_name, key_names
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.main import MainScreen
from crmtui.tui.textual_ext.bindings import LiveKeys
from crmtui.tui.textual_ext.driver import SeamlessDriver, TerminalDriver
from crmtui.tui.theming.appearance import Appearance
from crmtui.tui.theming.ascii import AsciiFilter
from crmtui.tui.theming.marks import ASCII, UNICODE
from crmtui.tui.theming.monochrome import Monochrome
from crmtui.tui.widgets.export import export
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import ObjectsPane
from crmtui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from textual.binding import Binding
    from textual.filter import LineFilter

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.timeline import Timeline
    from crmtui.keymap import Keymap
    from crmtui.tui.presentation.headline import Lock
    from crmtui.tui.textual_ext.terminal_messages import InputSpoilt

_TICK_SECONDS = 1.0
_CLOSING_SECONDS = 1.6
"""How long whatever was opened may take to end."""


class WatchingApp(App[int], inherit_bindings=False):
    """One screen that follows one target.

    Args:
        target: The cluster.
        keymap: Which keys do what.
        is_ascii: Whether nothing but ASCII may be painted.
        lock: Whether to begin locked: nothing can be changed, for all of this run perhaps.
        watch: The watch on the target, where it has been started already.
        is_seamless: Whether a first picture is on the terminal already.
        settings: What the user has set.
        trouble: What of settings and keymap cannot be used, as sentences.
        has_few_colours: Whether the terminal has sixteen colours, and no more.
    """

    CSS_PATH = "crmtui.tcss"
    TITLE = "crmtui"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(
        self,
        target: Target,
        keymap: Keymap,
        *,
        is_ascii: bool = False,
        lock: Lock = "",
        watch: Watch | None = None,
        is_seamless: bool = False,
        settings: Settings | None = None,
        trouble: Sequence[str] = (),
        has_few_colours: bool = False,
    ) -> None:
        settings = settings or Settings(keymap=keymap.name)
        self.appearance = Appearance(settings, has_few_colours=has_few_colours)
        """Theme, frame and motion."""
        super().__init__(driver_class=SeamlessDriver if is_seamless else TerminalDriver)
        self.appearance.begin(self)
        self._target = target
        self._keys_of = LiveKeys(keymap.keys)
        self._ascii = [AsciiFilter()] if is_ascii else []
        self._watch = watch or Watch(target)
        self.main = MainScreen(
            keys=self._keys_of,
            marks=ASCII if is_ascii else UNICODE,
        )
        self.preferences = PreferencesController(
            self, self.main, self._keys_of, keymap, self.appearance, settings
        )
        """What the user prefers."""
        self._trouble = trouble
        self._shown: Snapshot | None = None
        self.cluster: Cluster | None = None
        """The last picture of the cluster; None before the first."""
        self._timeline_keeper = TimelineKeeper(self._show_timeline, target.name)
        self.details = DetailsController(
            self,
            target,
            knowledge=self.find_knowledge,
            show=self.main.show_page,
            configured=self._timeline_keeper.configured,
        )
        """What is looked at closely."""
        self._verdict: Verdict | None = None
        self._is_in_trouble = False
        self._leaving = Closing()
        self._has_told_of_input = False
        self.end_editor: Callable[[], None] = nothing
        """Ends the editor that has the terminal; does nothing where none has."""
        self.lock = lock
        """Whether nothing may change anything."""
        self.set_class(is_ascii, "-ascii")

    @property
    def has_terminal(self) -> bool:
        """Whether Textual has taken the terminal over, and so gives it back as it was."""
        driver = self._driver
        return not isinstance(driver, SeamlessDriver) or driver.is_taken_over

    @property
    def defect(self) -> BaseException | None:
        """What ended the app against its will; None where it was left."""
        error = self._exception
        cause = error.error if isinstance(error, WorkerFailed) else error
        return None if isinstance(cause, Cancelled) else cause

    def _print_error_renderables(self) -> None:
        """Leave it to who ran the app to tell of a defect: Textual would print all of its traceback."""
        self._exit_renderables.clear()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, and ours for terminals that know ASCII only, or no colours."""
        others = [Monochrome()] if self.no_color else super().get_line_filters()
        return [*others, *self._ascii]

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, and of the frame of this cluster."""
        return self.appearance.variables(super().get_css_variables())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink where nothing may."""
        if self.appearance.is_still and isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    def get_key_display(self, binding: Binding) -> str:
        """Write keys in the footer as help and the README do."""
        return key_name(binding.key)

    async def on_mount(self) -> None:
        """Open the screen and begin to follow the cluster."""
        self._leaving.begin_to_heed()
        self.preferences.start()
        await self.push_screen(self.main)
        for sentence in self._trouble:
            self.main.output.say(sentence, "warning")
        self._watch.start()
        if isinstance(first := self._watch.first(0), Snapshot):
            # Before anything is painted: what is painted first is to be whole.
            self.on_cluster_updated(ClusterUpdated(first))
        self._watch.listen(self._saw)
        self._show_header()
        self.set_interval(_TICK_SECONDS, self.tick)

    async def on_unmount(self) -> None:
        """End what was opened, in bounded time, whatever hangs.

        The signals go on to be heard until the loop ends: a second one must not cut off the leaving.
        """
        self._leaving.end_waits()
        await self._leaving.close(_CLOSING_SECONDS, *self.to_close())

    def exit(
        self,
        result: int | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave, and let nothing hold that up that a thread waits for."""
        self._leaving.end_waits()
        super().exit(result, return_code, message)

    def to_close(self) -> Sequence[Callable[[], None]]:
        """Return what ends what was opened; each is called in a thread."""
        return (self._watch.stop,)

    # The terminal, and an end that nobody asked the screen for.

    def end(self, status: int) -> None:
        """End with ``status``, as a signal asks for; for the main thread, whatever it is doing."""
        self.end_editor()
        if not self._exit:  # else it is being left, with a status of its own
            self._from_outside(self.exit, status)

    def die(self, defect: Exception) -> None:
        """End because of ``defect``, which has ended a thread; for any thread."""
        if self._exit:  # it is being left: told behind that
            self._exception = self._exception or defect
        else:
            self._from_outside(self.call_later, self._handle_exception, defect)

    def _from_outside(self, entry: Callable[..., object], *arguments: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended meanwhile, as was wanted
                self._loop.call_soon_threadsafe(entry, *arguments)

    def give_back(self) -> None:
        """Give the terminal back by force; for any thread."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.give_back()

    def on_pictures_left_out(self) -> None:
        """Paint all of it: the terminal has caught up."""
        self.refresh(layout=True)

    def on_input_spoilt(self, message: InputSpoilt) -> None:
        """Say once that the terminal sends what cannot be read."""
        if not self._has_told_of_input:
            self._has_told_of_input = True
            self.main.output.say(_spoilt(message.strays), "warning")

    # For whoever does more than look.

    def find_knowledge(self) -> LiveKnowledge | None:
        """Return what knows agents and properties, once it is there."""
        return None

    def see(self, cluster: Cluster) -> None:
        """Take note of another picture, before it is shown."""

    def follow_up(self) -> None:
        """Do what can wait until there is a picture, or word that there is none."""

    def tick(self) -> None:
        """Do what is due once a second."""
        self._show_header()

    # The cluster as it changes.

    def _saw(self, news: Snapshot | CrmtuiError) -> None:
        if isinstance(news, CrmtuiError):
            self.post_message(ClusterLost(news))
        else:
            self.post_message(ClusterUpdated(news))

    def on_cluster_updated(self, message: ClusterUpdated) -> None:
        """Show another picture of the cluster."""
        snapshot = message.snapshot
        if snapshot is self._shown:
            return
        self._shown = snapshot
        self.cluster, self._verdict = snapshot.cluster, judge(snapshot.cluster)
        self._is_in_trouble = False
        self.see(snapshot.cluster)
        self.appearance.see(snapshot.cluster.name, self._target.name)
        self.main.show(snapshot, self._watch.way)
        self._show_header()
        self.call_after_refresh(self._look_on, snapshot)

    def _look_on(self, snapshot: Snapshot) -> None:
        """Do what can wait until the picture is painted."""
        self.follow_up()
        for trouble in self.appearance.take_trouble():
            self.main.output.say(trouble, "error")
        if instead := self._timeline_keeper.reach(self._target.name, snapshot.taken):
            self.main.output.say(instead, "warning")
        self._timeline_keeper.see(snapshot.cluster, snapshot.taken)
        self.details.see(snapshot.cluster, snapshot.taken)

    def on_cluster_lost(self, message: ClusterLost) -> None:
        """Keep the last picture, dimmed, and say why there is no newer one."""
        if not self._is_in_trouble:
            self.main.output.say(str(message.error), "error")
        self._is_in_trouble = True
        self._timeline_keeper.lose(message.error.what)
        self._show_header()
        self.call_after_refresh(self.follow_up)

    def _show_header(self) -> None:
        seen, badge = self._watch.sight(), self._target.kind.upper()
        self.main.go_blind(is_blind=not seen.is_clear)
        parts = pieces(
            badge,
            self._target.name,
            self.cluster,
            self._verdict,
            seen,
            lock=self.lock,
            label=self.appearance.cluster.label,
            is_still=self.appearance.is_still,
        )
        news = unseen(
            self._timeline_keeper.timeline.new_faults, key_names(self._keys_of["pane.timeline"][:1])
        )
        self.main.header.parts = (*parts, *news)

    def action_app_refresh(self) -> None:
        """Look at the cluster now."""
        self._watch.look()

    @on(Feed.OptionsChosen)
    def _choose_feed(self, message: Feed.OptionsChosen) -> None:
        self._watch.feed(message.options.command)

    # The timeline.

    def _show_timeline(self, timeline: Timeline) -> None:
        self.main.show_timeline(timeline)
        self._show_header()

    @on(TimelinePane.Seen)
    def _see_timeline(self) -> None:
        self._timeline_keeper.saw()
        self._show_header()

    @on(TimelinePane.Followed)
    def _follow_entry(self, message: TimelinePane.Followed) -> None:
        if not self.main.reveal(node=message.node, resource=message.resource):
            self.main.output.say(f"{message.node or message.resource} is in no list.", "note")

    @on(TimelinePane.ExportAsked)
    def _export_timeline(self, message: TimelinePane.ExportAsked) -> None:
        self.main.output.say(*export("timeline", message.text))

    # One thing closely.

    @on(ObjectsPane.Opened)
    def _open_object(self, message: ObjectsPane.Opened) -> None:
        self.details.open(Reference(message.kind, message.name))

    @on(PagePane.Followed)
    @on(MainScreen.PageAsked)
    def _open_page(self, message: PagePane.Followed | MainScreen.PageAsked) -> None:
        self.details.open(message.reference)

    @on(MainScreen.PageLeft)
    def _close_page(self) -> None:
        self.details.close()

    def on_closely_seen(self, message: CloselySeen) -> None:
        """Show what was found out beyond the picture."""
        self.details.learn(message.learnt)

    def action_app_back(self) -> None:
        """Close what is open, or return to the list that is."""
        if self.main.go_back():
            self.details.back()

    # What is said about the screen itself.

    @on(Copied)
    def _say_copied(self, message: Copied) -> None:
        self.main.output.say(f"Copied {message.what} to the terminal's clipboard.", "note")

    def action_app_settings(self) -> None:
        """Show the settings."""
        self.preferences.open()

    def action_app_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen(self._keys_of, self.main.scope))


def nothing() -> None:
    """Do nothing."""


def _spoilt(strays: bytes) -> str:
    if not strays:
        return "Part of what the terminal sent could not be read, and was left out."
    return (
        f"What was typed or pasted has bytes that are not UTF-8 ({told_bytes(strays)}), shown as "
        f"{MARK}. The terminal sends another encoding: set it to UTF-8, or paste from a UTF-8 file."
    )
