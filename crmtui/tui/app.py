"""Textual app: connects screens and controllers, and routes their messages and keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from textual import events, on, work
from textual._callback import invoke
from textual.widgets import Input, TextArea

from crmtui.backend.watch.watch import Watch
from crmtui.settings import Settings
from crmtui.tui.controllers.app_context import AppContext
from crmtui.tui.controllers.closing import Closing
from crmtui.tui.controllers.preferences import PreferencesController
from crmtui.tui.controllers.tour import TourController
from crmtui.tui.controllers.watch_controller import WatchController
from crmtui.tui.messages import (
    CloselySeen,
    ClusterLost,
    ClusterUpdated,
    Copied,
    FormAsked,
    SessionSpoke,
)
from crmtui.tui.presentation.key_names import key_name
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.main import MainScreen
from crmtui.tui.screens.why_screen import WhyScreen
from crmtui.tui.textual_ext.bindings import LiveKeys
from crmtui.tui.textual_ext.pressed import led_by, pressed
from crmtui.tui.textual_ext.terminal_app import TerminalApp
from crmtui.tui.theming.appearance import Appearance
from crmtui.tui.theming.ascii import AsciiFilter
from crmtui.tui.theming.marks import ASCII, UNICODE
from crmtui.tui.theming.monochrome import Monochrome
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import ObjectsPane, ResourcesPane
from crmtui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from textual.binding import Binding
    from textual.filter import LineFilter
    from textual.message import Message

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.cluster.model import Cluster
    from crmtui.keymap import Keymap
    from crmtui.tui.controllers.crm_link import CrmLink
    from crmtui.tui.presentation.headline import Lock
    from crmtui.tui.textual_ext.terminal_messages import InputSpoilt

_STARTED_READ_ONLY = (
    "crmtui was started read-only, and stays so: to change something, start it without --read-only and"
    " without CRMTUI_READ_ONLY."
)
_TICK_SECONDS = 1.0
_CLOSING_SECONDS = 1.6
"""Longest wait at exit for watch and crm, in seconds."""
_FRAME = 4
"""Width of the output's border and scroll bar, in columns."""


