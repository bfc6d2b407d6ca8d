"""Offers of the chooser: guided forms, agents and recipes, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.wizard.catalogue import RECIPES
from crmtui.wizard.presence import Presence, answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.cib.objects import Configuration
    from crmtui.completion.values import Knowledge
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.guided import Recipe

_COMMON = (
    "ocf:heartbeat:IPaddr2",
    "ocf:heartbeat:Filesystem",
    "ocf:heartbeat:apache",
    "ocf:heartbeat:nginx",
    "ocf:heartbeat:pgsql",
    "ocf:heartbeat:mysql",
    "ocf:heartbeat:LVM-activate",
    "ocf:heartbeat:exportfs",
    "ocf:heartbeat:nfsserver",
    "ocf:linbit:drbd",
    "ocf:pacemaker:ping",
    "stonith:fence_ipmilan",
    "stonith:fence_sbd",
    "stonith:external/sbd",
)


@dataclass(frozen=True, slots=True)
class FormOffer:
    """Offer of the chooser: a draft, a form, a recipe or an agent."""

    kind: Literal["draft", "form", "script", "agent"]
    name: str
    """Name of the form or the script, ``class:provider:type``, or ``FormDraft.begun``."""
    title: str
    """The bold text in the list."""
    words: str = ""
    """One line of description."""

    def matches(self, typed: str) -> bool:
        """Return True if all typed words are in the name or the description."""
        text = f"{self.title} {self.name} {self.words}".lower()
        return all(word in text for word in typed.lower().split())


def agents(knowledge: Knowledge) -> tuple[str, ...]:
    """Return all agents of the cluster as ``class:provider:type``; runs programs."""
    return tuple(_agents(knowledge))


def _agents(knowledge: Knowledge) -> Iterator[str]:
    for agent_class in knowledge.agent_classes():
        providers = knowledge.providers(agent_class) if agent_class == "ocf" else ("",)
        for provider in providers:
            scope = f"{agent_class}:{provider}" if provider else agent_class
            yield from (f"{scope}:{name}" for name in knowledge.agents(agent_class, provider))


def ordered(
    names: Sequence[str], recent: Sequence[str], configuration: Configuration
) -> tuple[str, ...]:
    """Return agents: recent ones first, then those in use, then common ones, then all others."""
    primitives = configuration.of_kind("primitive")
    used = sorted({configuration.agent_of(known.id) for known in primitives})
    first = [name for name in (*recent, *used, *_COMMON) if name in names]
    return tuple(dict.fromkeys((*first, *names)))


def offers(
    names: Sequence[str],
    knowledge: Knowledge,
    facts: Facts,
    *,
    ids: tuple[str, ...] = (),
    scripts: Sequence[tuple[str, str]] = (),
) -> tuple[FormOffer, ...]:
    """Return all offers: forms, agents, recipes.

    Args:
        names: The agents, in order.
        knowledge: Source of the descriptions read so far.
        facts: Objects of the cluster.
        ids: Selected or marked objects; forms start with these.
        scripts: Name and description of each cluster script of crmsh.
    """
    forms = (_form(recipe, facts, ids) for recipe in RECIPES)
    recipes = (FormOffer("script", name, f"Recipe {name}", words) for name, words in scripts)
    notes = {
        agent: Presence(agent, facts.nodes, seen=seen).note
        for agent, seen in answers(facts.cib).items()
    }
    agents = (_agent(name, knowledge, notes.get(name, "")) for name in names)
    return (*forms, *agents, *recipes)


def _form(recipe: Recipe, facts: Facts, ids: tuple[str, ...]) -> FormOffer:
    begun = recipe.initial(facts, ids)
    taken = [name for name in ids if name in " ".join(begun.values()).split()]
    is_taken = bool(taken) and begun != recipe.initial(facts, ())
    words = f"{recipe.words}: {', '.join(taken)}" if is_taken else recipe.words
    return FormOffer("form", recipe.name, recipe.title, words)


def _agent(name: str, knowledge: Knowledge, note: str) -> FormOffer:
    known = knowledge.known_metadata(name)
    words = ". ".join(part for part in (note, known.shortdesc if known else "") if part)
    return FormOffer("agent", name, name, words)
