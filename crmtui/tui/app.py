"""The Textual app: holds the sessions, routes what they tell to the screen and keys back to them."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App, SuspendNotSupported

from crmtui.cluster.details.page import Reference
from crmtui.cluster.verdict import Verdict, judge
from crmtui.crm.editing import edit
from crmtui.crm.events import HintGiven
from crmtui.crm.snapshot import Snapshot
from crmtui.crm.watch import Watch
from crmtui.errors import CrmtuiError
from crmtui.tui.ascii import AsciiFilter
from crmtui.tui.bindings import key_name, key_names
from crmtui.tui.chronicle import Chronicle
from crmtui.tui.closer_look import CloserLook
from crmtui.tui.driver import SeamlessDriver
from crmtui.tui.export import export
from crmtui.tui.headline import pieces, unseen
from crmtui.tui.mailbox import Mailbox
from crmtui.tui.marks import ASCII, UNICODE
from crmtui.tui.messages import (
    CloselySeen,
    ClusterLost,
    ClusterUpdated,
    Copied,
    FormAsked,
    SessionSpoke,
)
from crmtui.tui.screens.help import HelpScreen
from crmtui.tui.screens.leave import Choice, LeaveScreen
from crmtui.tui.screens.main import MainScreen
from crmtui.tui.screens.pending import PendingScreen
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.surroundings import Surroundings
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.page import PagePane
from crmtui.tui.widgets.panes import ObjectsPane, ResourcesPane
from crmtui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding
    from textual.filter import LineFilter

    from crmtui.cluster.model import Cluster
    from crmtui.cluster.timeline import Timeline
    from crmtui.crm.events import CrmReply, PendingShown, SessionEvent
    from crmtui.crm.target import Target
    from crmtui.keymap import Keymap
    from crmtui.tui.talk import Talk

_TICK_SECONDS = 1.0
_FRAME = 4
"""Columns of the output that are border and scroll bar."""
_ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end the program as its quit key would, with the terminal restored."""


