"""Panes of nodes and resources, with the keys that act on the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.message import Message

from crmtui.cluster.problems import problems
from crmtui.tui.messages import FormAsked
from crmtui.tui.presentation.forecast_overlay import ghosted
from crmtui.tui.presentation.lists.views import (
    VIEWS,
    by_node_rows,
    matrix_columns,
    matrix_nodes,
    matrix_rows,
)
from crmtui.tui.presentation.rows import NODE_COLUMNS, RESOURCE_COLUMNS, node_rows, resource_rows
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.textual_ext.pressed import pressed
from crmtui.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from crmtui.cluster.model import Cluster, Node
    from crmtui.forecast.model import Forecast
    from crmtui.tui.presentation.lists.views import View
    from crmtui.tui.presentation.table import Row
    from crmtui.tui.theming.marks import Marks


_GONE = "{} is not in this list any more. Choose another one first; nothing was run."


class ObjectsPane(Listing):
    """A list of objects of the cluster."""

    KIND: ClassVar[Literal["node", "resource"]]
    keeps_to_object = True

    class ActionAsked(Message):
        """A key asked for an action."""

        def __init__(self, action: str, names: tuple[str, ...]) -> None:
            super().__init__()
            self.action = action
            self.names = names
            self.keys = pressed()
            """Keys that asked for it."""

    class Refused(Message):
        """A key was pressed without effect."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why
            """Reason in one sentence or two."""

    class Opened(Message):
        """The user asked for the details of an object."""

        def __init__(self, kind: Literal["node", "resource"], name: str) -> None:
            super().__init__()
            self.kind = kind
            self.name = name

    _foreseen: Forecast | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the objects to act on: the marked ones in order, else the selected one.

        A row of another kind, such as a node among resources, does not count.
        """
        by_key = {row.key: row for row in self._all}
        rows = [by_key[key] for key in self.marked]
        if not rows and self.selected_row is not None:
            rows = [self.selected_row]
        found = (row.node if self.KIND == "node" else row.resource for row in rows)
        return tuple(dict.fromkeys(name for name in found if name))

    def action_act(self, action: str) -> None:
        """Ask for an action on the selection."""
        if self.names:
            self.post_message(self.ActionAsked(action, self.names))
        else:
            self.refuse()

    def refuse(self) -> None:
        """Explain why no object is selected, where one was a moment ago."""
        if self.lost:
            self.post_message(self.Refused(_GONE.format(self.lost)))

    def foresee(self, forecast: Forecast | None) -> None:
        """Mark the places of a ``forecast`` beside the rows; None removes the marks."""
        self._foreseen = forecast
        self._apply()

    def decorated(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return ``rows`` with the places of the forecast."""
        return ghosted(rows, self._foreseen)

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row; a second click folds it, or opens its details."""
        row = self.selected_row
        was_focused = self.has_focus
        super().on_click(event)
        if was_focused and row is not None and row is self.selected_row and not row.is_parent:
            self.open_selected()

    def open_selected(self) -> None:
        """Ask for the details of the selected object."""
        row = self.selected_row
        if row is not None and row.resource:
            self.post_message(self.Opened("resource", row.resource))
        elif row is not None and row.node:
            self.post_message(self.Opened("node", row.node))
        else:
            self.refuse()


class NodesPane(ObjectsPane):
    """List of the nodes."""

    KIND = "node"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("nodes")
    columns = NODE_COLUMNS

    def show(self, cluster: Cluster) -> None:
        """Show the nodes of ``cluster``."""
        self.present(node_rows(cluster, self._marks))

    def action_nodes_mark(self) -> None:
        """Mark the selected node, or remove its mark."""
        self.toggle_mark()

    def action_nodes_new(self) -> None:
        """Ask for a form of a new object, which may concern the selected node."""
        self.post_message(FormAsked("new", "nodes", self.names))

    def action_nodes_edit(self) -> None:
        """Ask for the form of the fencing topology."""
        self.post_message(FormAsked("edit", "nodes", ()))

    def action_node_details(self) -> None:
        """Open the details of the selected node."""
        self.open_selected()

    def action_nodes_sort_next(self) -> None:
        """Sort by the next column."""
        self.sort(1)

    def action_nodes_sort_previous(self) -> None:
        """Sort by the previous column."""
        self.sort(-1)


class ResourcesPane(ObjectsPane):
    """List of the resources: as a tree, by node, or as a matrix."""

    KIND = "resource"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("resources")
    columns = RESOURCE_COLUMNS

    def __init__(self, *, marks: Marks, empty: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(empty=empty, marks=marks, id=id)
        self.view: View = "tree"
        """View of the resources."""
        self._cluster: Cluster | None = None
        self._across: tuple[Node, ...] = ()

    def show(self, cluster: Cluster) -> None:
        """Show the resources of ``cluster``."""
        self._cluster = cluster
        if self.view == "tree":
            self.present(resource_rows(cluster, self._marks))
        elif self.view == "by node":
            wrong = problems(cluster).resources
            self.present(by_node_rows(cluster, self._marks, wrong))
        else:
            self._look_at_matrix(cluster, self._first)

    @property
    def _first(self) -> int:
        known = [node.name for node in self._cluster.nodes] if self._cluster else []
        first = self._across[0].name if self._across else ""
        return known.index(first) if first in known else 0

    def _look_at_matrix(self, cluster: Cluster, first: int) -> None:
        self._across = nodes = matrix_nodes(cluster, first, self.scrollable_content_region.width)
        rows = matrix_rows(cluster, nodes, self._marks, problems(cluster).resources)
        self.present(rows, matrix_columns(nodes), ["RESOURCE", *(node.name for node in nodes)])

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns of nodes to the new width."""
        super().on_resize(event)
        if self.view == "matrix" and self._cluster is not None:
            self._look_at_matrix(self._cluster, self._first)

    def fold(self, *, is_folded: bool) -> None:
        """Fold or unfold; in the matrix, which has no folds, go to other nodes."""
        if self.view == "matrix" and self._cluster is not None:
            step = -len(self._across) if is_folded else len(self._across)
            self._look_at_matrix(self._cluster, self._first + step)
        else:
            super().fold(is_folded=is_folded)

    @property
    def summary(self) -> str:
        """View and filter in a few words; empty for the whole tree."""
        view: str = "" if self.view == "tree" else self.view
        total = len(self._cluster.nodes) if self._cluster else 0
        if self.view == "matrix" and len(self._across) < total:
            view += f", nodes {self._first + 1}-{self._first + len(self._across)} of {total}"
        return ", ".join(filter(None, (view, super().summary)))

    class WhyAsked(Message):
        """A key asked why a resource runs where it runs."""

        def __init__(self, resource: str) -> None:
            super().__init__()
            self.resource = resource

    def action_resources_why(self) -> None:
        """Ask why the selected resource runs in its place, or does not run."""
        if self.selected_row is not None and self.selected_row.resource:
            self.post_message(self.WhyAsked(self.selected_row.resource))
        else:
            self.refuse()

    def action_resources_mark(self) -> None:
        """Mark the selected resource, or remove its mark."""
        self.toggle_mark()

    def action_resources_new(self) -> None:
        """Ask for a form of a new object, which may concern the selected resource."""
        self.post_message(FormAsked("new", "resources", self.names))

    def action_resources_edit(self) -> None:
        """Ask for the form of the selected resource."""
        if self.lost:
            self.refuse()
        else:
            self.post_message(FormAsked("edit", "resources", self.names))

    def action_resources_fold_all(self) -> None:
        """Fold or unfold everything."""
        self.fold_all()

    def action_resources_view(self) -> None:
        """Show the next view of the resources."""
        row = self.selected_row
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        if self._cluster is not None:
            self.show(self._cluster)
        if row is not None:
            self.reveal(resource=row.resource) if row.resource else self.reveal(node=row.node)
        if self.lost:  # absent from this view
            self.action_list_top()

    def action_resource_details(self) -> None:
        """Open the details of the selected resource."""
        self.open_selected()

    def action_resources_sort_next(self) -> None:
        """Sort by the next column."""
        self.sort(1)

    def action_resources_sort_previous(self) -> None:
        """Sort by the previous column."""
        self.sort(-1)
