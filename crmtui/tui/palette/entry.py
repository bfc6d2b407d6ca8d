"""One thing that the palette offers, and what of all is meant by what is typed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.completion.match import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 100
"""As many are listed; who looks for one types on."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something that can be chosen."""

    what: str
    """Its name, or what it does."""
    kind: str
    """One word: ``nodes``, ``resource``, ``crm`` …"""
    run: Callable[[], object] = field(repr=False, compare=False)
    """What is called when it is chosen."""
    keys: str = ""
    """The keys that do the same, as people write them."""
    names: tuple[str, ...] = ()
    """Further names, by each of which it is found as by ``what``."""


def meant(entries: Iterable[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """Return what is meant by ``typed``, the likeliest first.

    Every word has to be there, or the letters in their order; what is named so comes before what
    only holds it.
    """
    words = typed.casefold().split()
    ranked = ((_rank(entry, words), entry) for entry in entries)
    found = sorted(((how, entry) for how, entry in ranked if how is not None), key=_by_rank)
    return [entry for _, entry in found[:MOST]]


def _by_rank(found: tuple[int, PaletteEntry]) -> int:
    return found[0]


def _rank(entry: PaletteEntry, words: list[str]) -> int | None:
    names = [each.casefold() for each in (entry.what, *entry.names)]
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
    return None if rank("".join(words), entry.what) is None else 4