class CrmtuiApp(App[int], inherit_bindings=False):
    """One screen on one target.

    Args:
        target: The cluster.
        keymap: Which keys do what.
        is_ascii: Whether nothing but ASCII may be painted.
        is_read_only: Whether to begin locked: nothing can be changed.
        watch: The watch on the target, where it has been started already.
        is_seamless: Whether a first picture is on the terminal already.
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
        is_read_only: bool = False,
        watch: Watch | None = None,
        is_seamless: bool = False,
    ) -> None:
        super().__init__(driver_class=SeamlessDriver if is_seamless else None)
        self._target = target
        self._keys_of = keymap.keys
        self._ascii = [AsciiFilter()] if is_ascii else []
        self._watch = watch or Watch(target)
        self._said: Mailbox[SessionEvent] = Mailbox(lambda: self.post_message(SessionSpoke()))
        self.main = MainScreen(
            keys=keymap.keys,
            marks=ASCII if is_ascii else UNICODE,
        )
        self.talk: Talk | None = None
        """What crm says and hears; None until the first picture is there."""
        self._shown: Snapshot | None = None
        self.cluster: Cluster | None = None
        """The last picture of the cluster; None before the first."""
        self._chronicle = Chronicle(self._show_timeline)
        self.closer = CloserLook(
            self,
            target,
            knowledge=lambda: self.talk.knowledge if self.talk is not None else None,
            show=self.main.show_page,
            configured=self._chronicle.configured,
        )
        """What is looked at closely."""
        self._verdict: Verdict | None = None
        self._is_in_trouble = False
        self.is_read_only = is_read_only
        """Whether nothing may change anything."""
        self._forgets = False
        """Whether the user leaves, and wants nothing of what is uncommitted."""
        self.set_class(is_ascii, "-ascii")

    @property
    def has_terminal(self) -> bool:
        """Whether Textual has taken the terminal over, and so gives it back as it was."""
        driver = self._driver
        return not isinstance(driver, SeamlessDriver) or driver.is_taken_over

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, and ours for terminals that know ASCII only."""
        return [*super().get_line_filters(), *self._ascii]

    def get_key_display(self, binding: Binding) -> str:
        """Write keys in the footer as help and the README do."""
        return key_name(binding.key)

    async def on_mount(self) -> None:
        """Open the screen, then the sessions, which take longer than the first picture."""
        self.set_keymap({name: ",".join(keys) for name, keys in self._keys_of.items()})
        await self.push_screen(self.main)
        self._watch.start()
        if isinstance(first := self._watch.first(0), Snapshot):
            # Before anything is painted: what is painted first is to be whole.
            self.on_cluster_updated(ClusterUpdated(first))
        self._watch.listen(self._saw)
        self._show_header()
        self.set_interval(_TICK_SECONDS, self._tick)
        for number in _ENDING:
            asyncio.get_running_loop().add_signal_handler(number, self.exit, 128 + number)

    def on_unmount(self) -> None:
        """End the sessions."""
        for number in _ENDING:
            asyncio.get_running_loop().remove_signal_handler(number)
        self._watch.stop()
        if self.talk is not None:
            self.talk.close(forgets=self._forgets)

    # What the threads tell.

    def _heard(self, event: SessionEvent) -> None:
        self._said.put(event)

    def _saw(self, news: Snapshot | CrmtuiError) -> None:
        if isinstance(news, CrmtuiError):
            self.post_message(ClusterLost(news))
        else:
            self.post_message(ClusterUpdated(news))

    def _start_crm(self) -> None:
        # Behind the first picture: to load and to start crm takes a processor for half a second.
        from crmtui.tui.talk import Talk

        if self.talk is None:
            self.talk = Talk(
                self,
                self._target,
                self.main,
                surroundings=Surroundings(
                    keys=self._keys_of,
                    refusal=lambda: self._watch.sight().refusal,
                    is_read_only=lambda: self.is_read_only,
                    where=self._where,
                    trouble=lambda why: self._heard(HintGiven(why)),
                ),
                post=self._heard,
                edit=self._edit,
                leave=self._leave,
                finished=self._finished,
                show_pending=self._show_pending,
                columns=self.size.width - _FRAME,
            )
            self.talk.start(self.cluster)
            # What is loaded by now stays: the collector need not look at it time and again.
            gc.freeze()
            gc.enable()

    def on_cluster_updated(self, message: ClusterUpdated) -> None:
        """Show another picture of the cluster."""
        snapshot = message.snapshot
        if snapshot is self._shown:
            return
        self._shown = snapshot
        self.cluster, self._verdict = snapshot.cluster, judge(snapshot.cluster)
        self._is_in_trouble = False
        if self.talk is not None:
            self.talk.see(snapshot.cluster)
        self.main.show(snapshot, self._watch.way)
        self._show_header()
        self.call_after_refresh(self._look_on, snapshot)

    def _look_on(self, snapshot: Snapshot) -> None:
        """Do what can wait until the picture is painted."""
        self._start_crm()
        self._chronicle.see(snapshot.cluster, snapshot.taken)
        self.closer.see(snapshot.cluster, snapshot.taken)

    def on_cluster_lost(self, message: ClusterLost) -> None:
        """Keep the last picture, dimmed, and say why there is no newer one."""
        if not self._is_in_trouble:
            self.main.output.say(str(message.error), "error")
        self._is_in_trouble = True
        self._chronicle.lose(message.error.what)
        self._show_header()
        self.call_after_refresh(self._start_crm)

    def on_session_spoke(self) -> None:
        """Show what crm has to say."""
        for event in self._said.take():
            if self.talk is not None:
                self.talk.hear(event)

    def _tick(self) -> None:
        self._show_header()
        if self.talk is not None:
            self.talk.conversation.tick()
            self.talk.acting.tick()

    def _show_header(self) -> None:
        seen, badge = self._watch.sight(), self._target.kind.upper()
        self.main.go_blind(is_blind=not seen.is_clear)
        parts = pieces(
            badge,
            self._target.name,
            self.cluster,
            self._verdict,
            seen,
            is_read_only=self.is_read_only,
        )
        news = unseen(
            self._chronicle.timeline.new_faults, key_names(self._keys_of["pane.timeline"][:1])
        )
        self.main.header.parts = (*parts, *news)

    # Looking closer.

    def _show_timeline(self, timeline: Timeline) -> None:
        self.main.show_timeline(timeline)
        self._show_header()

    @on(TimelinePane.Seen)
    def _see_timeline(self) -> None:
        self._chronicle.saw()
        self._show_header()

    @on(TimelinePane.Followed)
    def _follow_entry(self, message: TimelinePane.Followed) -> None:
        if not self.main.reveal(node=message.node, resource=message.resource):
            self.main.output.say(f"{message.node or message.resource} is in no list.", "note")

    @on(TimelinePane.ExportAsked)
    def _export_timeline(self, message: TimelinePane.ExportAsked) -> None:
        self.main.output.say(*export("timeline", message.text))

    @on(Copied)
    def _say_copied(self, message: Copied) -> None:
        self.main.output.say(f"Copied {message.what} to the terminal's clipboard.", "note")

    @on(Feed.OptionsChosen)
    def _choose_feed(self, message: Feed.OptionsChosen) -> None:
        self._watch.feed(message.options.command)

    @on(ObjectsPane.Opened)
    def _open_object(self, message: ObjectsPane.Opened) -> None:
        self.closer.open(Reference(message.kind, message.name))

    @on(PagePane.Followed)
    @on(MainScreen.PageAsked)
    def _open_page(self, message: PagePane.Followed | MainScreen.PageAsked) -> None:
        self.closer.open(message.reference)

    @on(PagePane.ClearAsked)
    def _offer_clear(self, message: PagePane.ClearAsked) -> None:
        if self.talk is not None:
            self.talk.acting.act("resource.clear", (message.resource,))

    @on(MainScreen.PageLeft)
    def _close_page(self) -> None:
        self.closer.close()

    def on_closely_seen(self, message: CloselySeen) -> None:
        """Show what was found out beyond the picture."""
        self.closer.learn(message.learnt)

    # What the screen asks for.

    def _edit(self, path: str) -> None:
        try:
            with self.suspend():
                is_done = edit(self._target, path)
        except (CrmtuiError, SuspendNotSupported) as error:
            self.main.output.say(str(error), "error")
            is_done = False
        self.refresh(layout=True)
        if self.talk is not None:
            self.talk.door.editor_closed(succeeded=is_done)

    @on(CommandLine.Submitted)
    def _submit(self, message: CommandLine.Submitted) -> None:
        if self.talk is not None:
            self.talk.conversation.submit(message.line)

    @on(CommandLine.Edited)
    def _foresee(self, message: CommandLine.Edited) -> None:
        if self.talk is not None:
            self.talk.foresight.hear(message.view)

    @on(ResourcesPane.WhyAsked)
    def _explain(self, message: ResourcesPane.WhyAsked) -> None:
        self.push_screen(WhyScreen(self._target, message.resource))

    @on(CommandLine.Answered)
    def _answer(self, message: CommandLine.Answered) -> None:
        if self.talk is not None:
            self.talk.conversation.answer(message.text)

    @on(CommandLine.Cleared)
    def _interrupt(self) -> None:
        if self.talk is not None:
            self.talk.door.interrupt()

    @on(CommandLine.Ended)
    def _end(self) -> None:
        self.action_app_quit()

    @on(ObjectsPane.ActionAsked)
    def _act(self, message: ObjectsPane.ActionAsked) -> None:
        if self.talk is not None:
            self.talk.acting.act(message.action, message.names)

    def action_app_actions(self) -> None:
        """Show what can be done to what is selected."""
        if self.talk is not None:
            self.talk.acting.choose(*self.main.selection)

    def _where(self) -> str:
        named = self.cluster.name if self.cluster is not None else ""
        return f"{self._target.kind.upper()} {named or self._target.name}"

    def action_app_log(self) -> None:
        """Show what was changed."""
        if self.talk is not None:
            self.talk.show_log()

    def action_app_undo(self) -> None:
        """Take a change of the configuration back."""
        if self.talk is not None:
            self.talk.undoing.undo()

    def action_app_redo(self) -> None:
        """Do again what was last taken back."""
        if self.talk is not None:
            self.talk.undoing.redo()

    def action_app_lock(self) -> None:
        """Lock or unlock the gate."""
        self.is_read_only = not self.is_read_only
        is_now = "Read-only: nothing can be changed" if self.is_read_only else "Unlocked"
        self.main.output.say(f"{is_now}.", "note")
        self._show_header()

    @on(FormAsked)
    def _open_form(self, message: FormAsked) -> None:
        if self.talk is not None:
            self.talk.open_form(message)

    def _finished(self, _reply: CrmReply) -> None:
        self._watch.look()

    def action_app_back(self) -> None:
        """Close what is open, or return to the list that is."""
        if self.main.go_back():
            self.closer.back()

    def action_app_refresh(self) -> None:
        """Look at the cluster now."""
        self._watch.look()

    def action_app_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen(self._keys_of))

    def _leave(self) -> None:
        self.action_app_quit()

    def action_app_pending(self) -> None:
        """Show what waits for a commit."""
        if self.talk is not None and self.screen is self.main:
            self.talk.door.look_at_pending()

    @work
    async def _show_pending(self, pending: PendingShown) -> None:
        if self.talk is None or self.screen is not self.main:
            return
        can_settle = self.talk.door.level[-1:] == ("configure",)
        choice = await self.push_screen_wait(PendingScreen(pending, can_settle=can_settle))
        if choice != "close":
            self.talk.conversation.submit("commit" if choice == "commit" else "refresh")

    @work
    async def action_app_quit(self) -> None:
        """Leave; uncommitted changes are asked for first."""
        choice: Choice = "discard"
        if self.talk is not None and (self.talk.door.staged or self.talk.door.is_busy):
            door = self.talk.door
            choice = await self.push_screen_wait(LeaveScreen(door.staged, is_running=door.is_busy))
        if choice == "commit" and self.talk is not None:
            self.talk.conversation.quit_committing()
        elif choice != "stay":
            self._forgets = choice == "discard"
            self.exit(0)
