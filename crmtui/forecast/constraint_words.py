"""Constraints as reasons: the resource of a constraint, and its effect for or against a node."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.cib.scores import is_infinite, location_verb
from crmtui.cluster.roles import LEGACY
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_DONE = {"promote": "is promoted", "demote": "is demoted", "stop": "has stopped"}


def names(constraint: Element, resource: str) -> bool:
    """Return true if a constraint decides the place or the start of ``resource``."""
    if resource in (constraint.get(name) for name in ("rsc", "then")):
        return True
    pattern = constraint.get("rsc-pattern")
    if pattern is not None:
        try:
            return re.search(pattern, resource) is not None
        except re.error:
            return False
    return any(each.get("id") == resource for each in constraint.iter("resource_ref"))


def against(constraint: Element, node: str, subject: str) -> str:
    """Return the effect of a constraint against ``subject`` on ``node``; empty where it has none.

    Args:
        constraint: The constraint's element in the CIB.
        node: Name of the node; empty for any.
        subject: Words for the resource: its id, or ``it``.
    """
    id_, tag = plain_line(constraint.get("id", "")), constraint.tag
    if tag == "rsc_ticket":
        return f"{id_} ties {subject} to the ticket {plain_line(constraint.get('ticket', ''))}"
    if tag == "rsc_order":
        return _order(constraint, id_, subject)
    if tag == "rsc_colocation":
        return _colocation(constraint, id_, subject)
    if constraint.find("rule") is not None:
        return f"the rules of {id_} decide where {subject} may run"
    is_elsewhere = bool(node) and constraint.get("node", "") != node
    is_negative = constraint.get("score", "").startswith("-")
    return _location(constraint, subject) if is_elsewhere != is_negative else ""


def attraction(constraint: Element, nodes: Sequence[str], subject: str) -> str:
    """Return how a constraint draws ``subject`` to ``nodes``; empty where it does not."""
    if constraint.tag == "rsc_colocation" or constraint.find("rule") is not None:
        return against(constraint, "", subject)
    is_negative = constraint.get("score", "").startswith("-")
    is_here = constraint.get("node", "") in nodes
    return _location(constraint, subject) if is_negative != is_here else ""


def partner(constraint: Element) -> tuple[str, str]:
    """Return the only partner beside which a constraint lets its resource run, and the partner's role.

    Both are empty for a constraint of another kind, or one that names sets.
    """
    score = constraint.get("score", "")
    is_mandatory = constraint.tag == "rsc_colocation" and is_infinite(score)
    if not is_mandatory or score.startswith("-"):
        return "", ""
    role = constraint.get("with-rsc-role", "")
    return constraint.get("with-rsc", ""), LEGACY.get(role, role)


def _location(constraint: Element, subject: str) -> str:
    id_, where = plain_line(constraint.get("id", "")), plain_line(constraint.get("node", ""))
    score = plain_line(constraint.get("score", ""))
    said = {
        "bans": f"bans {subject} from {where}",
        "avoids": f"has {subject} avoid {where}",
        "prefers": f"draws {subject} to {where}",
    }[location_verb(score)]
    return f"{id_} {said} ({score})"


def _order(constraint: Element, id_: str, subject: str) -> str:
    if constraint.get("kind") == "Optional" or constraint.get("score") == "0":
        return ""
    first = plain_line(constraint.get("first", ""))
    if not first:
        return f"{id_} has {subject} wait for others of its set"
    done = _DONE.get(constraint.get("first-action", ""))
    return f"{id_} has {subject} wait " + (f"until {first} {done}" if done else f"for {first}")


def _colocation(constraint: Element, id_: str, subject: str) -> str:
    score = plain_line(constraint.get("score", ""))
    other = plain_line(constraint.get("with-rsc", ""))
    if not other:
        return f"{id_} has {subject} run together with others of its set ({score})"
    role = plain_line(LEGACY.get(given := constraint.get("with-rsc-role", ""), given))
    where = f"{other} {f'is {role}' if role and role != 'Started' else 'runs'}"
    own = plain_line(LEGACY.get(given := constraint.get("rsc-role", ""), given))
    runs = f"be {own}" if own and own != "Started" else "run"
    if is_infinite(score):
        how = "nowhere" if score.startswith("-") else "only"
        return f"{id_} has {subject} {runs} {how} where {where}"
    if score.startswith("-"):
        return f"{id_} has {subject} avoid where {where} ({score})"
    return f"{id_} draws {subject} to where {where} ({score})"
