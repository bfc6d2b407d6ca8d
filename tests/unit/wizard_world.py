"""The small cluster of ``completion_world``, as a form knows it."""

from __future__ import annotations

from functools import cache

from crmtui.backend.queries.wizard_facts import meta_attributes
from crmtui.cib import agents
from crmtui.cib.document import Cib
from crmtui.wizard.facts import Facts
from crmtui.wizard.resource_form import ResourceForm, presets
from tests.unit.completion_world import DATA, metadata

IPADDR2 = "ocf:heartbeat:IPaddr2"
STATEFUL = "ocf:pacemaker:Stateful"
FENCE = "stonith:fence_sbd"


@cache
def facts() -> Facts:
    """Return what is known of the cluster."""
    cib = Cib.parse((DATA / "cib.xml").read_text(encoding="utf-8"))
    return Facts(
        configuration=cib.objects,
        nodes=("n1", "n2"),
        meta=meta_attributes(),
        properties=metadata("schedulerd-2.1.5").parameters,
        cib=cib,
    )


def form(agent: str) -> ResourceForm:
    """Return the form of a new resource."""
    return ResourceForm(agent, metadata(agent.rpartition(":")[2]), facts())


def begun(agent: str, **answers: str) -> dict[str, str]:
    """Return the answers that a form of an agent begins with, and these."""
    found = presets(agent, metadata(agent.rpartition(":")[2]))
    return {**found, **{key.replace("__", "."): value for key, value in answers.items()}}


def hostile(inside: str) -> agents.AgentMetadata:
    """Return the metadata of an agent that has ``inside`` among its parameters."""
    return agents.parse(
        f'<resource-agent name="x"><parameters>{inside}</parameters>'
        '<actions><action name="monitor" interval="10s" timeout="20s"/></actions></resource-agent>'
    )
