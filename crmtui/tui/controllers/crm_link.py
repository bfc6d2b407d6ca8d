"""The app's side of crm: the door, what completion knows, and the conversation on the screen.

Loaded behind the first picture: what it imports and starts takes as long as the picture itself.
"""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_entry import to_script
from crmtui.backend.gate.audit_log import AuditLog, read
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.session.events import Aside, SessionDied
from crmtui.editor.checking import CrmCheck
from crmtui.editor.completer import CrmCompleter
from crmtui.editor.line_history import open_history
from crmtui.ownership import open_private
from crmtui.paths import state_dir
from crmtui.tui.controllers.key_actions import ActionController
from crmtui.tui.controllers.live_forecast import LiveForecast
from crmtui.tui.controllers.session_view import SessionView
from crmtui.tui.controllers.undo_redo import UndoController
from crmtui.tui.screens.action_log import ActionLogScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.audit_entry import AuditEntry
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply, PendingShown, SessionEvent
    from crmtui.cluster.model import Cluster
    from crmtui.tui.controllers.app_context import AppContext
    from crmtui.tui.controllers.form_controller import FormController
    from crmtui.tui.messages import FormAsked
    from crmtui.tui.screens.main import MainScreen


class CrmLink:
    """Everything that is said to crm and heard from it.

    Args:
        app: Shows the dialogs.
        target: Where crm runs.
        screen: Where it is shown and typed.
        surroundings: What there is to know outside of crm.
        post: Called with each event, from the threads of the sessions.
        edit: Called with a file of the target that crm wants edited.
        leave: Called when a line asked crm to end.
        finished: Called with each reply to a line that was given leave.
        show_pending: Called with what waits for a commit, as it was asked for.
        columns: The width of the output in characters.
    """

    def __init__(
        self,
        app: App[int],
        target: Target,
        screen: MainScreen,
        *,
        surroundings: AppContext,
        post: Callable[[SessionEvent], None],
        edit: Callable[[str], None],
        leave: Callable[[], None],
        finished: Callable[[CrmReply], None],
        show_pending: Callable[[PendingShown], object],
        columns: int,
    ) -> None:
        self._app = app
        self.knowledge = LiveKnowledge(target)
        """What completion and pages know of agents and properties."""
        gate = Gate(
            target,
            blindness=surroundings.refusal,
            is_read_only=lambda: bool(surroundings.lock()),
            installed=self.knowledge.crmsh,
        )
        self.log = AuditLog(surroundings.where, trouble=surroundings.trouble)
        recording = Auditor(self.log, target, "typed")
        self.door = CommandDispatcher(
            target, gate, post, recording=recording, columns=columns, is_kept=True
        )
        self.acting = ActionController(app, screen, target, self.door, recording, surroundings)
        self.undoing = UndoController(app, screen, target, self.acting, self.log)
        self.foresight = LiveForecast(self.door, screen.forecast, surroundings=surroundings)
        self._finished = finished
        self._target = target
        self._screen = screen
        self._wizarding: FormController | None = None
        self.conversation = SessionView(
            self.door,
            screen,
            edit=edit,
            leave=leave,
            finished=self._hear_reply,
            show_pending=show_pending,
            asked=self._asked,
            returned=self._returned,
        )
        screen.command.equip(
            CrmCompleter(lambda: self.door.level, self.knowledge),
            open_history(mask=self.door.masked),
            CrmCheck(lambda: self.door.level, self.knowledge),
        )

    def hear(self, event: SessionEvent) -> None:
        """Show what a session tells."""
        self.conversation.hear(event)
        told = event.event if isinstance(event, Aside) else event
        if isinstance(told, SessionDied):
            self.acting.following.died(told.line)
        if self._wizarding is not None:
            self._wizarding.hear(event)

    def _asked(self, request: ChangeRequest) -> None:
        """Have leave asked for, knowing whether a form has shown what the lines would do."""
        forms = self._wizarding
        is_reviewed = forms is not None and not forms.returned(request.lines)
        self.acting.asked(request, is_reviewed=is_reviewed)

    def _returned(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the lines that were not sent which somebody had typed."""
        typed = self.acting.returned(lines)
        return typed if self._wizarding is None else self._wizarding.returned(typed)

    def open_form(self, asked: FormAsked) -> None:
        """Open a guided form over the screen."""
        if self._wizarding is None:
            from crmtui.tui.controllers.form_controller import FormController

            self._wizarding = FormController(
                self._screen.app, self._screen, self._target, self.door, self.knowledge
            )
        self._wizarding.open(asked)

    def start(self, cluster: Cluster | None) -> None:
        """Start crm; ``cluster`` is the last picture."""
        if cluster is not None:
            self.see(cluster)
        self.door.start()

    def see(self, cluster: Cluster) -> None:
        """Let completion know another picture of the cluster."""
        self.knowledge.see(cluster)
        self.acting.see(cluster)
        self.undoing.see(cluster)
        self.foresight.see()
        self.knowledge.forget_configuration()

    def _hear_reply(self, reply: CrmReply) -> None:
        self.knowledge.stage(self.door.staged, self.door.replaceable)
        if self.acting.following.finished(reply):
            self._finished(reply)

    def closing(self, *, forgets: bool) -> tuple[Callable[[], None], ...]:
        """Return what ends crm and all else; what is uncommitted is not committed.

        Args:
            forgets: Whether the user wants nothing of it; else it is offered at the next start.
        """
        self.knowledge.close()
        end_crm = partial(self.door.close, forgets=forgets)
        return end_crm, self.foresight.close, self.door.gate.close, self.undoing.close

    def show_log(self) -> None:
        """Show what was changed: in earlier runs, elsewhere by the same user, and in this one."""
        try:
            deeds = read().deeds
        except OSError as error:
            self._screen.output.say(f"The action log cannot be read: {error.strerror}.", "warning")
            deeds = self.log.deeds
        self._app.push_screen(
            ActionLogScreen(deeds or self.log.deeds, lambda: _export(deeds), self._screen.keys)
        )


def _export(deeds: Sequence[AuditEntry]) -> str:
    """Write ``deeds`` as a script; say where it lies, or why it could not be."""
    try:
        path = state_dir() / time.strftime("actions-%Y%m%d-%H%M%S.sh")
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with os.fdopen(open_private(path, flags), "w", encoding="utf-8") as script:
            script.write(to_script(deeds))
    except OSError as error:
        return f"The script could not be written: {error.strerror or error}."
    return f"Written: {path}"
