"""The two lists of the cluster, with the keys that act on what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.message import Message

from crmtui.tui.bindings import bindings_of
from crmtui.tui.messages import FormAsked
from crmtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType


class ObjectsPane(Rows):
    """A list of objects that something can be done to."""

    KIND: ClassVar[Literal["node", "resource"]]

    class ActionAsked(Message):
        """A key asked for something to be done."""

        def __init__(self, action: str, names: tuple[str, ...]) -> None:
            super().__init__()
            self.action = action
            self.names = names

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the objects that are meant: the marked ones, else the selected one."""
        keys = self.marked or ((self.selected,) if self.selected is not None else ())
        return tuple(dict.fromkeys(self.name_of(key) for key in keys))

    def name_of(self, key: str) -> str:
        """Return the name of the object that the row ``key`` shows."""
        return key

    def action_act(self, action: str) -> None:
        """Ask for an action on what is selected."""
        if self.names:
            self.post_message(self.ActionAsked(action, self.names))


class NodesPane(ObjectsPane):
    """The nodes."""

    KIND = "node"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("nodes")

    def action_nodes_new(self) -> None:
        """Ask for a form of something new."""
        self.post_message(FormAsked("new", "nodes", ()))

    def action_nodes_edit(self) -> None:
        """Ask for the form of what fences nodes."""
        self.post_message(FormAsked("edit", "nodes", ()))


class ResourcesPane(ObjectsPane):
    """The tree of resources."""

    KIND = "resource"
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
        self.post_message(FormAsked("new", "resources", self.names))

    def action_resources_edit(self) -> None:
        """Ask for the form of the selected resource."""
        self.post_message(FormAsked("edit", "resources", self.names))

    def name_of(self, key: str) -> str:
        """Return the id of the resource; a row is named by its place in the tree."""
        return key.rpartition("/")[2]

    def action_resources_fold_all(self) -> None:
        """Fold or unfold everything."""
        self.fold_all()
