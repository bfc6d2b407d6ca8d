"""Operations of a resource as fields: the agent's advice, answers and ``op`` sections.

An operation has a slot: ``monitor``, or ``monitor/2`` for the second of that name. Its answers are
``op.SLOT`` (yes or no), ``op.SLOT.interval`` and so on.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from crmtui.wizard.fields import BOOLEANS, Field
from crmtui.wizard.statements import StatementSection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.cib.agents import AgentMetadata, AgentOperation
    from crmtui.wizard.answers import Answers

YES, NO = "yes", "no"
ON_FAIL = ("restart", "ignore", "block", "stop", "fence", "standby", "demote")
_COMMON = ("start", "stop", "monitor", "promote", "demote")
_PROMOTABLE = frozenset({"promote", "demote"})
_OFFERED = frozenset({*_COMMON, "migrate_to", "migrate_from", "notify", "reload"})
_ATTRIBUTES = (
    "interval",
    "timeout",
    "role",
    "on-fail",
    "start-delay",
    "interval-origin",
    "enabled",
    "record-pending",
    "description",
)
"""Attributes of the operation itself; every other name goes to the agent, and crm wants it behind
these (crmsh, ``match_op``).
"""
_DEFAULT_TIMEOUT = "20s"
_DEFAULT_INTERVAL = "10s"
"""Interval that crmsh and Hawk use for a monitor whose agent advises none."""
_ROLES = {"Master": "Promoted", "Slave": "Unpromoted"}


def name_of(slot: str) -> str:
    """Return the operation's name."""
    return slot.partition("/")[0]


