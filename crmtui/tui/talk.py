"""The app's side of crm: the door, what completion knows, and the conversation on the screen.

Loaded behind the first picture: what it imports and starts takes as long as the picture itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crm.door import Door
from crmtui.crm.knowledge import LiveKnowledge
from crmtui.editor.checking import CrmCheck
from crmtui.editor.completer import CrmCompleter
from crmtui.editor.history import open_history
from crmtui.tui.conversation import Conversation
from crmtui.tui.foresight import Foresight

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster
    from crmtui.crm.events import CrmReply, PendingShown, SessionEvent
    from crmtui.crm.target import Target
    from crmtui.tui.messages import FormAsked
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.wizarding import Wizarding


class Talk:
    """Everything that is said to crm and heard from it.

    Args:
        target: Where crm runs.
        screen: Where it is shown and typed.
        post: Called with each event, from the threads of the sessions.
        edit: Called with a file of the target that crm wants edited.
        leave: Called when a line asked crm to end.
        finished: Called with each reply.
        show_pending: Called with what waits for a commit, as it was asked for.
        columns: The width of the output in characters.
    """

    def __init__(
        self,
        target: Target,
        screen: MainScreen,
        *,
        post: Callable[[SessionEvent], None],
        edit: Callable[[str], None],
        leave: Callable[[], None],
        finished: Callable[[CrmReply], None],
        show_pending: Callable[[PendingShown], object],
        columns: int,
    ) -> None:
        self.door = Door(target, post, columns=columns, is_kept=True)
        self.foresight = Foresight(target, self.door, screen.forecast)
        self._knowledge = LiveKnowledge(target)
        self._finished = finished
        self._target = target
        self._screen = screen
        self._wizarding: Wizarding | None = None
        self.conversation = Conversation(
            self.door,
            screen,
            edit=edit,
            leave=leave,
            finished=self._hear_reply,
            show_pending=show_pending,
        )
        screen.command.equip(
            CrmCompleter(lambda: self.door.level, self._knowledge),
            open_history(mask=self.door.masked),
            CrmCheck(lambda: self.door.level, self._knowledge),
        )

    def hear(self, event: SessionEvent) -> None:
        """Show what a session tells."""
        self.conversation.hear(event)
        if self._wizarding is not None:
            self._wizarding.hear(event)

    def open_form(self, asked: FormAsked) -> None:
        """Open a guided form over the screen."""
        if self._wizarding is None:
            from crmtui.tui.wizarding import Wizarding

            self._wizarding = Wizarding(
                self._screen.app, self._screen, self._target, self.door, self._knowledge
            )
        self._wizarding.open(asked)

    def start(self, cluster: Cluster | None) -> None:
        """Start crm; ``cluster`` is the last picture."""
        if cluster is not None:
            self.see(cluster)
        self.door.start()

    def see(self, cluster: Cluster) -> None:
        """Let completion know another picture of the cluster."""
        self._knowledge.see(cluster)
        self._knowledge.forget_configuration()

    def _hear_reply(self, reply: CrmReply) -> None:
        self._knowledge.stage(self.door.staged)
        self._finished(reply)

    def close(self, *, forgets: bool) -> None:
        """End crm; what is uncommitted is not committed.

        Args:
            forgets: Whether the user wants nothing of it; else it is offered at the next start.
        """
        self.foresight.close()
        self._knowledge.close()
        self.door.close(forgets=forgets)
