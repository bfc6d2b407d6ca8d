"""A forecast: what the scheduler would do after a change, as frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Node, Resource

Danger = Literal["none", "moves", "loss"]
"""How much a change weighs, from what it does and not from its verb.

``none``: nothing moves. ``moves``: services start, stop or move, and all go on. ``loss``: something
stops for good, a node is fenced, quorum is lost, the configuration is erased, or nobody knows.
"""


_UNFINISHED = re.compile(
    r"syntax in \w+: (?:expected at least|unexpected end|expected(?!.* near <))", re.IGNORECASE
)
"""crm (4.4 and 5.0) names the word that it stumbles over; at the end of a line there is none."""


@dataclass(frozen=True, slots=True)
class ScheduledAction:
    """One thing that the scheduler would do."""

    action: str
    """crm_simulate's word: ``start``, ``stop``, ``move``, ``migrate`` (live), ``promote``,
    ``demote``, ``restart``, ``recover``, ``reload`` …; ``fence`` and ``shutdown`` for a node."""
    resource: str
    """The primitive, without an instance number; empty where it is done to a node."""
    node: str
    """Where it happens; for a move where the resource arrives."""
    source: str = ""
    """The node the resource runs on before; empty when it did not run."""
    target: str = ""
    """The node the resource runs on after; empty when it stops there."""
    reason: str = ""
    """Because of what, in Pacemaker's words where it gives any."""


@dataclass(frozen=True, slots=True)
class World:
    """Nodes and resources at one moment, as the panes show them."""

    nodes: tuple[Node, ...] = ()
    resources: tuple[Resource, ...] = ()

    def walk(self) -> Iterator[Resource]:
        """Yield every resource, collections before what they hold."""
        for resource in self.resources:
            yield from resource.walk()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a line would do to the cluster as it is now."""

    line: str
    """The line, as it was given."""
    summary: str
    """All of it in one sentence, the worst first; without a full stop."""
    actions: tuple[ScheduledAction, ...] = ()
    """In the order in which they would begin; without what the cluster does anyway."""
    fenced: tuple[str, ...] = ()
    """The nodes that would be fenced, because of the line."""
    lost: tuple[str, ...] = ()
    """The primitives that run now and would run nowhere."""
    unpromoted: tuple[str, ...] = ()
    """The primitives that are promoted somewhere now and would be promoted nowhere."""
    blocked: tuple[ScheduledAction, ...] = ()
    """What the scheduler would like to do and cannot."""
    undecided: tuple[str, ...] = ()
    """The promotable clones that start: where they are promoted is their agents' to decide."""
    stays: tuple[str, ...] = ()
    """The outermost resources that run now and would not be touched, by the line or anyway."""
    is_quorum_lost: bool = False
    is_erasure: bool = False
    """Whether configuration is dropped wholesale."""
    is_deferred: bool = False
    """Whether all of it happens only with ``commit``; until then the line changes nothing."""
    is_reading: bool = False
    """Whether the line changes nothing at all, not even the configuration."""
    unforeseeable: str | None = None
    """Why there is no forecast, as a sentence; None where there is one."""
    is_assumed: bool = False
    """Whether the CIB has no status, so that the state before the line is an assumption."""
    caveats: tuple[str, ...] = ()
    """What the forecast takes for granted, each as a sentence."""
    anyway: Forecast | None = None
    """What the scheduler does with and without the line; None for nothing."""
    averted: Forecast | None = None
    """What the scheduler would do without the line, and not with it; None for nothing."""
    before: World = field(default_factory=World, repr=False)
    after: World = field(default_factory=World, repr=False)
    version: str = ""
    """The CIB that it was made for: ``admin_epoch.epoch.num_updates``; empty where none was read."""

    @property
    def sentences(self) -> str:
        """All that it says on one line: the summary, and apart what happens anyway."""
        return " ".join(map(sentence, (self.summary, *self.side_sessions)))

    @property
    def headline(self) -> str:
        """The same, introduced: above the command line, and in the output."""
        if self.unforeseeable is not None:
            return f"{self.sentences[:1].upper()}{self.sentences[1:]}"
        return f"Forecast: {self.sentences}"

    @property
    def side_sessions(self) -> tuple[str, ...]:
        """What is not the line's doing, each as a sentence without a full stop."""
        anyway = f"Happens anyway: {self.anyway.summary}" if self.anyway is not None else ""
        averted = f"Prevented by it: {self.averted.summary}" if self.averted is not None else ""
        return tuple(filter(None, (anyway, averted)))

    @property
    def all_fenced(self) -> tuple[str, ...]:
        """The nodes that would be fenced, because of the line or anyway."""
        return (*self.fenced, *(self.anyway.fenced if self.anyway is not None else ()))

    @property
    def is_unfinished(self) -> bool:
        """Whether crm refuses the line only because it goes on: it expects more behind its last word."""
        return _UNFINISHED.search(self.unforeseeable or "") is not None

    @property
    def danger(self) -> Danger:
        """How much the line weighs."""
        if self.is_deferred:
            return "none"
        is_loss = self.lost or self.fenced or self.unpromoted
        if is_loss or self.is_quorum_lost or self.is_erasure or self.unforeseeable is not None:
            return "loss"
        return "moves" if self.actions else "none"
