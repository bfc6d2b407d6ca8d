"""Quorum: the votes of ``corosync-quorumtool -s``, and the number of nodes that may still fail.

The rules are those of votequorum(5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crmtui.text import plain_line

_MEMBER = re.compile(
    r"\s*(?P<id>\d+)\s+(?P<votes>\d+)(?:\s+(?P<device>(?:[A-Z]+,)*[A-Z]+)(?=\s))?\s+(?P<name>\S+)"
    r"(?P<local> \(local\))?\s*"
)
_DEVICE = "Qdevice"


@dataclass(frozen=True, slots=True)
class Member:
    """A node that takes part in the quorum now."""

    id: int
    name: str
    votes: int
    is_local: bool = False
    device: tuple[str, ...] = ()
    """Flags of the quorum device for the node: ``A`` alive or ``NA``, ``V`` voting or ``NV``,
    ``MW`` master wins or ``NMW``, ``NR`` not registered; empty without a quorum device.
    """


@dataclass(frozen=True, slots=True)
class Quorum:
    """Votes of a cluster as one of its nodes counts them."""

    is_quorate: bool
    expected: int
    """Number of votes with every node present."""
    total: int
    """Number of present votes."""
    needed: int
    """Number of votes that quorum needs."""
    flags: tuple[str, ...] = ()
    """Flags as printed: ``2Node``, ``WaitForAll``, ``LastManStanding``, ``AutoTieBreaker``,
    ``Qdevice`` …
    """
    members: tuple[Member, ...] = ()
    """Member nodes, without the quorum device."""
    device_votes: int | None = None
    """Votes of the quorum device, 0 while it withholds them; None without one."""
    ring: str = ""
    """Id of the ring, which changes with every membership."""

    def has(self, flag: str) -> bool:
        """Return true if ``flag`` is set."""
        return flag in self.flags

    @property
    def spare_nodes(self) -> int:
        """Number of nodes that may fail at once before quorum is lost, those with most votes first.

        With ``LastManStanding`` more nodes may fail one after the other. With ``AutoTieBreaker``
        half of the nodes may stay quorate. Both depend on the order and the nodes, so they are not
        counted.
        """
        if not self.is_quorate:
            return 0
        left, lost = self.total, 0
        for votes in sorted((member.votes for member in self.members), reverse=True):
            left -= votes
            if left < self.needed or lost + 1 == len(self.members):
                break
            lost += 1
        return lost

    @property
    def outlook(self) -> tuple[str, ...]:
        """Consequences, one sentence each, the most important first."""
        return tuple(sentence for sentence in self._outlook() if sentence)

    def _outlook(self) -> tuple[str, ...]:
        return (
            self._votes(),
            self._loss(),
            "In two-node mode one vote is enough: fencing decides who stays." * self.has("2Node"),
            "After a full stop no node has quorum until all were seen once (wait_for_all)."
            * self.has("WaitForAll"),
            "More nodes may go one after the other: votes are counted anew each time"
            " (last_man_standing)." * self.has("LastManStanding"),
            "Of two equal halves one stays quorate (auto_tie_breaker)."
            * self.has("AutoTieBreaker"),
            self._device(),
        )

    def _votes(self) -> str:
        if self.is_quorate:
            need = f"{self.needed} {'is' if self.needed == 1 else 'are'} needed"
            return f"{self.total} of {self.expected} votes are there, {need}."
        more = max(1, self.needed - self.total)
        return (
            f"No quorum: {self.total} of {self.expected} votes are there, {self.needed} are needed,"
            f" {more} more {'has' if more == 1 else 'have'} to come."
        )

    def _loss(self) -> str:
        if not self.is_quorate:
            return ""
        spare = self.spare_nodes
        if spare == 0:
            return "No further node may be lost, or quorum is."
        return f"{spare} more {'node' if spare == 1 else 'nodes'} may be lost."

    def _device(self) -> str:
        if self.device_votes is None:
            return ""
        if self.device_votes == 0:
            return "The quorum device casts no vote now."
        return f"The quorum device casts {self.device_votes} of the votes."


def parse(text: str) -> Quorum | None:
    """Return the quorum from the output of ``corosync-quorumtool -s``; None for output without votes."""
    values: dict[str, str] = {}
    members: list[Member] = []
    device_votes: int | None = None
    for line in text.splitlines():
        match = _MEMBER.fullmatch(line)
        if match is None:
            name, colon, value = plain_line(line).partition(":")
            if colon:
                values.setdefault(name, value.strip())
        elif match["name"] == _DEVICE:
            device_votes = int(match["votes"])
        else:
            members.append(_member(match))
    if "Expected votes" not in values:
        return None
    return Quorum(
        is_quorate=values.get("Quorate") == "Yes",
        expected=_number(values["Expected votes"]),
        total=_number(values.get("Total votes", "")),
        needed=_number(values.get("Quorum", "")),
        flags=tuple(values.get("Flags", "").split()),
        members=tuple(members),
        device_votes=device_votes,
        ring=values.get("Ring ID", ""),
    )


def _member(match: re.Match[str]) -> Member:
    return Member(
        id=int(match["id"]),
        name=plain_line(match["name"]),
        votes=int(match["votes"]),
        is_local=match["local"] is not None,
        device=tuple((match["device"] or "").split(",")) if match["device"] else (),
    )


def _number(value: str) -> int:
    # "2 Activity blocked": without quorum an explanation follows the number.
    first = value.partition(" ")[0]
    return int(first) if first.isascii() and first.isdecimal() else 0
