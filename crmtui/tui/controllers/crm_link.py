"""Link of the app to crm: gate, dispatcher, knowledge for completion, and controllers that use crm.

Imported only after the first snapshot is shown, as import and start of crm take as long again.
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
from crmtui.backend.session.events import HintGiven, SessionDied, SideSession
from crmtui.editor.checking import CrmCheck
from crmtui.editor.completer import CrmCompleter
from crmtui.editor.line_history import open_history
from crmtui.ownership import open_private
from crmtui.paths import state_dir
from crmtui.tui.controllers.file_editor import FileEditor
from crmtui.tui.controllers.key_actions import ActionController
from crmtui.tui.controllers.live_forecast import LiveForecast
from crmtui.tui.controllers.session_view import SessionView
from crmtui.tui.controllers.stop_key import StopKey
from crmtui.tui.controllers.uncommitted_dialogs import UncommittedDialogs
from crmtui.tui.controllers.undo_redo import UndoController
from crmtui.tui.messages import FormAsked, SessionSpoke
from crmtui.tui.screens.action_log import ActionLogScreen
from crmtui.tui.textual_ext.mailbox import Mailbox
from crmtui.tui.textual_ext.paint_batch import paint_batch
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import ObjectsPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.audit_entry import AuditEntry
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply, PendingShown, SessionEvent
    from crmtui.cluster.model import Cluster
    from crmtui.tui.controllers.app_context import AppContext
    from crmtui.tui.controllers.form_controller import FormController
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.textual_ext.terminal_app import TerminalApp


class CrmLink:
    """Connects the app to crm and to all controllers that use crm.

    Args:
        app: The app, which shows the dialogs.
        target: The cluster that crm manages.
        screen: The main screen, with output and command line.
        app_context: Facts about the app.
        quit_app: Called after a line that ends crm, such as ``quit``.
        finished: Called with each reply to an approved line.
        columns: Width of the output, in characters.
    """

    def __init__(
        self,
        app: TerminalApp,
        target: Target,
        screen: MainScreen,
        *,
        app_context: AppContext,
        quit_app: Callable[[], object],
        finished: Callable[[CrmReply], None],
        columns: int,
    ) -> None:
        self._app = app
        self._said: Mailbox[SessionEvent] = Mailbox(lambda: app.post_message(SessionSpoke()))
        self.knowledge = LiveKnowledge(target)
        """Knowledge of agents and properties, for completion and pages."""
        gate = Gate(
            target,
            blindness=app_context.refusal,
            is_read_only=lambda: bool(app_context.lock()),
            installed=self.knowledge.crmsh,
        )
        self.log = AuditLog(app_context.where, trouble=lambda why: self._said.put(HintGiven(why)))
        auditor = Auditor(self.log, "typed")
        self.dispatcher = CommandDispatcher(
            target, gate, self._said.put, auditor=auditor, columns=columns, is_kept=True
        )
        self.key_actions = ActionController(
            app, screen, target, self.dispatcher, auditor, app_context
        )
        self.stop_key = StopKey(app, screen, self.key_actions, self.dispatcher)
        self.undo_redo = UndoController(app, screen, target, self.key_actions, self.log)
        self.live_forecast = LiveForecast(self.dispatcher, screen.forecast, app_context=app_context)
        self._finished = finished
        self._target = target
        self._screen = screen
        self._form_controller: FormController | None = None
        self.session_view = SessionView(
            self.dispatcher,
            screen,
            edit=self._edit,
            quit_app=quit_app,
            finished=self._hear_reply,
            show_pending=self._show_pending,
            asked=self._asked,
            returned=self._returned,
        )
        self.uncommitted = UncommittedDialogs(
            app, self.dispatcher, self.session_view, app_context.keys
        )
        """Dialogs about uncommitted changes."""
        self._file_editor = FileEditor(app, target, screen)
        screen.command.equip(
            CrmCompleter(lambda: self.dispatcher.level, self.knowledge),
            open_history(mask=self.dispatcher.masked),
            CrmCheck(lambda: self.dispatcher.level, self.knowledge),
        )

    def _hear(self, event: SessionEvent) -> None:
        """Pass an event of a session to all listeners."""
        self.session_view.hear(event)
        told = event.event if isinstance(event, SideSession) else event
        if isinstance(told, SessionDied):
            self.key_actions.progress.died(told.line)
        if self._form_controller is not None:
            self._form_controller.hear(event)

    def take(self, message: Message) -> None:
        """Handle a message of crm, of the command line, or of a key in a pane."""
        match message:
            case SessionSpoke():
                with paint_batch(self._screen):
                    for event in self._said.take():
                        self._hear(event)
            case CommandLine.Submitted(line=line):
                self.session_view.submit(line)
            case CommandLine.Edited(view=view):
                self.live_forecast.hear(view)
            case CommandLine.Answered(text=text):
                self.session_view.answer(text)
            case CommandLine.Cleared():
                self.dispatcher.interrupt()
            case ObjectsPane.ActionAsked(action=action, names=names, keys=keys):
                self.key_actions.act(action, names, keys)
            case PagePane.ClearAsked(resource=resource, keys=keys):
                self.key_actions.act("resource.clear", (resource,), keys)
            case FormAsked() if not self.key_actions.is_asking:
                self._open_form(message)

    def _edit(self, path: str) -> None:
        self.dispatcher.editor_closed(succeeded=self._file_editor.edit(path))

    def _show_pending(self, pending: PendingShown) -> None:
        if self._app.screen is self._screen:
            background(self._app, partial(self.uncommitted.show, pending))

    def tick(self) -> None:
        """Refresh the time of the running line, and the progress of the cluster."""
        self.session_view.tick()
        self.key_actions.progress.tick()

    def _asked(self, request: ChangeRequest) -> None:
        """Ask for an approval, less strictly if a form has just shown the forecast."""
        forms = self._form_controller
        is_reviewed = forms is not None and not forms.returned(request.lines)
        self.key_actions.asked(request, is_reviewed=is_reviewed)

    def _returned(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return the unsent lines that the user had typed, without those of keys and forms."""
        typed = self.key_actions.returned(lines)
        return typed if self._form_controller is None else self._form_controller.returned(typed)

    def _open_form(self, asked: FormAsked) -> None:
        """Open a guided form over the screen."""
        if self._form_controller is None:
            from crmtui.tui.controllers.form_controller import FormController

            self._form_controller = FormController(
                self._screen.app, self._screen, self._target, self.dispatcher, self.knowledge
            )
        self._form_controller.open(asked)

    def start(self, cluster: Cluster | None) -> None:
        """Start crm.

        Args:
            cluster: The cluster in the last snapshot; None if there is none.
        """
        if cluster is not None:
            self.see(cluster)
        self.dispatcher.start()

    def see(self, cluster: Cluster) -> None:
        """Pass the cluster of a new snapshot to all listeners."""
        self.knowledge.see(cluster)
        self.key_actions.see(cluster)
        self.undo_redo.see(cluster)
        self.live_forecast.see()
        self.knowledge.forget_configuration()

    def _hear_reply(self, reply: CrmReply) -> None:
        self.knowledge.stage(self.dispatcher.staged, self.dispatcher.replaceable)
        if self.key_actions.progress.finished(reply):
            self._finished(reply)

    def closing(self, *, forgets: bool) -> tuple[Callable[[], None], ...]:
        """Return functions that each end one part of the link, without a commit.

        Args:
            forgets: True to discard uncommitted lines; otherwise the next start offers them.
        """
        self.knowledge.close()
        end_crm = partial(self.dispatcher.close, forgets=forgets)
        return end_crm, self.live_forecast.close, self.dispatcher.gate.close, self.undo_redo.close

    def show_log(self) -> None:
        """Open the action log, with changes of this run and of the user's other runs."""
        try:
            entries = read().entries
        except OSError as error:
            self._screen.output.say(f"The action log cannot be read: {error.strerror}.", "warning")
            entries = self.log.entries
        self._app.push_screen(
            ActionLogScreen(
                entries or self.log.entries, lambda: _export(entries), self._screen.keys
            )
        )


def _export(entries: Sequence[AuditEntry]) -> str:
    """Write ``entries`` as a script; return its path or the reason of a failure, as a sentence."""
    try:
        path = state_dir() / time.strftime("actions-%Y%m%d-%H%M%S.sh")
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with os.fdopen(open_private(path, flags), "w", encoding="utf-8") as script:
            script.write(to_script(entries))
    except OSError as error:
        return f"The script could not be written: {error.strerror or error}."
    return f"Written: {path}"
