"""A verb: how it is said to crm, and to whom it may be said now."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib.objects import Configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.cluster.model import Cluster


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when something is about to be done."""

    cluster: Cluster
    configuration: Configuration = field(default_factory=Configuration)


def _nowhere(_scene: Scene, _name: str) -> tuple[str, ...]:
    return ()


def _as_it_is(_scene: Scene, name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done to an object by a line of crm."""

    id: str
    """That of its action: ``node.standby``. Two verbs may share one, to begin a state and to end it."""
    line: str
    """The line, with ``{names}`` or, where crm takes but one object, ``{name}``; ``{node}`` for a
    node that has to be chosen; quoted as crm reads them."""
    why_not: Callable[[Scene, str], str]
    """Says as a sentence why it makes no sense for an object now; empty where it does."""
    subject: Callable[[Scene, str], str] = _as_it_is
    """Which object is meant when one is selected: of an instance, the clone."""
    choices: Callable[[Scene, str], tuple[str, ...]] = _nowhere
    """The nodes to choose from, the likeliest first."""
    question: str = ""
    """How crm's own question begins that the gate has asked already, and with more to show."""

    @property
    def needs_node(self) -> bool:
        """Whether a node has to be chosen."""
        return "{node}" in self.line

    def lines(self, names: Sequence[str], node: str = "") -> tuple[str, ...]:
        """Return the lines that say it of ``names``, without ``crm`` itself."""
        quoted = [shlex.quote(name) for name in names]
        if "{names}" in self.line:
            return (self.line.format(names=" ".join(quoted)),)
        return tuple(self.line.format(name=name, node=shlex.quote(node)) for name in quoted)
