"""Verb: a change of an object by a line of crm, and why the object does not allow it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib.objects import Configuration
from crmtui.crmsh.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.cluster.model import Cluster


@dataclass(frozen=True, slots=True)
class Scene:
    """The cluster and its configuration when a verb is about to be used."""

    cluster: Cluster
    configuration: Configuration = field(default_factory=Configuration)


def _nowhere(_scene: Scene, _name: str) -> tuple[str, ...]:
    return ()


def _as_it_is(_scene: Scene, name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Verb:
    """Change that a line of crm makes to an object."""

    id: str
    """The id of its action: ``node.standby``. Two verbs may share one: to begin and to end a state."""
    line: str
    """The line of crm. ``{names}`` stands for all objects, ``{name}`` where crm takes only one, and
    ``{node}`` for a node to choose; names are quoted as crm reads them."""
    why_not: Callable[[Scene, str], str]
    """Gives the reason, a sentence, why the verb makes no sense for an object now; empty if it does."""
    subject: Callable[[Scene, str], str] = _as_it_is
    """Gives the object to act on when another is selected: the clone of an instance."""
    choices: Callable[[Scene, str], tuple[str, ...]] = _nowhere
    """Gives the nodes to choose from, the likeliest first."""
    question: str = ""
    """The beginning of crm's own question, which is answered with yes: the gate has asked already."""

    @property
    def needs_node(self) -> bool:
        """True if a node has to be chosen."""
        return "{node}" in self.line

    def lines(self, names: Sequence[str], node: str = "") -> tuple[str, ...]:
        """Return the lines of crm for ``names``, without ``crm`` itself.

        Raises:
            Unwritable: A name cannot be written; an offer leaves such names out.
        """
        words = [quoted(name) for name in names]
        if "{names}" in self.line:
            return (self.line.format(names=" ".join(words)),)
        return tuple(self.line.format(name=word, node=quoted(node)) for word in words)
