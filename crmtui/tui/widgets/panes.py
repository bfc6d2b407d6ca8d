"""The two lists of the cluster, with the keys that act on what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.message import Message

from crmtui.tui.bindings import bindings_of
from crmtui.tui.messages import FormAsked
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

    def action_nodes_new(self) -> None:
        """Ask for a form of something new."""
        self.post_message(FormAsked("new", "nodes", ()))

    def action_nodes_edit(self) -> None:
        """Ask for the form of what fences nodes."""
        self.post_message(FormAsked("edit", "nodes", ()))


class ResourcesPane(Rows):
    """The tree of resources."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("resources")

    class WhyAsked(Message):
        """A key asked why a resource runs where it runs."""

        def __init__(self, resource: str) -> None:
            super().__init__()
            self.resource = resource

    def action_resources_why(self) -> None:
        """Ask why the selected resource runs where it runs, or does not."""
        if self.selected_row is not None and self.selected_row.resource:
            self.post_message(self.WhyAsked(self.selected_row.resource))

    def action_resources_new(self) -> None:
        """Ask for a form of something new, which may concern the selected resource."""
        self.post_message(FormAsked("new", "resources", self._names()))

    def action_resources_edit(self) -> None:
        """Ask for the form of the selected resource."""
        self.post_message(FormAsked("edit", "resources", self._names()))

    def _names(self) -> tuple[str, ...]:
        return (self.selected.rpartition("/")[2],) if self.selected is not None else ()

    def action_resources_fold_all(self) -> None:
        """Fold or unfold everything."""
        self.fold_all()
