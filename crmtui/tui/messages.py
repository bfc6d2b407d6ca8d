"""What reaches the app from its threads; each carries one frozen value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from crmtui.actions import Scope
    from crmtui.backend.queries.object_details import Learnt
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.errors import CrmtuiError


class ClusterUpdated(Message):
    """The cluster was looked at."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot


class ClusterLost(Message):
    """The cluster could not be looked at."""

    def __init__(self, error: CrmtuiError) -> None:
        super().__init__()
        self.error = error


class SessionSpoke(Message):
    """The crm session has something to tell; the app's mailbox holds it."""


class FormAsked(Message):
    """A key asked for a guided form."""

    def __init__(self, verb: Literal["new", "edit"], scope: Scope, names: tuple[str, ...]) -> None:
        super().__init__()
        self.verb = verb
        self.scope = scope
        """Which pane it was asked in."""
        self.names = names
        """What is selected there."""


class CloselySeen(Message):
    """More was found out about the cluster than every picture tells."""

    def __init__(self, learnt: Learnt) -> None:
        super().__init__()
        self.learnt = learnt


class Copied(Message):
    """Something was handed to the clipboard of the terminal."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        """In a few words."""
