"""Fencing topology: the devices for each node, and the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.errors import NotInForm
from crmtui.wizard.fields import Field, FormStep
from crmtui.wizard.guided import Recipe
from crmtui.wizard.statements import Statement
from crmtui.wizard.validation import FormProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.document import Cib
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_PREFIX = "level."


def devices(facts: Facts) -> tuple[str, ...]:
    """Return the ids of the fencing devices."""
    primitives = facts.configuration.of_kind("primitive")
    is_fencing = facts.configuration.agent_of
    return tuple(known.id for known in primitives if is_fencing(known.id).startswith("stonith:"))


def levels(cib: Cib) -> dict[str, str]:
    """Return the devices for each node: blanks separate levels, commas the devices of one level.

    Raises:
        NotInForm: A level names nodes by pattern or attribute, which a form cannot show.
    """
    found: dict[str, dict[int, str]] = {}
    for level in cib.configuration.iterfind("fencing-topology/fencing-level"):
        target, index = level.get("target", ""), level.get("index", "")
        if not target or not index.isdigit():
            raise NotInForm(
                "The fencing topology names nodes by pattern or attribute, which this form cannot show.",
                hint="Change it by hand: configure edit fencing_topology",
            )
        found.setdefault(target, {})[int(index)] = level.get("devices", "")
    return {node: " ".join(by[index] for index in sorted(by)) for node, by in found.items()}


def has_topology(facts: Facts) -> bool:
    """Return true if the cluster has a fencing topology already."""
    return bool(facts.configuration.of_kind("fencing_topology"))


def statement(by_node: dict[str, str]) -> Statement | None:
    """Return the statement for these levels by node; None without levels."""
    words = [word for node, text in by_node.items() if text for word in (f"{node}:", *text.split())]
    return Statement(("fencing_topology", *words)) if words else None


def _steps(_answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    choices = devices(facts)
    fields = tuple(
        Field(
            f"{_PREFIX}{node}",
            node,
            "text",
            "Devices, one level after the other; those of one level together, with commas",
            "The devices of the first level are tried first, and those of the next only when they "
            "fail. Devices with a comma between them belong to one level and all have to succeed:\n\n"
            "    ipmi-n1 pdu-a,pdu-b",
            choices=choices,
        )
        for node in facts.nodes
    )
    return (
        FormStep(
            "topology",
            "Fencing topology",
            fields,
            "Fencing devices of each node, in the order in which they are tried.",
        ),
    )


def _by_node(answers: Answers) -> dict[str, str]:
    return {
        key.removeprefix(_PREFIX): value
        for key, value in answers.items()
        if key.startswith(_PREFIX) and value
    }


def _statements(answers: Answers, facts: Facts) -> Iterator[Statement]:
    made = statement(_by_node(answers))
    if made is not None and _by_node(answers) != levels(facts.cib):
        yield made


def take(statement: Statement, answers: dict[str, str]) -> bool:
    """Copy a fencing topology into answers; return false if it does not name nodes."""
    if statement.keyword != "fencing_topology":
        return False
    found: dict[str, list[str]] = {}
    node = ""
    for word in statement.head[1:]:
        if word.startswith(("pattern:", "attr:")):
            return False
        if word.endswith(":"):
            node = word.rstrip(":")
        elif node:
            found.setdefault(node, []).append(word)
        else:
            return False
    for key in [key for key in answers if key.startswith(_PREFIX)]:
        del answers[key]
    answers |= {f"{_PREFIX}{node}": " ".join(words) for node, words in found.items()}
    return True


def _initial(facts: Facts, _ids: tuple[str, ...]) -> dict[str, str]:
    return {f"{_PREFIX}{node}": text for node, text in levels(facts.cib).items()}


def _check(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    known = set(devices(facts))
    for node, text in _by_node(answers).items():
        for device in text.replace(",", " ").split():
            if device not in known:
                yield FormProblem(f"{_PREFIX}{node}", f"There is no fencing device {device}.")
    if not _by_node(answers):
        key = f"{_PREFIX}{facts.nodes[0]}" if facts.nodes else ""
        yield FormProblem(
            key, "No node has a device: to drop the topology, delete fencing_topology."
        )


TOPOLOGY = Recipe(
    "topology",
    "Fencing topology",
    "Fencing devices of each node, in the order in which they are tried",
    _steps,
    _statements,
    take,
    _initial,
    _check,
    has_topology,
)


def device_step(answers: Answers, facts: Facts) -> FormStep:
    """Return the step of a new fencing device that puts it into the topology."""
    fields = [
        Field(
            "fences.nodes",
            "for nodes",
            "nodes",
            "Nodes that the device fences; empty leaves the topology as it is",
            choices=facts.nodes,
        )
    ]
    if answers.get("fences.nodes"):
        fields.append(
            Field(
                "fences.level",
                "level",
                "choice",
                "Order among the levels of these nodes",
                default="last",
                choices=("first", "last"),
                is_strict=True,
            )
        )
    return FormStep(
        "topology",
        "Topology",
        tuple(fields),
        "The topology is the order in which devices are tried.",
    )


def device_statement(answers: Answers, facts: Facts) -> Statement | None:
    """Return the whole topology with a new device added; None where the topology stays the same."""
    nodes = answers.get("fences.nodes", "").replace(",", " ").split()
    if not nodes:
        return None
    by_node = levels(facts.cib)
    own = answers.get("id") or "ID"
    for node in nodes:
        before = by_node.get(node, "")
        words = (own, before) if answers.get("fences.level") == "first" else (before, own)
        by_node[node] = " ".join(word for word in words if word)
    return statement(by_node)
