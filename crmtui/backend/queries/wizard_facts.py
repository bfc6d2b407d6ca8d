"""Facts about a cluster for the guided forms, collected from its programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.queries.cib_query import query_cib
from crmtui.cib.agents import AgentMetadata, Parameter, is_agent_name
from crmtui.crmsh import command_table
from crmtui.errors import AgentSilent
from crmtui.wizard.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.backend.process.target import Target
    from crmtui.completion.values import Knowledge

_META = {
    "primitive": "meta.primitive",
    "group": "meta.group",
    "clone": "meta.clone",
    "op": "op_defaults",
}
_TYPES = {
    "<boolean>": "boolean",
    "<integer>": "integer",
    "<score>": "score",
    "<time>": "time",
    "<text>": "string",
}
"""Types of parameters, by the placeholders for free values in completion's table."""


def gather(target: Target, knowledge: Knowledge) -> Facts:
    """Return the present facts.

    Raises:
        CrmtuiError: The CIB could not be read.
    """
    cib = query_cib(target)
    configuration = knowledge.configuration()
    cluster = knowledge.cluster()
    names = [known.id for known in configuration.of_kind("node")]
    names += [node.name for node in cluster.nodes] if cluster is not None else []
    return Facts(
        configuration=configuration,
        nodes=tuple(dict.fromkeys(names)),
        meta=meta_attributes(),
        properties=knowledge.properties(),
        here=_here(target),
        cib=cib,
    )


def _here(target: Target) -> str:
    if target.kind == "sandbox":  # its programs run on this machine, which is none of its nodes
        return ""
    completed = run(target, ("crm_node", "--name"))
    return completed.output.strip() if completed.status == 0 else ""


def described(knowledge: Knowledge, agent: str) -> AgentMetadata:
    """Return the metadata of an agent.

    Raises:
        AgentSilent: There is no such agent, or its metadata is missing or broken.
    """
    if not all(map(is_agent_name, agent.split(":"))):
        raise AgentSilent(
            f"{agent} is not the name of an agent: it was not run.",
            hint="Name an installed agent. List: crm ra list ocf",
        )
    metadata = knowledge.metadata(agent)
    if metadata is None:
        raise AgentSilent(
            f"{agent} has no metadata: it is not listed here, or its metadata is broken.",
            hint=f"See its output: crm_resource --show-metadata={agent}",
        )
    return metadata


def described_or_bare(knowledge: Knowledge, agent: str) -> AgentMetadata:
    """Return the metadata of an agent, or its name alone if it has none."""
    try:
        return described(knowledge, agent)
    except AgentSilent:
        return AgentMetadata(agent.rpartition(":")[2], is_silent=True)


def meta_attributes() -> Mapping[str, tuple[Parameter, ...]]:
    """Return the meta attributes of each kind of object, from completion's table."""
    return {
        kind: tuple(_parameter(row) for row in command_table.names(section).values())
        for kind, section in _META.items()
    }


def _parameter(row: command_table.CommandRow) -> Parameter:
    choices = row.positions[0].choices if row.positions else ()
    kind = next((_TYPES[choice] for choice in choices if choice in _TYPES), "")
    return Parameter(
        name=row.name,
        type=kind or ("select" if choices else "string"),
        shortdesc=row.help,
        choices=tuple(choice for choice in choices if not choice.startswith("<")),
    )
