"""Scores of the scheduler for each resource and node, from ``crm_simulate --show-scores``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from crmtui.cib.xml import root, words

_INFINITY = 1_000_000
"""Pacemaker's value of INFINITY (``PCMK_SCORE_INFINITY``)."""

ByNode = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scores:
    """Final scores of every resource, as Pacemaker prints them."""

    placing: Mapping[str, ByNode] = field(default_factory=dict)
    """Scores by resource and node. For a clone the best instance counts: an instance gets -INFINITY
    on the node of an earlier one."""
    promoting: Mapping[str, ByNode] = field(default_factory=dict)


def number(score: str) -> int:
    """Return ``score`` as a number; other words count as 0."""
    sign = -1 if score.startswith("-") else 1
    bare = score.lstrip("+-")
    if bare == "INFINITY":
        return sign * _INFINITY
    return sign * int(bare) if bare.isascii() and bare.isdecimal() else 0


def is_infinite(score: str) -> bool:
    """Return True if ``score`` is INFINITY or -INFINITY, which allow no exception."""
    return abs(number(score)) >= _INFINITY


def location_verb(score: str) -> Literal["bans", "avoids", "prefers"]:
    """Return the verb for a location with ``score``: only -INFINITY bans."""
    if not score.startswith("-"):
        return "prefers"
    return "bans" if is_infinite(score) else "avoids"


def parse(xml: str) -> Scores:
    """Return the scores in the output of ``crm_simulate -L -s --output-as=xml``.

    The scheduler prints a score at each calculation, and the last one decides.

    Raises:
        CibUnreadable: The output is not XML.
    """
    last: dict[tuple[str, str], str] = {}
    promotions: dict[tuple[str, str], str] = {}
    for element in root(xml, "crm_simulate").iter():
        given = words(element)
        place = given.get("id", ""), given.get("node", "")
        if element.tag == "node_weight":
            last[place] = given.get("score", "")
        elif element.tag == "promotion_score" and place[1]:
            promotions[place] = given.get("score", "")
    return Scores(_best(last), _best(promotions))


def _best(found: Mapping[tuple[str, str], str]) -> Mapping[str, ByNode]:
    best: dict[str, dict[str, str]] = {}
    for (instance, node), score in found.items():
        for name in dict.fromkeys((instance, instance.partition(":")[0])):
            nodes = best.setdefault(name, {})
            if node not in nodes or number(score) > number(nodes[node]):
                nodes[node] = score
    return MappingProxyType(best)