def _slots(names: Sequence[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}/{seen[name]}"


def _advised(metadata: AgentMetadata, agent: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    if agent.startswith("stonith:"):
        # The actions of a fence agent are no operations, except monitor.
        return (("monitor", {"interval": "60s", "timeout": "60s"}),)
    actions = [action for action in metadata.actions if action.name in _OFFERED]
    actions.sort(key=lambda action: _rank(action.name))
    figures = [(action.name, _figures(action)) for action in actions]
    if not any(name == "monitor" for name, _ in figures):
        figures.append(("monitor", {"interval": _DEFAULT_INTERVAL, "timeout": _DEFAULT_TIMEOUT}))
    _tell_apart([known for name, known in figures if name == "monitor"])
    slots = _slots([name for name, _ in figures])
    return tuple((slot, known) for slot, (_, known) in zip(slots, figures, strict=True))


def _tell_apart(monitors: Sequence[dict[str, str]]) -> None:
    """Give each monitor its own interval: Pacemaker distinguishes monitors by nothing else."""
    taken: set[str] = set()
    for figures in monitors:
        seconds = re.fullmatch(r"(\d+)s", figures["interval"])
        while seconds and figures["interval"] in taken:
            figures["interval"] = f"{int(figures['interval'][:-1]) + 1}s"
        taken.add(figures["interval"])


def _rank(name: str) -> int:
    return _COMMON.index(name) if name in _COMMON else len(_COMMON)


def _figures(action: AgentOperation) -> dict[str, str]:
    figures = {name: value for name, value in action.advised() if value}
    if "role" in figures:
        figures["role"] = _ROLES.get(figures["role"].capitalize(), figures["role"])
    if action.name == "monitor":
        figures.setdefault("interval", _DEFAULT_INTERVAL)
    else:
        figures.pop("interval", None)
    return {name: _with_unit(name, value) for name, value in figures.items()}


def _with_unit(name: str, value: str) -> str:
    return (
        f"{value}s"
        if name in ("interval", "timeout") and value.isdigit() and value != "0"
        else value
    )


def advice(metadata: AgentMetadata, agent: str) -> dict[str, str]:
    """Return the answers that accept the agent's advice, for every role of the agent."""
    found: dict[str, str] = {}
    for slot, figures in _advised(metadata, agent):
        # A deeper check costs more, and often needs parameters of its own.
        is_usual = name_of(slot) in _COMMON and "OCF_CHECK_LEVEL" not in figures
        found[f"op.{slot}"] = YES if is_usual else NO
        found |= {f"op.{slot}.{attribute}": value for attribute, value in figures.items()}
    return found


def _applies(slot: str, answers: Answers, *, has_roles: bool) -> bool:
    """Return true if an operation makes sense for a resource with or without a promoted role."""
    is_for_role = name_of(slot) in _PROMOTABLE or (
        slot != "monitor" and f"op.{slot}.role" in answers
    )
    return has_roles or not is_for_role


def fields(
    metadata: AgentMetadata, agent: str, answers: Answers, *, has_roles: bool
) -> tuple[Field, ...]:
    """Return the fields of all advised or answered operations.

    Args:
        metadata: Documentation of the agent.
        agent: Name of the agent.
        answers: The present answers.
        has_roles: True if the resource is to be promotable.
    """
    slots = [slot for slot, _ in _advised(metadata, agent)]
    slots += [slot for slot in _answered_slots(answers) if slot not in slots]
    return tuple(
        field
        for slot in slots
        if _applies(slot, answers, has_roles=has_roles)
        for field in _fields(slot, answers, has_roles=has_roles)
    )


def _fields(slot: str, answers: Answers, *, has_roles: bool) -> Iterator[Field]:
    name, is_used = name_of(slot), answers.get(f"op.{slot}", NO) == YES
    yield Field(
        f"op.{slot}",
        slot.replace("/", " "),
        "choice",
        f"Configure {name}",
        default=NO,
        choices=(YES, NO),
        is_folded=name not in _COMMON and not is_used,
        is_strict=True,
    )
    if not is_used:
        return
    known = {key.rpartition(".")[2] for key in answers if key.startswith(f"op.{slot}.")}
    if name == "monitor" or "interval" in known:
        yield Field(
            f"op.{slot}.interval", "  interval", "time", "Time between two runs", default="0"
        )
    yield Field(
        f"op.{slot}.timeout",
        "  timeout",
        "time",
        "Longest time that a run may take",
        default=_DEFAULT_TIMEOUT,
    )
    if "role" in known and has_roles:
        roles = ("Started", "Promoted", "Unpromoted", "Stopped")
        yield Field(
            f"op.{slot}.role", "  role", "choice", "Role in which the operation runs", choices=roles
        )
    yield Field(
        f"op.{slot}.on-fail",
        "  on-fail",
        "choice",
        "Reaction of the cluster to a failure",
        default="fence" if name == "stop" else "restart",
        choices=ON_FAIL,
        is_folded="on-fail" not in known,
    )
    for other in sorted(known - {"interval", "timeout", "role", "on-fail", "rest"}):
        choices = BOOLEANS if other in ("enabled", "record-pending") else ()
        yield Field(f"op.{slot}.{other}", f"  {other}", choices=choices)


def _answered_slots(answers: Answers) -> list[str]:
    return [
        key.removeprefix("op.") for key in answers if key.startswith("op.") and key.count(".") == 1
    ]


def sections(answers: Answers, *, has_roles: bool) -> tuple[StatementSection, ...]:
    """Return the ``op`` sections of the answers."""
    return tuple(
        StatementSection("op", tuple(_words(slot, answers, has_roles=has_roles)))
        for slot in _answered_slots(answers)
        if answers[f"op.{slot}"] == YES and _applies(slot, answers, has_roles=has_roles)
    )


def _words(slot: str, answers: Answers, *, has_roles: bool) -> Iterator[str]:
    prefix = f"op.{slot}."
    pairs = {
        key.removeprefix(prefix): value
        for key, value in answers.items()
        if key.startswith(prefix) and value
    }
    rest = pairs.pop("rest", "")
    if not has_roles:
        pairs.pop("role", None)
    yield name_of(slot)
    for name in (*_ATTRIBUTES, *(name for name in pairs if name not in _ATTRIBUTES)):
        if name in pairs:
            yield f"{name}={pairs[name]}"
    yield from rest.split("\x00") if rest else ()


def read(sections: Sequence[StatementSection]) -> dict[str, str]:
    """Return the answers for ``op`` sections; a word other than ``name=value`` is kept as it is."""
    named = [section for section in sections if section.words]
    found: dict[str, str] = {}
    slots = _slots([section.words[0] for section in named])
    for slot, section in zip(slots, named, strict=True):
        found[f"op.{slot}"] = YES
        words = section.words[1:]
        plain = next((at for at, word in enumerate(words) if _is_kept(word)), len(words))
        for word in words[:plain]:
            name, _, value = word.partition("=")
            found[f"op.{slot}.{name}"] = value
        if plain < len(words):
            found[f"op.{slot}.rest"] = "\x00".join(words[plain:])
    return found


def _is_kept(word: str) -> bool:
    return "=" not in word or word.startswith(("$", "@")) or "." in word.partition("=")[0]
