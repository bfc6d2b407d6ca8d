"""The two lists of the cluster, with the keys that act on what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.message import Message

from crmtui.tui.bindings import bindings_of
from crmtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType


class NodesPane(Rows):
    """The nodes; standby and online act on the selected one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("nodes")

    class ActionAsked(Message):
        """A key asked for something to be done to a node."""

        def __init__(self, verb: Literal["standby", "online"], node: str) -> None:
            super().__init__()
            self.verb = verb
            self.node = node

    def action_node_standby(self) -> None:
        """Ask for the selected node to be put into standby."""
        if self.selected is not None:
            self.post_message(self.ActionAsked("standby", self.selected))

    def action_node_online(self) -> None:
        """Ask for the selected node to be taken out of standby."""
        if self.selected is not None:
            self.post_message(self.ActionAsked("online", self.selected))


class ResourcesPane(Rows):
    """The tree of resources."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("resources")

    def action_resources_fold_all(self) -> None:
        """Fold or unfold everything."""
        self.fold_all()
