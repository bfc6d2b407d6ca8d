"""What a verb would do to the objects that are selected: the offer that a menu or a key makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.verbs.on_nodes import ON_NODES
from crmtui.verbs.on_resources import ON_RESOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.verbs.verb import Scene, Verb

_ALL = (*ON_NODES, *ON_RESOURCES)
ACTIONS = tuple(dict.fromkeys(verb.id for verb in _ALL))
"""The ids of all verbs, in the order of menus."""


@dataclass(frozen=True, slots=True)
class VerbOffer:
    """A verb and those of the selected objects that it makes sense for now."""

    verb: Verb
    names: tuple[str, ...] = ()
    """The objects it would be done to, each once."""
    left_out: tuple[str, ...] = ()
    """Why not to the other ones, each as a sentence; the only one is why it cannot be done at all."""
    choices: tuple[str, ...] = ()
    """The nodes to choose from, where one has to be chosen."""

    @property
    def why_not(self) -> str:
        """Why it cannot be done to any of them; empty where it can."""
        return "" if self.names else " ".join(self.left_out[:1])

    def lines(self, node: str = "") -> tuple[str, ...]:
        """Return the lines for crm; of what is to be chosen the name stands there in capitals."""
        return self.verb.lines(self.names, node or "NODE")


def offer(action: str, scene: Scene, selected: Sequence[str]) -> VerbOffer:
    """Return what an action would do to ``selected``, in that order.

    Where two verbs share the action, that is the one that makes sense now.
    """
    made = [_offer(verb, scene, selected) for verb in _ALL if verb.id == action]
    return next((each for each in made if each.names), made[0])


def _offer(verb: Verb, scene: Scene, selected: Sequence[str]) -> VerbOffer:
    meant = tuple(dict.fromkeys(verb.subject(scene, name) for name in selected))
    reasons = {name: verb.why_not(scene, name) for name in meant}
    names = tuple(name for name in meant if not reasons[name])
    left_out = [why for why in reasons.values() if why]
    choices = [verb.choices(scene, name) for name in names]
    common = tuple(
        node for node in (choices[0] if choices else ()) if all(node in each for each in choices)
    )
    if verb.needs_node and names and not common:
        left_out = ["There is no node that all of them could be named with.", *left_out]
        names = ()
    return VerbOffer(verb, names, tuple(left_out), common)


def offers(scene: Scene, kind: str, selected: Sequence[str]) -> tuple[VerbOffer, ...]:
    """Return what can be done to ``selected``, and what cannot with the reason.

    Args:
        scene: What is known now.
        kind: ``node`` or ``resource``.
        selected: Names of objects of that kind.
    """
    return tuple(
        offer(action, scene, selected) for action in ACTIONS if action.startswith(f"{kind}.")
    )
