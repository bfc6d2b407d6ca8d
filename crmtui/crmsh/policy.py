"""Policy of a command: its effect and its permissions, one row a command.

A row of ``commands.txt`` has the policy behind ``::``; the file describes its format. A command
without a row counts as one that changes the cluster: an unknown one, a newer crm's, and a
program's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Effect = Literal["read", "own", "stage", "commit", "write"]
"""Effect of a command. ``read``: shows something, or goes to another level. ``own``: changes
preferences or files of the user's own, shadow CIBs among them. ``stage``: changes what waits for
a commit. ``commit``: makes the cluster use what waits. ``write``: everything else.
"""

Trait = Literal[
    "cib",
    "configures",
    "trial",
    "checks",
    "mild",
    "several",
    "silent",
    "removes",
    "declinable",
    "on-nodes",
    "repairs",
    "switches",
]
"""Trait of a command. ``cib``: touches nothing but the CIB, and files of a sandbox. ``configures``:
changes the configuration, at once where it does not stage. ``trial``: crm itself can do it on a
copy of the CIB, and does nothing else. ``checks``: changes nothing by itself, but runs programs
of agents and scripts. ``mild``: acts outside of the CIB, so has no forecast, and yet stops
nothing by itself. ``several``: applies to all of its arguments, not to the first one alone.
``silent``: may have no effect without a word. ``removes``: can remove objects. ``declinable``:
stages nothing after the answer no. ``on-nodes``: acts on the nodes and not on the configuration,
though in ``configure``. ``repairs``: brings a cluster back that cannot be seen. ``switches``: goes on
to another CIB."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Different effect of a command with certain arguments."""

    effect: Effect
    words: frozenset[str]
    """Words that cause the effect; empty where the lack of arguments causes it."""
    place: int | None = None
    """Index of the argument that has to be one of the words; None for anywhere."""

    def holds(self, arguments: Sequence[str]) -> bool:
        """Return true if the command has this effect with ``arguments``."""
        if not self.words:
            return not arguments
        here = arguments if self.place is None else arguments[self.place : self.place + 1]
        return not self.words.isdisjoint(here)


@dataclass(frozen=True, slots=True)
class CommandPolicy:
    """Effect of a command, and its traits."""

    effect: Effect = "write"
    exemptions: tuple[Exemption, ...] = ()
    traits: frozenset[Trait] = frozenset()
    unforeseeable: str = ""
    """Reason why a command of ``configure`` has no forecast; empty where it has one."""
    no_undo: str = ""
    """Sentence that says why undo does not take the command back; empty where undo does."""

    def effect_of(self, arguments: Sequence[str]) -> Effect:
        """Return the effect with ``arguments`` inside the command's own level."""
        for each in self.exemptions:
            if each.holds(arguments):
                return each.effect
        return self.effect

    def has(self, trait: Trait) -> bool:
        """Return true if the command has ``trait``."""
        return trait in self.traits


UNKNOWN = CommandPolicy()
"""Policy of a command without a row."""

_WORD = re.compile(r"(?P<name>[a-z-]+)(?P<more>\((?P<inner>[^)]*)\))?")


@cache
def parse_policy(text: str) -> CommandPolicy:
    """Return the policy from the text of a row.

    Raises:
        ValueError: A word has no meaning in a policy.
    """
    effect: Effect = "write"
    exemptions: list[Exemption] = []
    traits: set[Trait] = set()
    reasons = {"unforeseeable": "", "no-undo": ""}
    if left := _WORD.sub("", text).strip():
        raise ValueError(f"{left!r} is no word of a policy: {text}")
    for word in _WORD.finditer(text):
        name, inner = word["name"], word["inner"]
        if name in reasons and inner:
            reasons[name] = inner
        elif name in get_args(Effect):
            if word["more"] is None:
                effect = cast("Effect", name)
            else:
                exemptions.append(_exemption(cast("Effect", name), inner))
        elif name in get_args(Trait) and word["more"] is None:
            traits.add(cast("Trait", name))
        else:
            raise ValueError(f"{word[0]!r} is no word of a policy: {text}")
    return CommandPolicy(
        effect,
        tuple(exemptions),
        frozenset(traits),
        reasons["unforeseeable"],
        reasons["no-undo"],
    )


def _exemption(effect: Effect, inner: str) -> Exemption:
    place, equals, words = inner.rpartition("=")
    at = int(place.removeprefix("@")) if equals else None
    return Exemption(effect, frozenset(filter(None, words.split("|"))), at)
