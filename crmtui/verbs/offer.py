"""Offer of a verb for the selected objects, as a menu or a key shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh.words import unwritable
from crmtui.text import plain_line
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
    """A verb, and the selected objects that it makes sense for now."""

    verb: Verb
    names: tuple[str, ...] = ()
    """The objects to act on, each once."""
    left_out: tuple[str, ...] = ()
    """Reasons against the other objects, each a sentence."""
    choices: tuple[str, ...] = ()
    """The nodes to choose from, if the verb needs one."""

    @property
    def why_not(self) -> str:
        """The reason why the verb suits none of the objects; empty if it suits one."""
        return "" if self.names else " ".join(self.left_out[:1])

    def lines(self, node: str = "") -> tuple[str, ...]:
        """Return the lines for crm; a node that is not chosen yet stands there as NODE."""
        return self.verb.lines(self.names, node or "NODE")


def offer(action: str, scene: Scene, selected: Sequence[str]) -> VerbOffer:
    """Return the offer of an action for ``selected``, in that order.

    Where two verbs share the action, the one that makes sense now is offered.
    """
    made = [_offer(verb, scene, selected) for verb in _ALL if verb.id == action]
    return next((each for each in made if each.names), made[0])


def _offer(verb: Verb, scene: Scene, selected: Sequence[str]) -> VerbOffer:
    meant = tuple(dict.fromkeys(verb.subject(scene, name) for name in selected))
    reasons = {name: verb.why_not(scene, name) or _no_word(name) for name in meant}
    names = tuple(name for name in meant if not reasons[name])
    left_out = [why for why in reasons.values() if why]
    choices = [verb.choices(scene, name) for name in names]
    common = tuple(
        node
        for node in (choices[0] if choices else ())
        if all(node in each for each in choices) and not unwritable(node)
    )
    if verb.needs_node and names and not common:
        left_out = ["No node suits all selected resources.", *left_out]
        names = ()
    return VerbOffer(verb, names, tuple(left_out), common)


def _no_word(name: str) -> str:
    """Return the reason why ``name`` is no word of a line, as a sentence; empty if it is one."""
    what = unwritable(name)
    return (
        f"The name {plain_line(name)} has {what} in it, and no line of crm can hold it."
        if what
        else ""
    )


def offers(scene: Scene, kind: str, selected: Sequence[str]) -> tuple[VerbOffer, ...]:
    """Return the offers of all verbs for ``selected``; those that cannot be done carry the reason.

    Args:
        scene: The cluster and its configuration now.
        kind: ``node`` or ``resource``.
        selected: Names of objects of that kind.
    """
    return tuple(
        offer(action, scene, selected) for action in ACTIONS if action.startswith(f"{kind}.")
    )
