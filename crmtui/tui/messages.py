"""Messages from threads and screens to the app; each carries one frozen value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from crmtui.actions import Scope
    from crmtui.backend.queries.object_details import Learnt
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.errors import CrmtuiError


class ClusterUpdated(Message):
    """A new snapshot of the cluster."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot


class ClusterLost(Message):
    """A snapshot of the cluster failed."""

    def __init__(self, error: CrmtuiError) -> None:
        super().__init__()
        self.error = error


class SessionSpoke(Message):
    """The crm session put an event into the app's mailbox."""


class FormAsked(Message):
    """A key opens a guided form."""

    def __init__(self, verb: Literal["new", "edit"], scope: Scope, names: tuple[str, ...]) -> None:
        super().__init__()
        self.verb = verb
        self.scope = scope
        """The pane with the focus."""
        self.names = names
        """The nodes or resources selected in that pane."""


class CloselySeen(Message):
    """Details of the cluster were read, beyond those of a snapshot."""

    def __init__(self, learnt: Learnt) -> None:
        super().__init__()
        self.learnt = learnt


class Copied(Message):
    """A text was copied to the clipboard of the terminal."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        """The text's name, in a few words."""
