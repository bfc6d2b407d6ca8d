"""Forecast as frozen values: the actions of the scheduler after a change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.version import CibVersion
    from crmtui.cluster.model import Node, Resource

Danger = Literal["none", "moves", "loss"]
"""Weight of a change, from its effects and not from its verb.

``none``: nothing moves. ``moves``: services start, stop or move, and all go on. ``loss``: something
stops for good, a node is fenced, quorum is lost, the configuration is erased, or the effect is
unknown.
"""


_UNFINISHED = re.compile(
    r"syntax in \w+: (?:expected at least|unexpected end|expected(?!.* near <))", re.IGNORECASE
)
"""crm (4.4 and 5.0) names the word at which it stumbles; at the end of a line there is none."""


@dataclass(frozen=True, slots=True)
class ScheduledAction:
    """One action of the scheduler."""

    action: str
    """crm_simulate's word: ``start``, ``stop``, ``move``, ``migrate`` (live), ``promote``,
    ``demote``, ``restart``, ``recover``, ``reload`` …; ``fence`` and ``shutdown`` for a node.
    """
    resource: str
    """Id of the primitive, without an instance number; empty for an action on a node."""
    node: str
    """Node of the action; for a move the destination."""
    source: str = ""
    """Node on which the resource runs before; empty when it did not run."""
    target: str = ""
    """Node on which the resource runs after; empty when it stops there."""
    reason: str = ""
    """Reason, in Pacemaker's words where it gives any."""


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
    """Effect of a line on the present cluster."""

    line: str
    """The line, as given."""
    summary: str
    """Everything in one sentence, the worst first, without a full stop."""
    actions: tuple[ScheduledAction, ...] = ()
    """Actions in the order of their start, without those that happen anyway."""
    fenced: tuple[str, ...] = ()
    """Nodes that are fenced because of the line."""
    lost: tuple[str, ...] = ()
    """Primitives that run now and would run nowhere."""
    unpromoted: tuple[str, ...] = ()
    """Primitives that are promoted somewhere now and would be promoted nowhere."""
    blocked: tuple[ScheduledAction, ...] = ()
    """Actions that the scheduler wants and cannot do."""
    undecided: tuple[str, ...] = ()
    """Promotable clones that start; their agents decide where they are promoted."""
    stays: tuple[str, ...] = ()
    """Outermost running resources that stay untouched, by the line and anyway."""
    is_quorum_lost: bool = False
    is_erasure: bool = False
    """True if configuration is dropped wholesale."""
    is_deferred: bool = False
    """True if everything happens only with ``commit``; until then the line changes nothing."""
    is_reading: bool = False
    """True if the line changes nothing at all, not even the configuration."""
    unforeseeable: str | None = None
    """Sentence that says why there is no forecast; None where there is one."""
    is_assumed: bool = False
    """True if the CIB has no status, so that the state before the line is an assumption."""
    caveats: tuple[str, ...] = ()
    """Assumptions of the forecast, each as a sentence."""
    anyway: Forecast | None = None
    """Actions that happen with and without the line; None without any."""
    averted: Forecast | None = None
    """Actions that the line prevents; None without any."""
    before: World = field(default_factory=World, repr=False)
    after: World = field(default_factory=World, repr=False)
    version: CibVersion | None = None
    """Version of the CIB behind the forecast; None where none was read."""

    @property
    def sentences(self) -> str:
        """Everything on one line: the summary, then the side effects."""
        return " ".join(map(sentence, (self.summary, *self.side_notes)))

    @property
    def headline(self) -> str:
        """The same with an introduction, for the line above the command line and for the output."""
        if self.unforeseeable is not None:
            return f"{self.sentences[:1].upper()}{self.sentences[1:]}"
        return f"Forecast: {self.sentences}"

    @property
    def side_notes(self) -> tuple[str, ...]:
        """Actions that happen anyway or are prevented, each as a sentence without a full stop."""
        anyway = f"Happens anyway: {self.anyway.summary}" if self.anyway is not None else ""
        averted = f"Prevented by it: {self.averted.summary}" if self.averted is not None else ""
        return tuple(filter(None, (anyway, averted)))

    @property
    def all_fenced(self) -> tuple[str, ...]:
        """Nodes that are fenced, because of the line or anyway."""
        return (*self.fenced, *(self.anyway.fenced if self.anyway is not None else ()))

    @property
    def is_unfinished(self) -> bool:
        """True if crm refuses the line only because it expects more words at the end."""
        return _UNFINISHED.search(self.unforeseeable or "") is not None

    @property
    def danger(self) -> Danger:
        """Weight of the line."""
        if self.is_deferred:
            return "none"
        is_loss = self.lost or self.fenced or self.unpromoted
        if is_loss or self.is_quorum_lost or self.is_erasure or self.unforeseeable is not None:
            return "loss"
        return "moves" if self.actions else "none"
