"""The Textual app: follows the cluster, holds the sessions, and routes keys and lines to crm."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from textual import events, on, work
from textual._callback import invoke
from textual.app import SuspendNotSupported

from crmtui.backend.session.editing import edit
from crmtui.backend.session.events import HintGiven
from crmtui.errors import CrmtuiError
from crmtui.tui.controllers.app_context import AppContext
from crmtui.tui.controllers.tour import TourController
from crmtui.tui.messages import FormAsked, SessionSpoke
from crmtui.tui.screens.pending_screen import PendingScreen
from crmtui.tui.screens.quit_screen import Choice, QuitScreen
from crmtui.tui.screens.why_screen import WhyScreen
from crmtui.tui.textual_ext.gc_pauses import GcPauses
from crmtui.tui.textual_ext.key_queue import KeyQueue
from crmtui.tui.textual_ext.mailbox import Mailbox
from crmtui.tui.textual_ext.paint_batch import paint_batch
from crmtui.tui.textual_ext.pressed import led_by, pressed
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.watching import WatchingApp, nothing
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import ObjectsPane, ResourcesPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.backend.session.events import CrmReply, PendingShown, SessionEvent
    from crmtui.backend.watch.watch import Watch
    from crmtui.cluster.model import Cluster
    from crmtui.keymap import Keymap
    from crmtui.settings import Settings
    from crmtui.tui.controllers.crm_link import CrmLink
    from crmtui.tui.presentation.headline import Lock

_STARTED_READ_ONLY = (
    "crmtui was started read-only, and stays so: to change something, start it without --read-only and"
    " without CRMTUI_READ_ONLY."
)
_FRAME = 4
"""Columns of the output that are border and scroll bar."""


class CrmtuiApp(WatchingApp):
    """One screen on one target, with a command line below it.

    Args:
        target: The cluster.
        keymap: Which keys do what.
        is_ascii: Whether nothing but ASCII may be painted.
        lock: Whether to begin locked: nothing can be changed, for all of this run perhaps.
        watch: The watch on the target, where it has been started already.
        is_seamless: Whether a first picture is on the terminal already.
        settings: What the user has set.
        trouble: What of settings and keymap cannot be used, as sentences.
        clock: Seconds, by which is said how long the cluster takes to settle.
        has_few_colours: Whether the terminal has sixteen colours, and no more.
        tour: Whether to ``offer`` the tour, or to ``begin`` it.
    """

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
        super().__init__(
            target,
            keymap,
            is_ascii=is_ascii,
            lock=lock,
            watch=watch,
            is_seamless=is_seamless,
            settings=settings,
            trouble=trouble,
            has_few_colours=has_few_colours,
        )
        self._clock = clock
        self._gc_pauses = GcPauses(clock)
        self._said: Mailbox[SessionEvent] = Mailbox(lambda: self.post_message(SessionSpoke()))
        self._key_queue = KeyQueue(self, lambda: ("escape", *self._keys_of["app.stop"]))
        self._tour_controller = TourController(self, self.main, self._keys_of)
        self._tour = tour
        self.crm_link: CrmLink | None = None
        """What crm says and hears; None until the first picture is there."""
        self.wants_nothing_kept = False
        """Whether the user leaves, and has said that what is uncommitted is to be discarded."""

    async def on_mount(self) -> None:
        """Take keys."""
        background(self, self._key_queue.run, group="keys")

    def to_close(self) -> Sequence[Callable[[], None]]:
        """Return what ends the watch and the sessions."""
        crm = (
            self.crm_link.closing(forgets=self.wants_nothing_kept)
            if self.crm_link is not None
            else ()
        )
        return *super().to_close(), *crm

    # crm, beside the pictures.

    def find_knowledge(self) -> LiveKnowledge | None:
        """Return what knows agents and properties, once it is there."""
        return self.crm_link.knowledge if self.crm_link is not None else None

    def see(self, cluster: Cluster) -> None:
        """Let completion and whatever is followed know another picture."""
        if self.crm_link is not None:
            self.crm_link.see(cluster)

    def tick(self) -> None:
        """Say how long a line takes, and how far the cluster is."""
        super().tick()
        self._gc_pauses.tick()
        if self.crm_link is not None:
            self.crm_link.session_view.tick()
            self.crm_link.key_actions.progress.tick()

    def follow_up(self) -> None:
        """Start crm behind the first picture: that takes a processor for half a second."""
        from crmtui.tui.controllers.crm_link import CrmLink

        if self.crm_link is None:
            self.crm_link = CrmLink(
                self,
                self._target,
                self.main,
                app_context=AppContext(
                    keys=self._keys_of,
                    refusal=lambda: self._watch.sight().refusal,
                    lock=lambda: self.lock,
                    where=self._where,
                    trouble=lambda why: self._heard(HintGiven(why)),
                    clock=self._clock,
                ),
                post=self._heard,
                edit=self._edit,
                leave=self._leave,
                finished=self._finished,
                show_pending=self._show_pending,
                columns=self.size.width - _FRAME,
            )
            self.crm_link.start(self.cluster)
            if self._tour:
                (
                    self._tour_controller.begin
                    if self._tour == "begin"
                    else self._tour_controller.offer
                )()
            self._gc_pauses.begin()

    def _heard(self, event: SessionEvent) -> None:
        self._said.put(event)

    def on_session_spoke(self) -> None:
        """Show what crm has to say."""
        with paint_batch(self.main):
            for event in self._said.take():
                if self.crm_link is not None:
                    self.crm_link.hear(event)

    def _where(self) -> str:
        named = self.cluster.name if self.cluster is not None else ""
        return f"{self._target.kind.upper()} {named or self._target.name}"

    def _finished(self, _reply: CrmReply) -> None:
        self._watch.look()

    def _edit(self, path: str) -> None:
        try:
            with self.suspend():
                is_done = edit(self._target, path, began=self._note_editor)
        except (CrmtuiError, SuspendNotSupported) as error:
            self.main.output.say(str(error), "error")
            is_done = False
        self._note_editor(nothing)
        self.refresh(layout=True)
        if self.crm_link is not None:
            self.crm_link.dispatcher.editor_closed(succeeded=is_done)

    def _note_editor(self, end: Callable[[], None]) -> None:
        self.end_editor = end

    # What is typed.

    @on(CommandLine.Submitted)
    def _submit(self, message: CommandLine.Submitted) -> None:
        if self.crm_link is not None:
            self.crm_link.session_view.submit(message.line)

    @on(CommandLine.Edited)
    def _foresee(self, message: CommandLine.Edited) -> None:
        if self.crm_link is not None:
            self.crm_link.live_forecast.hear(message.view)

    @on(CommandLine.Answered)
    def _answer(self, message: CommandLine.Answered) -> None:
        if self.crm_link is not None:
            self.crm_link.session_view.answer(message.text)

    @on(CommandLine.Cleared)
    def _interrupt(self) -> None:
        if self.crm_link is not None:
            self.crm_link.dispatcher.interrupt()

    @on(CommandLine.Ended)
    def _end(self) -> None:
        self.action_app_quit()

    # What keys ask for.

    @on(ObjectsPane.ActionAsked)
    def _act(self, message: ObjectsPane.ActionAsked) -> None:
        if self.crm_link is not None:
            self.crm_link.key_actions.act(message.action, message.names, message.keys)

    @on(ObjectsPane.Refused)
    def _refuse(self, message: ObjectsPane.Refused) -> None:
        self.main.output.say(message.why, "warning")

    @on(PagePane.ClearAsked)
    def _offer_clear(self, message: PagePane.ClearAsked) -> None:
        if self.crm_link is not None:
            self.crm_link.key_actions.act("resource.clear", (message.resource,), message.keys)

    @on(ResourcesPane.WhyAsked)
    def _explain(self, message: ResourcesPane.WhyAsked) -> None:
        self.push_screen(WhyScreen(self._target, message.resource))

    @on(FormAsked)
    def _open_form(self, message: FormAsked) -> None:
        if self.crm_link is not None and not self.crm_link.key_actions.is_asking:
            self.crm_link.open_form(message)

    def action_app_actions(self) -> None:
        """Show what can be done to what is selected."""
        if self.crm_link is not None:
            objects = self.main.open_list
            if not objects.names:
                objects.refuse()
            self.crm_link.key_actions.choose(objects.KIND, objects.names, pressed())

    def action_app_log(self) -> None:
        """Show what was changed."""
        if self.crm_link is not None:
            self.crm_link.show_log()

    def action_app_undo(self) -> None:
        """Undo a change of the configuration."""
        if self.crm_link is not None:
            self.crm_link.undo_redo.undo(pressed())

    def action_app_redo(self) -> None:
        """Redo what was undone last."""
        if self.crm_link is not None:
            self.crm_link.undo_redo.redo(pressed())

    def action_app_stop(self) -> None:
        """Stop what runs."""
        if self.crm_link is not None and not self.crm_link.stop_key.stop():
            self.main.output.say("Nothing runs that could be stopped.", "note")

    @work
    async def action_app_palette(self) -> None:
        """Find what can be asked for by its name."""
        from crmtui.tui.palette.entries import entries
        from crmtui.tui.screens.palette_screen import PaletteScreen

        if self.screen is not self.main:
            return
        chosen = await self.push_screen_wait(PaletteScreen(entries(self, self._keys_of)))
        if chosen is not None:
            with led_by(*pressed(), "enter"):  # by which it was chosen
                await invoke(chosen.run)

    def show_guide(self, topic: str) -> None:
        """Show a guide."""
        from crmtui import guides
        from crmtui.tui.screens.guide import GuideScreen

        self.push_screen(GuideScreen(guides.read(topic)))

    def show_tour(self) -> None:
        """Take the tour."""
        self._tour_controller.begin()

    async def on_event(self, event: events.Event) -> None:
        """Let keys go one by one, and take the one that accepts what is offered."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._gc_pauses.key()
            if self._key_queue.holds(event):
                return
            if isinstance(event, events.Key) and self._tour_controller.takes(event):
                return
            link = self.crm_link
            if isinstance(event, events.Key) and link and link.stop_key.takes(event.key):
                return
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run what ``key`` is bound to, and let that know the key."""
        with led_by(key):
            return await super()._check_bindings(key, priority)

    def action_app_lock(self) -> None:
        """Lock or unlock the gate."""
        if self.lock == "started":
            self.main.output.say(_STARTED_READ_ONLY, "warning")
            return
        self.lock = "" if self.lock else "locked"
        is_now = "Read-only: nothing can be changed" if self.lock else "Unlocked"
        self.main.output.say(f"{is_now}.", "note")
        self._show_header()
        if self.crm_link is not None:
            self.crm_link.live_forecast.hear(self.main.command.view)

    # What is uncommitted, and leaving.

    def action_app_pending(self) -> None:
        """Show what waits for a commit."""
        if self.crm_link is not None and self.screen is self.main:
            self.crm_link.dispatcher.look_at_pending()

    @work
    async def _show_pending(self, pending: PendingShown) -> None:
        if self.crm_link is None or self.screen is not self.main:
            return
        can_settle = self.crm_link.dispatcher.level[-1:] == ("configure",)
        choice = await self.push_screen_wait(
            PendingScreen(pending, can_settle=can_settle, keys=self._keys_of)
        )
        if choice != "close":
            self.crm_link.session_view.submit("commit" if choice == "commit" else "refresh")

    def _leave(self) -> None:
        self.action_app_quit()

    @work
    async def action_app_quit(self) -> None:
        """Quit; uncommitted changes are asked for first."""
        choice, shown = await self._choose_what_becomes()
        # What was staged while the dialog was open has been seen by nobody.
        while (
            choice == "discard"
            and self.crm_link is not None
            and self.crm_link.dispatcher.staged != shown
        ):
            choice, shown = await self._choose_what_becomes()
        if choice == "commit" and self.crm_link is not None:
            self.crm_link.session_view.quit_committing()
        elif choice != "stay":
            self.wants_nothing_kept = choice == "discard"
            self.exit(0)

    async def _choose_what_becomes(self) -> tuple[Choice, tuple[str, ...]]:
        """Return the choice of the user, and the lines that it is about."""
        dispatcher = self.crm_link.dispatcher if self.crm_link is not None else None
        if dispatcher is None or not (dispatcher.staged or dispatcher.is_busy):
            return "keep", ()
        shown = dispatcher.staged
        changed = dispatcher.uncommitted
        screen = QuitScreen(shown, changed, is_running=dispatcher.is_busy, keys=self._keys_of)
        return await self.push_screen_wait(screen), shown
