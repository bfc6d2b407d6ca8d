"""Splash: the first picture of a cluster, painted before Textual is loaded.

Loading Textual and laying its screen out takes twice as long as ``crm status`` takes to its end.
The splash lets users read the state of the cluster meanwhile. Header and panes come from the same
rows, at the same places with the same words as the screen that takes over; a test compares them.
Colours are the terminal's own sixteen. Parts that take keys are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from crmtui.cluster.state_words import count
from crmtui.tui.presentation import table
from crmtui.tui.presentation.headline import cut, headline
from crmtui.tui.presentation.layout import LEAST, is_wide, title
from crmtui.tui.presentation.rows import node_rows, resource_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.tui.presentation.headline import Piece
    from crmtui.tui.presentation.table import Row
    from crmtui.tui.theming.marks import Marks

Line = list[tuple[str, str]]
"""Texts with their tones."""

_BOX = tuple("╭─╮│╰╯")
_SHARE_OF_OUTPUT, _LINES_OF_OUTPUT = 0.3, 6
_SHARE_OF_NODES, _SHARE_OF_NODES_COMPACT = 0.35, 0.6
_SHARE_OF_TIMELINE = 0.35
_LEAST_PANE = 4
_LEAST_OPEN = 3
_BELOW, _BELOW_COMPACT = 4, 3
"""Lines of command line, usage and keys. These and those before are in ``crmtui.tcss``, too."""
_COLOURS = {
    **{"ok": "32", "busy": "1;36", "note": "34", "warn": "1;33", "crit": "1;31"},
    **{"off": "2", "dim": "2", "alarm": "1;31", "name": "1"},
    **{"verdict-ok": "1;7;32", "verdict-warn": "1;7;33", "verdict-crit": "1;7;31"},
    **{"reason-warn": "33", "reason-crit": "1;31"},
}
_PLAIN = {"badge": "1;7", "verdict": "1;7", "warn": "1", "crit": "1", "alarm": "1", "name": "1"}
"""Attributes of the tones without colours, by the prefix of the tone."""


def first_picture(
    snapshot: Snapshot,
    top: Sequence[Piece],
    *,
    size: tuple[int, int],
    way: str,
    marks: Marks,
    keys: Mapping[str, Sequence[str]],
) -> list[Line]:
    """Return the lines of the screen down to the output; empty where the terminal is too small.

    Args:
        snapshot: Snapshot of the cluster.
        top: Pieces of the headline.
        size: Columns and lines of the terminal.
        way: Words for the way in which changes are followed.
        marks: Signs of the screen.
        keys: Keys of each action, by its id.
    """
    width, height = size
    if width < LEAST[0] or height < LEAST[1]:
        return []
    counts = count(snapshot.cluster)
    titles = [
        title("nodes", counts.nodes_words, keys=keys),
        title("resources", counts.resources_words, keys=keys),
        title("feed", way, keys=keys),
        title("timeline", keys=keys),
        title("output", keys=keys),
    ]
    nodes = node_rows(snapshot.cluster, marks)
    resources = resource_rows(snapshot.cluster, marks)
    head = headline(top, width)
    if not is_wide(size):
        both = (_listed(nodes, width - 1, marks), _listed(resources, width - 1, marks))
        stacked = _stacked(titles, both, width, height)
        return [head, *stacked] if stacked else []
    output = max(_LEAST_PANE, int((height - 1) * _SHARE_OF_OUTPUT))
    lists = height - 1 - output - _BELOW
    left = width // 2
    upper = min(max(_LEAST_PANE, len(nodes) + 2), max(_LEAST_PANE, int(lists * _SHARE_OF_NODES)))
    feed: list[Line] = [[(f"  {line}", "plain")] for line in snapshot.feed.splitlines()]
    beside = [
        *_boxed(titles[0], _listed(nodes, left - 3, marks), left, upper),
        *_boxed(titles[1], _listed(resources, left - 3, marks), left, lists - upper),
    ]
    lower = max(_LEAST_PANE, int(lists * _SHARE_OF_TIMELINE))
    others = [
        *_boxed(titles[2], feed, width - left, lists - lower),
        *_boxed(titles[3], [], width - left, lower),
    ]
    return [
        head,
        *(one + other for one, other in zip(beside, others, strict=True)),
        *_boxed(titles[4], [], width, output),
    ]


def _listed(rows: Sequence[Row], width: int, marks: Marks) -> list[Line]:
    in_tree = table.is_tree(rows)
    widths = table.column_widths(rows, width - 1, in_tree=in_tree)
    return [table.pieces(row, widths, in_tree=in_tree, mark=marks.unfolded) for row in rows]


def _stacked(
    titles: Sequence[str], lists: tuple[Sequence[Line], Sequence[Line]], width: int, height: int
) -> list[Line]:
    room = height - 1 - len(titles) - (_LINES_OF_OUTPUT - 1) - _BELOW_COMPACT
    if room < _LEAST_OPEN:
        return []
    nodes, resources = lists
    upper = max(_LEAST_OPEN, min(len(nodes) + 1, int((room + 2) * _SHARE_OF_NODES_COMPACT))) - 1
    empty: Line = [(" " * width, "plain")]
    bars: list[Line] = [[(_bar(f"─{_fitting(each, width - 2)}", width), "dim")] for each in titles]
    shown = [_beside_bar(line, width) for line in nodes[:upper]]
    below = [_beside_bar(line, width) for line in resources[: room - upper]]
    return [
        *(bars[0], *shown, *[empty] * (upper - len(shown))),
        *(bars[1], *below, *[empty] * (room - upper - len(below))),
        *bars[2:],
        *[empty] * (_LINES_OF_OUTPUT - 1),
    ]


def _beside_bar(line: Line, width: int) -> Line:
    return [*cut(line, width - 1, ending=""), (" ", "plain")]


def _bar(text: str, width: int) -> str:
    return f"{text}{'─' * (width - cell_len(text))}"


def _fitting(name: str, width: int) -> str:
    return name if cell_len(name) <= width else set_cell_size(name, width - 1) + "…"


def _boxed(name: str, body: Sequence[Line], width: int, height: int) -> list[Line]:
    first, line, last, side, low_first, low_last = _BOX
    top = _bar(f"{first}{line} {_fitting(name, width - 6)} ", width - 1) + last
    lines: list[Line] = [[(top, "dim")]]
    for number in range(height - 2):
        content = _beside_bar(body[number] if number < len(body) else [], width - 2)
        lines.append([(side, "dim"), *content, (side, "dim")])
    return [*lines, [(low_first + line * (width - 2) + low_last, "dim")]]


def escaped(lines: Sequence[Line], *, has_colours: bool) -> str:
    """Return ``lines`` as escape sequences and text, for a terminal whose cursor is at the top left."""
    painted = "\x1b[0m\r\n".join(
        "".join(f"\x1b[0;{_code(tone, has_colours=has_colours)}m{text}" for text, tone in line)
        for line in lines
    )
    return f"\x1b[H{painted}\x1b[0m"


def _code(tone: str, *, has_colours: bool) -> str:
    begins = next((code for start, code in _PLAIN.items() if tone.startswith(start)), "0")
    return _COLOURS.get(tone, begins) if has_colours else begins
