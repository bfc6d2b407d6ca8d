"""The top line: which cluster, how it is, and how old the picture is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.cluster.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cluster.model import Cluster
    from crmtui.cluster.sight import Sight
    from crmtui.cluster.verdict import Verdict

_REASON = 26
"""The columns that the reason gets before anything else is left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line."""

    text: str
    tone: str
    rank: int
    """What goes first when the line is too narrow: the highest rank."""


def age(seconds: float) -> str:
    """Return a length of time in a few characters: ``7 s``, ``3 min``, ``2 h``."""
    if seconds < 60:
        return f"{int(seconds)} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    return f"{int(seconds // 3600)} h"


def pieces(
    badge: str, target: str, cluster: Cluster | None, verdict: Verdict | None, seen: Sight
) -> list[Piece]:
    """Return what the top line says, from left to right.

    Args:
        badge: LIVE, SSH, SANDBOX or LAB.
        target: What is looked at.
        cluster: The last picture; None when there has been none.
        verdict: What to think of it; None when there has been none.
        seen: How well the cluster is seen now. An old picture has no verdict, only its age and why.
    """
    name = cluster.name if cluster and cluster.name else target
    parts = [Piece(badge, f"badge-{badge.lower()}", 0), Piece(name, "name", 2)]
    if badge == "SSH" and name != target:
        parts.append(Piece(f"via {target}", "plain", 2))
    word, reason, tone = seen.label, seen.reason, "blind"
    if seen.is_clear and verdict is not None:
        word, reason, tone = str(verdict.word), verdict.reason, verdict.word.lower()
    parts += [Piece(word, f"verdict-{tone}", 0), Piece(reason, f"reason-{tone}", 1)]
    if cluster is not None:
        parts += _facts(cluster, is_old=not seen.is_clear)
    if seen.is_clear and seen.age is not None:
        parts.append(Piece(f"{age(seen.age)} old", "dim", 3))
    return [part for part in parts if part.text]


def _facts(cluster: Cluster, *, is_old: bool) -> list[Piece]:
    counts = count(cluster)
    plain, alarm = ("dim", "dim") if is_old else ("plain", "alarm")
    return [
        Piece(f"DC {cluster.dc or 'none'}", plain if cluster.dc else alarm, 4),
        Piece("quorum", plain, 5) if cluster.has_quorum else Piece("NO QUORUM", alarm, 1),
        Piece(f"{counts.nodes_online}/{counts.nodes} nodes", plain, 6),
        Piece(f"{counts.resources_running}/{counts.resources} resources", plain, 7),
    ]


def fitted(parts: Sequence[Piece], width: int) -> list[Piece]:
    """Return what of ``parts`` fits ``width`` columns, the least important left out.

    The reason gives way down to a few words, and takes what room is left.
    """
    kept = list(parts)
    while _least_width(kept) > width and (last := max(kept, key=lambda part: part.rank)).rank > 1:
        kept.remove(last)
    return kept


def _least_width(parts: Sequence[Piece]) -> int:
    return sum(
        2 + min(cell_len(p.text), _REASON if p.tone.startswith("reason") else 99) for p in parts
    )


class Header(Widget):
    """Paints the pieces; what does not fit is left out by rank, the verdict never."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header--{tone}"
        for tone in (
            *(
                "badge-live",
                "badge-sandbox",
                "badge-lab",
                "badge-ssh",
                "name",
                "plain",
                "dim",
                "alarm",
            ),
            *(f"verdict-{word}" for word in ("ok", "warn", "crit", "blind")),
            *(f"reason-{word}" for word in ("ok", "warn", "crit", "blind")),
        )
    }
    parts: reactive[tuple[Piece, ...]] = reactive(())

    def render(self) -> Text:
        """Paint the line."""
        line = Text(no_wrap=True, overflow="ellipsis")
        kept = fitted(self.parts, self.size.width)
        left = [part for part in kept if part.rank <= 2]
        right = [part for part in kept if part.rank > 2]
        for part in left:
            self._add(line, part)
        room = self.size.width - sum(cell_len(part.text) + 2 for part in right)
        line.truncate(max(10, room), overflow="ellipsis", pad=True)
        for part in right:
            self._add(line, part)
        return line

    def _add(self, line: Text, part: Piece) -> None:
        style = self.get_component_rich_style(f"header--{part.tone}", partial=True)
        is_label = part.tone.startswith(("badge", "verdict"))
        line.append(f" {part.text} " if is_label else f" {part.text}", style)
        line.append("" if is_label else " ")
