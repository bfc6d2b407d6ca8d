"""Queries for a page of details: the CIB, the scheduler's scores, metadata of agents.

Each query takes from 10 ms to a second, so a thread makes it, and only for the open page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from crmtui.backend.process.run import run
from crmtui.backend.queries.cib_query import query_cib, query_version
from crmtui.backend.queries.cluster_stack import read_stack
from crmtui.cib import scores
from crmtui.errors import ClusterUnavailable, CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.cib.agents import AgentMetadata
    from crmtui.cib.document import Cib
    from crmtui.cib.scores import Scores
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.stack import ClusterStack

_T = TypeVar("_T")

_SCORES = ("crm_simulate", "--live-check", "--show-scores", "--output-as=xml")


@dataclass(frozen=True, slots=True)
class DetailsQuestion:
    """Question of a page of details."""

    cib: Cib | None
    """CIB, if it is known already; None to read it."""
    when: float
    """Time of the snapshot that led to the question, in seconds since the epoch."""
    resource: str = ""
    """Resource of the page, whose scores and agent are read; empty for none."""
    stack_of: Cluster | None = None
    """Cluster of the page, whose stack is read; None for no stack."""
    last: Cib | None = None
    """Last CIB that was read, which is used again if its configuration is the same."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Answer to a `DetailsQuestion`."""

    question: DetailsQuestion
    cib: Cib | None = None
    """CIB; None if it could not be read."""
    scores: Scores | None = None
    agents: Mapping[str, AgentMetadata] = field(default_factory=dict)
    stack: ClusterStack | None = None
    troubles: tuple[str, ...] = ()
    """Reasons for missing parts, as sentences."""


def find_out(target: Target, knowledge: LiveKnowledge | None, question: DetailsQuestion) -> Learnt:
    """Return the answer to ``question``, with reasons for missing parts.

    Args:
        target: Target with the cluster.
        knowledge: Knowledge of agents and properties; None until it is ready.
        question: Question of the page.
    """
    troubles: list[str] = []
    cib = question.cib or _tried(lambda: _read(target, question.last), troubles)
    found: Scores | None = None
    agents: dict[str, AgentMetadata] = {}
    stack: ClusterStack | None = None
    if question.resource:
        found = _tried(lambda: scores.parse(_output(target, _SCORES)), troubles)
        agent = cib.objects.agent_of(question.resource) if cib else ""
        metadata = knowledge.metadata(agent) if knowledge and agent else None
        if metadata is not None:
            agents = {agent: metadata}
        elif knowledge and agent:
            troubles.append(knowledge.silence(agent))
    if question.stack_of is not None:
        documented = knowledge.properties() if knowledge is not None else ()
        stack = read_stack(target, question.stack_of, cib, documented)
    return Learnt(question, cib, found, agents, stack, tuple(troubles))


def _read(target: Target, last: Cib | None) -> Cib:
    # Reading a large CIB takes longer than all other queries between two snapshots.
    if last is not None:
        now = query_version(target)
        if now is not None and now.configuration == last.version.configuration:
            return last
    return query_cib(target)


def _tried(ask: Callable[[], _T], troubles: list[str]) -> _T | None:
    try:
        return ask()
    except CrmtuiError as error:
        troubles.append(error.what)
        return None


def _output(target: Target, argv: tuple[str, ...]) -> str:
    done = run(target, argv)
    if done.status != 0:
        why = done.errors.strip().splitlines()[-1:] or [f"exit status {done.status}"]
        raise ClusterUnavailable(f"{argv[0]} did not answer: {why[0]}")
    return done.output
