"""A forecast for people and for programs, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.forecast.model import Action, Forecast

_HEADS = ("action", "resource", "from", "to", "because")


def to_json(forecast: Forecast) -> dict[str, object]:
    """Return what ``crmtui forecast --format json`` prints; the keys are part of the interface."""
    return {
        "summary": forecast.summary,
        "actions": [
            {
                "action": each.action,
                "resource": each.resource or None,
                "node": each.node,
                "from": each.source or None,
                "to": each.target or None,
                "reason": each.reason,
            }
            for each in forecast.actions
        ],
        "fenced": list(forecast.fenced),
        "lost": list(forecast.lost),
        "unforeseeable": forecast.unforeseeable,
    }


def to_text(forecast: Forecast) -> str:
    """Return the sentence, and the table below it."""
    return "\n".join(_lines(forecast))


def table(actions: Sequence[Action]) -> tuple[str, ...]:
    """Return ``actions`` as lines of text in columns, heads first; nothing for none."""
    if not actions:
        return ()
    rows = [_HEADS, *map(_row, actions)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(action: Action) -> tuple[str, ...]:
    source, target = action.source or "-", action.target or "-"
    if not action.resource:
        source, target = action.node, "-"
    return (action.action, action.resource or action.node, source, target, action.reason)


def _lines(forecast: Forecast) -> Iterator[str]:
    yield forecast.summary
    if forecast.actions:
        yield ""
        yield from table(forecast.actions)
    if forecast.blocked:
        yield ""
        yield "Blocked:"
        yield from (f"  {each.action} {each.resource}: {each.reason}" for each in forecast.blocked)
    if forecast.stays:
        yield ""
        yield f"Stays: {', '.join(forecast.stays)}"
    if forecast.caveats:
        yield ""
        yield from forecast.caveats
