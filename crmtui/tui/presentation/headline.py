"""Headline of the screen: the cluster, its health, and the age of the picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size

from crmtui.cluster.devices import fencing_off
from crmtui.cluster.state_words import ASSUMED, count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.cluster.freshness import Freshness
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.verdict import Verdict

_MINUTE = 60
_REASON = 26
"""Columns that the reason keeps before other parts are left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line."""

    text: str
    tone: str
    rank: int
    """Rank of the piece; on a narrow line the highest rank goes first."""


def age(seconds: float) -> str:
    """Return a duration in a few characters: ``7 s``, ``3 min``, ``2 h``."""
    if seconds < 60:
        return f"{int(seconds)} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    return f"{int(seconds // 3600)} h"


Lock = Literal["", "locked", "started"]
"""Lock against changes: none, ``locked`` until the user unlocks it, or ``started`` for all of this
run.
"""
_LOCKS: Mapping[Lock, str] = {"locked": "READ-ONLY", "started": "STARTED READ-ONLY"}


def pieces(
    badge: str,
    target: str,
    cluster: Cluster | None,
    verdict: Verdict | None,
    seen: Freshness,
    *,
    lock: Lock = "",
    label: str = "",
    is_still: bool = False,
) -> list[Piece]:
    """Return the pieces of the headline, from left to right.

    Args:
        badge: LIVE, SSH, SANDBOX or LAB.
        target: Name of the watched cluster.
        cluster: The last picture; None without one.
        verdict: Verdict on the cluster; None without a picture.
        seen: Freshness of the picture. An old picture has no verdict, only its age and the reason.
        lock: Lock against changes.
        label: The user's name for the cluster; empty for its own name.
        is_still: Leaves out the seconds, because nothing may move by itself.
    """
    name = cluster.name if cluster and cluster.name else target
    parts = [Piece(badge, f"badge-{badge.lower()}", 0)]
    parts += [Piece(_LOCKS[lock], "badge-read-only", 0)] if lock else []
    parts.append(Piece(label, "badge-cluster", 0) if label else Piece(name, "name", 2))
    if badge == "SSH" and name != target:
        parts.append(Piece(f"via {target}", "plain", 2))
    word, reason, tone = seen.label, seen.reason, "blind"
    if seen.is_clear and verdict is not None:
        word, reason, tone = str(verdict.word), verdict.reason, verdict.word.lower()
    parts += [Piece(word, f"verdict-{tone}", 0), Piece(reason, f"reason-{tone}", 1)]
    if cluster is not None:
        parts += _facts(cluster, is_old=not seen.is_clear)
    if seen.is_clear and seen.age is not None and not (is_still and seen.age < _MINUTE):
        parts.append(Piece(f"{age(seen.age)} old", "dim", 3))
    return [part for part in parts if part.text]


def _facts(cluster: Cluster, *, is_old: bool) -> list[Piece]:
    counts = count(cluster)
    plain, alarm = ("dim", "dim") if is_old else ("plain", "alarm")
    fencing = [Piece("no fencing", alarm, 2)] if fencing_off(cluster) else []
    assumed = [Piece(ASSUMED, alarm, 1)] if cluster.is_assumed else []
    return [
        *assumed,
        Piece(f"DC {cluster.dc or 'none'}", plain if cluster.dc else alarm, 4),
        Piece("quorum", plain, 5) if cluster.has_quorum else Piece("no quorum", alarm, 1),
        *fencing,
        Piece(f"{counts.nodes_online}/{counts.nodes} nodes", plain, 6),
        Piece(f"{counts.resources_running}/{counts.resources} resources", plain, 7),
    ]


def unseen(faults: int, key: str) -> list[Piece]:
    """Return the piece about faults that the user has not seen.

    Args:
        faults: Number of faults.
        key: Name of the key that goes to the timeline; empty for none.
    """
    if not faults:
        return []
    words = f"{faults} new {'fault' if faults == 1 else 'faults'}"
    return [Piece(f"{words}: {key}" if key else words, "alarm", 3)]


def fitted(parts: Sequence[Piece], width: int) -> list[Piece]:
    """Return the pieces that fit ``width`` columns, without the least important ones.

    The reason shrinks to a few words, and takes the room that is left.
    """
    kept = list(parts)
    while _least_width(kept) > width and (last := max(kept, key=lambda part: part.rank)).rank > 1:
        kept.remove(last)
    return kept


def _least_width(parts: Sequence[Piece]) -> int:
    return sum(
        2 + min(cell_len(p.text), _REASON if p.tone.startswith("reason") else 99) for p in parts
    )


def headline(parts: Sequence[Piece], width: int) -> list[tuple[str, str]]:
    """Return the texts of the headline with their tones, ``width`` columns wide."""
    kept = fitted(parts, width)
    begins = next((at for at, part in enumerate(kept) if part.tone.startswith("reason")), -1) + 1
    left = [text for part in kept[:begins] for text in _spaced(part)]
    right = [text for part in kept[begins:] for text in _spaced(part)]
    room = width - sum(cell_len(text) for text, _ in right)
    return [*cut(left, max(10, room)), *right]


def _spaced(part: Piece) -> list[tuple[str, str]]:
    if part.tone.startswith(("badge", "verdict")):
        return [(f" {part.text} ", part.tone)]
    return [(f" {part.text}", part.tone), (" ", "plain")]


def cut(
    texts: Sequence[tuple[str, str]], width: int, *, ending: str = "…"
) -> list[tuple[str, str]]:
    """Return ``texts`` with their tones, exactly ``width`` columns wide."""
    total = sum(cell_len(text) for text, _ in texts)
    if total <= width:
        return [*texts, (" " * (width - total), "plain")]
    shown: list[tuple[str, str]] = []
    left = width - cell_len(ending)
    for text, tone in texts:
        if cell_len(text) > left:
            return [*shown, (set_cell_size(text, left) + ending, tone)]
        shown.append((text, tone))
        left -= cell_len(text)
    return shown