class CrmtuiApp(TerminalApp):
    """One screen on one target, with a command line below it.

    Args:
        target: The cluster.
        keymap: The keys of each action.
        is_ascii: True to paint in ASCII only.
        lock: Read-only lock at the start; ``started`` holds for the whole run.
        watch: The watch on the target, if it runs already.
        is_seamless: True if the splash is on the terminal already.
        settings: The user's settings.
        trouble: Problems with settings and keymap, as sentences.
        clock: Seconds from an arbitrary beginning, to time the cluster's reactions.
        has_few_colours: True for a terminal with only sixteen colours.
        tour: Start of the tour: ``offer`` it, ``begin`` it, or neither.
    """

    CSS_PATH = "crmtui.tcss"
    TITLE = "crmtui"

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
        clock: Callable[[], float] = time.monotonic,
        has_few_colours: bool = False,
        tour: Literal["", "offer", "begin"] = "",
    ) -> None:
        settings = settings or Settings(keymap=keymap.name)
        self.appearance = Appearance(settings, has_few_colours=has_few_colours)
        """Theme, frame and motion."""
        super().__init__(clock, self._giving_up, is_seamless=is_seamless)
        self.appearance.begin(self)
        self._target = target
        self._keys_of = LiveKeys(keymap.keys)
        self._ascii = [AsciiFilter()] if is_ascii else []
        self.main = MainScreen(keys=self._keys_of, marks=ASCII if is_ascii else UNICODE)
        self.preferences = PreferencesController(
            self, self.main, self._keys_of, keymap, self.appearance, settings
        )
        """Settings and keymap."""
        self._trouble = trouble
        self.lock = lock
        """Read-only lock; empty while changes are allowed."""
        self.watch_controller = WatchController(
            self,
            target,
            self.main,
            watch or Watch(target),
            appearance=self.appearance,
            knowledge=self._find_knowledge,
            lock=lambda: self.lock,
            see=self._see,
            follow_up=self.follow_up,
        )
        """Watch on the cluster, and the panes that show it."""
        self._bounded_closing = Closing()
        self._has_told_of_input = False
        self._clock = clock
        self._tour_controller = TourController(self, self.main, self._keys_of)
        self._tour = tour
        self.crm_link: CrmLink | None = None
        """Link to crm; None until the first snapshot."""
        self.discards_uncommitted = False
        """True once the user chose, on quitting, to discard uncommitted changes."""
        self.set_class(is_ascii, "-ascii")

    @property
    def cluster(self) -> Cluster | None:
        """The cluster in the last snapshot; None before the first."""
        return self.watch_controller.cluster

    # Appearance.

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, and those for terminals without colours or Unicode."""
        others = [Monochrome()] if self.no_color else super().get_line_filters()
        return [*others, *self._ascii]

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, and of this cluster's frame."""
        return self.appearance.variables(super().get_css_variables())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Stop the cursor from blinking if motion is reduced."""
        if self.appearance.is_still and isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    def get_key_display(self, binding: Binding) -> str:
        """Name keys in the footer as help and README do."""
        return key_name(binding.key)

    # Start and exit.

    async def on_mount(self) -> None:
        """Open the screen, take keys, and begin to follow the cluster."""
        self.take_keys()
        self._bounded_closing.begin_to_heed()
        self.preferences.start()
        await self.push_screen(self.main)
        for sentence in self._trouble:
            self.main.output.say(sentence, "warning")
        self.watch_controller.start()
        self.set_interval(_TICK_SECONDS, self._tick)

    async def on_unmount(self) -> None:
        """End watch and crm in bounded time, even if one of them hangs.

        Signal handlers stay until the loop ends: a second signal must not cut off the exit.
        """
        self._bounded_closing.end_waits()
        forgets = self.discards_uncommitted
        crm = self.crm_link.closing(forgets=forgets) if self.crm_link is not None else ()
        await self._bounded_closing.close(_CLOSING_SECONDS, self.watch_controller.stop, *crm)

    def exit(
        self,
        result: int | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Exit, and end the programs that threads wait for, as they would hold up the exit."""
        self._bounded_closing.end_waits()
        super().exit(result, return_code, message)

    def on_input_spoilt(self, message: InputSpoilt) -> None:
        """Warn once about unreadable bytes from the terminal."""
        if not self._has_told_of_input:
            self._has_told_of_input = True
            self.main.output.say(message.sentence, "warning")

    # crm.

    def _find_knowledge(self) -> LiveKnowledge | None:
        return self.crm_link.knowledge if self.crm_link is not None else None

    def _see(self, cluster: Cluster) -> None:
        if self.crm_link is not None:
            self.crm_link.see(cluster)

    def _tick(self) -> None:
        """Refresh the age of the snapshot, the time of the running line, and the progress."""
        self.watch_controller.show_header()
        self.gc_pauses.tick()
        if self.crm_link is not None:
            self.crm_link.tick()

    def follow_up(self) -> None:
        """Start crm, after the first snapshot is painted: the start takes half a second of CPU."""
        from crmtui.tui.controllers.crm_link import CrmLink

        if self.crm_link is None:
            self.crm_link = CrmLink(
                self,
                self._target,
                self.main,
                app_context=AppContext(
                    keys=self._keys_of,
                    refusal=lambda: self.watch_controller.refusal,
                    lock=lambda: self.lock,
                    where=self._where,
                    clock=self._clock,
                ),
                quit_app=self.action_app_quit,
                finished=lambda _reply: self.watch_controller.refresh(),
                columns=self.size.width - _FRAME,
            )
            self.crm_link.start(self.cluster)
            self._tour_controller.start(self._tour)
            self.gc_pauses.begin()

    def _where(self) -> str:
        named = self.cluster.name if self.cluster is not None else ""
        return f"{self._target.kind.upper()} {named or self._target.name}"

    # Messages.

    @on(CommandLine.Submitted)
    @on(CommandLine.Edited)
    @on(CommandLine.Answered)
    @on(CommandLine.Cleared)
    @on(ObjectsPane.ActionAsked)
    @on(PagePane.ClearAsked)
    @on(FormAsked)
    @on(SessionSpoke)
    def _pass_to_crm(self, message: Message) -> None:
        if self.crm_link is not None:
            self.crm_link.take(message)

    @on(ClusterUpdated)
    @on(ClusterLost)
    @on(CloselySeen)
    @on(Feed.OptionsChosen)
    @on(ObjectsPane.Opened)
    @on(ObjectsPane.Refused)
    @on(Copied)
    @on(PagePane.Followed)
    @on(MainScreen.PageAsked)
    @on(MainScreen.PageLeft)
    @on(TimelinePane.Seen)
    @on(TimelinePane.Followed)
    @on(TimelinePane.ExportAsked)
    def _pass_to_watch(self, message: Message) -> None:
        self.watch_controller.take(message)

    @on(CommandLine.Ended)
    def _end(self) -> None:
        self.action_app_quit()

    @on(ResourcesPane.WhyAsked)
    def _explain(self, message: ResourcesPane.WhyAsked) -> None:
        self.push_screen(WhyScreen(self._target, message.resource))

    # Actions of keys.

    def action_app_refresh(self) -> None:
        """Take a snapshot of the cluster now."""
        self.watch_controller.refresh()

    def action_app_back(self) -> None:
        """Close the filter, clear the marks, or return to the page before."""
        if self.main.go_back():
            self.watch_controller.details.back()

    def action_app_settings(self) -> None:
        """Open the settings."""
        self.preferences.open()

    def action_app_help(self) -> None:
        """Open the help with all keys."""
        self.push_screen(HelpScreen(self._keys_of, self.main.scope))

    def action_app_actions(self) -> None:
        """Open the menu of actions for the selected objects."""
        if self.crm_link is not None:
            objects = self.main.open_list
            if not objects.names:
                objects.refuse()
            self.crm_link.key_actions.choose(objects.KIND, objects.names, pressed())

    def action_app_log(self) -> None:
        """Open the action log."""
        if self.crm_link is not None:
            self.crm_link.show_log()

    def action_app_undo(self) -> None:
        """Let the user choose a change of the configuration, and undo it."""
        if self.crm_link is not None:
            self.crm_link.undo_redo.undo(pressed())

    def action_app_redo(self) -> None:
        """Redo the change that was undone last."""
        if self.crm_link is not None:
            self.crm_link.undo_redo.redo(pressed())

    def action_app_stop(self) -> None:
        """Stop the running line or query."""
        if self.crm_link is not None and not self.crm_link.stop_key.stop():
            self.main.output.say("Nothing runs that could be stopped.", "note")

    @work
    async def action_app_palette(self) -> None:
        """Open the palette, and run the chosen entry."""
        from crmtui.tui.palette.entries import entries
        from crmtui.tui.screens.palette_screen import PaletteScreen

        if self.screen is not self.main:
            return
        chosen = await self.push_screen_wait(PaletteScreen(entries(self, self._keys_of)))
        if chosen is not None:
            with led_by(*pressed(), "enter"):  # Enter chose the entry
                await invoke(chosen.run)

    def show_guide(self, topic: str) -> None:
        """Open the guide on ``topic``."""
        from crmtui import guides
        from crmtui.tui.screens.guide import GuideScreen

        self.push_screen(GuideScreen(guides.read(topic)))

    def show_tour(self) -> None:
        """Start the tour."""
        self._tour_controller.begin()

    def _giving_up(self) -> tuple[str, ...]:
        return "escape", *self._keys_of["app.stop"]

    def takes(self, key: events.Key) -> bool:
        """Handle the keys of the tour's offer and of stopping; return True for a handled key."""
        if self._tour_controller.takes(key):
            return True
        return self.crm_link is not None and self.crm_link.stop_key.takes(key.key)

    def action_app_lock(self) -> None:
        """Lock the gate (read-only), or unlock it."""
        if self.lock == "started":
            self.main.output.say(_STARTED_READ_ONLY, "warning")
            return
        self.lock = "" if self.lock else "locked"
        is_now = "Read-only: nothing can be changed" if self.lock else "Unlocked"
        self.main.output.say(f"{is_now}.", "note")
        self.watch_controller.show_header()
        if self.crm_link is not None:
            self.crm_link.live_forecast.hear(self.main.command.view)

    # Uncommitted changes, and quitting.

    def action_app_pending(self) -> None:
        """Show the uncommitted changes."""
        if self.crm_link is not None and self.screen is self.main:
            self.crm_link.dispatcher.look_at_pending()

    @work
    async def action_app_quit(self) -> None:
        """Quit; ask first about uncommitted changes."""
        choice = await self.crm_link.uncommitted.choose() if self.crm_link is not None else "keep"
        if choice == "commit" and self.crm_link is not None:
            self.crm_link.session_view.quit_committing()
        elif choice != "stay":
            self.discards_uncommitted = choice == "discard"
            self.exit(0)
