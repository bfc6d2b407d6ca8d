"""Report of a forecast as text or JSON, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.forecast.model import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.forecast.model import ScheduledAction

_HEADS = ("action", "resource", "from", "to", "because")
_NOTHING = Forecast("", "")


def to_json(forecast: Forecast) -> dict[str, object]:
    """Return the output of ``crmtui forecast --format json``; the keys are part of the interface."""
    return {
        **_told(forecast),
        "anyway": _told(forecast.anyway or _NOTHING),
        "averted": _told(forecast.averted or _NOTHING),
        "assumed": forecast.is_assumed,
        "unforeseeable": forecast.unforeseeable,
    }


def _told(forecast: Forecast) -> dict[str, object]:
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
    }


def to_text(forecast: Forecast) -> str:
    """Return the sentence with the table below."""
    return "\n".join(_lines(forecast))


def table(actions: Sequence[ScheduledAction]) -> tuple[str, ...]:
    """Return ``actions`` as a text table with a head line; empty without actions."""
    if not actions:
        return ()
    rows = [_HEADS, *map(_row, actions)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(action: ScheduledAction) -> tuple[str, ...]:
    source, target = action.source or "-", action.target or "-"
    if not action.resource:
        source, target = action.node, "-"
    return (action.action, action.resource or action.node, source, target, action.reason)


def side_notes(forecast: Forecast) -> tuple[str, ...]:
    """Return what happens anyway or is prevented, as lines of text: sentences with tables below."""
    parts = [each for each in (forecast.anyway, forecast.averted) if each is not None]
    headed = ((f"{each}.", part) for each, part in zip(forecast.side_notes, parts, strict=True))
    return _below_heads(headed)


def side_tables(forecast: Forecast) -> tuple[str, ...]:
    """Return only the tables of `side_notes`, with short heads, for use below the sentences."""
    parts = (("Anyway:", forecast.anyway), ("Prevented:", forecast.averted))
    return _below_heads((head, part) for head, part in parts if part is not None)


def _below_heads(parts: Iterable[tuple[str, Forecast]]) -> tuple[str, ...]:
    lines: list[str] = []
    for head, part in parts:
        lines += ["", head, *table(part.actions), *blocked(part)]
    return tuple(lines[1:])


def blocked(forecast: Forecast) -> tuple[str, ...]:
    """Return the actions that the scheduler cannot do, each as a line of text."""
    return tuple(f"{each.resource} is blocked: {each.reason}" for each in forecast.blocked)


def _lines(forecast: Forecast) -> Iterator[str]:
    stays = f"Stays: {', '.join(forecast.stays)}" if forecast.stays else ""
    yield forecast.summary
    for block in (
        table(forecast.actions),
        blocked(forecast),
        side_notes(forecast),
        (stays,) if stays else (),
        forecast.caveats,
    ):
        if block:
            yield ""
            yield from block
