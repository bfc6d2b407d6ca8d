"""Palette entry, and the ranking of entries by the typed words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.completion.match import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 100
"""Number of entries listed at most; further typing narrows them down."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One choice in the palette."""

    title: str
    """Name of the object, or description of the action."""
    kind: str
    """One word: ``nodes``, ``resource``, ``crm`` …"""
    run: Callable[[], object] = field(repr=False, compare=False)
    """Function called when the user chooses the entry; may be a coroutine function."""
    keys: str = ""
    """Keys with the same effect, as people write them."""
    names: tuple[str, ...] = ()
    """Further names, searched like ``title``."""


def meant(entries: Iterable[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """Return the entries that match ``typed``, the best match first.

    An entry matches if all words occur, or all letters in their order. Names that equal or begin
    with the text come before those that only contain it.
    """
    words = typed.casefold().split()
    ranked = ((_rank(entry, words), entry) for entry in entries)
    found = sorted(((how, entry) for how, entry in ranked if how is not None), key=_by_rank)
    return [entry for _, entry in found[:MOST]]


def _by_rank(found: tuple[int, PaletteEntry]) -> int:
    return found[0]


def _rank(entry: PaletteEntry, words: list[str]) -> int | None:
    names = [each.casefold() for each in (entry.title, *entry.names)]
    all_ = " ".join((*names, entry.kind, entry.keys.casefold()))
    if all(word in all_ for word in words):
        whole, first = " ".join(words), words[0] if words else ""
        if any(whole in (name, name.partition(":")[0]) for name in names):
            return 0
        begins = (
            any(name.startswith(whole) for name in names),
            any(name.startswith(first) for name in names),
        )
        return next((at for at, does in enumerate(begins, 1) if does), 3)
    return None if rank("".join(words), entry.title) is None else 4
