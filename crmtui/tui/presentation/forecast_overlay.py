"""Overlay of a forecast in the panes: future places of resources beside the present ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.tui.presentation.table import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crmtui.forecast.model import Forecast, World
    from crmtui.tui.presentation.table import Row


def ghosted(rows: Iterable[Row], forecast: Forecast | None) -> list[Row]:
    """Return ``rows`` with the future place of each resource and each changed node marked.

    Instances of a clone share one mark, at the clone.
    """
    if forecast is None:
        return list(rows)
    moves = dict(_moves(forecast.before, forecast.after))
    nodes = dict(_nodes(forecast))
    shown = list(rows)
    if not any(row.node in nodes or row.resource in moves for row in shown):
        return shown  # no column without marks
    return [_ghosted(row, moves, nodes) for row in shown]


def _ghosted(row: Row, moves: Mapping[str, str], nodes: Mapping[str, str]) -> Row:
    words = nodes.get(row.node, "") if row.node else moves.get(row.resource, "")
    tone = "crit" if words.startswith(("nowhere", "fenced")) else "warn"
    ghost = Cell(f"⇒ {words}" if words else "", tone)
    return replace(row, cells=(*row.cells[:1], ghost, *row.cells[1:]))


def _moves(before: World, after: World) -> Iterator[tuple[str, str]]:
    was, will = dict(_places(before)), dict(_places(after))
    for name, places in will.items():
        if was.get(name, ()) != places:
            yield name, _words(places)
    for name in was:
        if name not in will:
            yield name, "nowhere"


def _words(places: tuple[tuple[str, str], ...]) -> str:
    if not places:
        return "nowhere"
    return " ".join(f"{node}({role})" if role == "Promoted" else node for node, role in places)


def _places(world: World) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield each resource with its nodes and roles; a clone as a whole."""
    for top in world.resources:
        for each in top.walk():
            is_instance = top.kind == "clone" and each is not top
            if not is_instance:
                found = {
                    (node, one.role)
                    for one in each.walk()
                    if one.kind == "primitive"
                    for node in one.nodes
                }
                yield each.id, tuple(sorted(found))


def _nodes(forecast: Forecast) -> Iterator[tuple[str, str]]:
    states = {node.name: node.state for node in forecast.after.nodes}
    for node in forecast.before.nodes:
        state = states.get(node.name, "gone")
        if node.name in forecast.all_fenced:
            yield node.name, "fenced"
        elif state.partition(" (")[0] != node.state.partition(" (")[0]:
            yield node.name, state
