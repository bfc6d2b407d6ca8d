"""Candidates documented by agents and Pacemaker: agents, parameters, operations, properties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cib.agents import AgentMetadata, AgentOperation, Parameter
from crmtui.completion.attributes import set_on
from crmtui.completion.candidate_source import CandidateRequest, SourceItem, Sources, named
from crmtui.completion.expectation import Expectation
from crmtui.completion.word_candidates import named_value, values_of
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.completion.values import Knowledge

_BOOLEANS = ("true", "false")
_PREFERRED = ("heartbeat", "pacemaker")


def resolve(agent: str, knowledge: Knowledge) -> str:
    """Return ``agent``, as the user may type it, as ``class:provider:type``.

    A ``@template`` is its template's agent. The class defaults to ``ocf``. The provider defaults to
    ``heartbeat``, then ``pacemaker``, then the first that has the agent (crmsh's pick_provider).
    """
    if agent.startswith("@"):
        agent = knowledge.configuration().agent_of(agent[1:])
    parts = agent.split(":")
    kind = parts[-1]
    if len(parts) == 1 or (len(parts) == 2 and parts[0] == "ocf"):
        having = (p for p in _providers(knowledge) if kind in knowledge.agents("ocf", p))
        return f"ocf:{next(having, _PREFERRED[0])}:{kind}" if kind else ""
    return agent


def _providers(knowledge: Knowledge) -> list[str]:
    known = knowledge.providers("ocf")
    return [p for p in _PREFERRED if p in known] + [p for p in known if p not in _PREFERRED]


def metadata_of(agent: str, knowledge: Knowledge) -> AgentMetadata | None:
    """Return the metadata of an agent as the user may type it, or of the template behind ``@``."""
    full = resolve(agent, knowledge)
    return knowledge.metadata(full) if full else None


def _template_agent(request: CandidateRequest) -> Iterable[SourceItem]:
    agent_class, colon, rest = request.typed.partition(":")
    if not colon:
        yield from _classes(request.knowledge)
        if request.typed:
            yield from _bare_types(request.knowledge)
    elif agent_class != "ocf":
        yield from _types(request.knowledge, agent_class, "")
    elif ":" in rest:
        yield from _types(request.knowledge, "ocf", rest.partition(":")[0])
    else:
        for provider in _providers(request.knowledge):
            yield SourceItem(f"ocf:{provider}:", f"Agents of {provider}", is_final=False)
        if rest:
            for provider in _providers(request.knowledge):
                yield from _types(request.knowledge, "ocf", provider)


def _classes(knowledge: Knowledge) -> Iterator[SourceItem]:
    known = command_table.names("agent classes")
    for name in knowledge.agent_classes():
        yield SourceItem(f"{name}:", known[name].help if name in known else "", is_final=False)


def _types(knowledge: Knowledge, agent_class: str, provider: str) -> Iterator[SourceItem]:
    prefix = f"{agent_class}:{provider}:" if provider else f"{agent_class}:"
    for name in knowledge.agents(agent_class, provider):
        agent = prefix + name
        known = knowledge.known_metadata(agent)
        meta, detail = (known.shortdesc, known.longdesc) if known else ("", "")
        yield SourceItem(agent, meta, name, detail)


def _bare_types(knowledge: Knowledge) -> Iterator[SourceItem]:
    seen: set[str] = set()
    for provider in _providers(knowledge):
        for offer in _types(knowledge, "ocf", provider):
            if offer.display not in seen:
                seen.add(offer.display)
                meta = f"ocf:{provider}: {offer.meta}".rstrip(" :")
                yield SourceItem(offer.display, meta, detail=offer.detail)


def _agent(request: CandidateRequest) -> Iterable[SourceItem]:
    if request.typed.startswith("@") or not request.typed:
        for template in request.knowledge.configuration().of_kind("rsc_template"):
            yield SourceItem(f"@{template.id}", f"Template of {template.agent}")
    if not request.typed.startswith("@"):
        yield from _template_agent(request)


def _agent_class(request: CandidateRequest) -> Iterable[SourceItem]:
    return (SourceItem(o.text.rstrip(":"), o.meta) for o in _classes(request.knowledge))


def _provider(request: CandidateRequest) -> Iterable[SourceItem]:
    return (
        SourceItem(name, "Provider of agents")
        for name in request.knowledge.providers(request.expectation.used[0])
    )


def _agent_type(request: CandidateRequest) -> Iterable[SourceItem]:
    return _bare_types(request.knowledge)


def _rank(parameter: Parameter) -> int:
    if parameter.is_required:
        return 0
    return 3 if parameter.is_deprecated else 2 if parameter.is_advanced else 1


def names_of(parameters: Iterable[Parameter], used: tuple[str, ...]) -> Iterator[SourceItem]:
    """Yield the names of parameters that are not used yet: required ones first, obsolete last."""
    for known in sorted(parameters, key=_rank):
        if known.name not in used and not known.is_generated:
            yield SourceItem(
                f"{known.name}=",
                known.shortdesc,
                known.name,
                known.longdesc,
                known.is_required,
                is_final=False,
                type="choice" if known.choices else known.type,
                default=known.default,
                is_raw=True,
            )


def values_for(parameter: Parameter, current: str = "") -> Iterator[SourceItem]:
    """Yield the documented values of a parameter, or at least its default.

    Args:
        parameter: The documentation of the parameter.
        current: The present value; empty if it is not set.
    """
    documented = parameter.choices or (_BOOLEANS if parameter.type == "boolean" else ())
    for value in dict.fromkeys((*documented, parameter.default, current)):
        if value:
            marks = [
                word
                for word, other in (("default", parameter.default), ("now", current))
                if value == other
            ]
            yield SourceItem(value, ", ".join(marks), detail=parameter.longdesc)


def _parameter(request: CandidateRequest) -> Iterable[SourceItem]:
    metadata = metadata_of(request.expectation.of, request.knowledge)
    return names_of(metadata.parameters, request.expectation.used) if metadata else ()


def _parameter_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if request.expectation.name == "pcmk_host_list":
        for node in request.knowledge.configuration().of_kind("node"):
            yield SourceItem(node.id, "Node")
    metadata = metadata_of(request.expectation.of, request.knowledge)
    known = metadata.parameter(request.expectation.name) if metadata else None
    if known:
        yield from values_for(known)


def _operation(request: CandidateRequest) -> Iterable[SourceItem]:
    agent = request.expectation.of
    if not agent and request.expectation.used:
        agent = request.knowledge.configuration().agent_of(request.expectation.used[0])
    metadata = metadata_of(agent, request.knowledge) if agent else None
    actions = metadata.actions if metadata else ()
    for row in command_table.names("operations").values():
        advised = [_advice(action) for action in actions if action.name == row.name]
        if advised or not actions:
            figures = "; ".join(advice for advice in advised if advice)
            yield SourceItem(row.name, f"{row.help} ({figures})" if figures else row.help)


def _traced(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the operations of a resource, then those its agent does not document, and probes."""
    yield from _operation(request)
    yield from named("operations")
    yield SourceItem("probe", "Check where it runs, before it is started")


def _advice(action: AgentOperation) -> str:
    return " ".join(f"{name}={value}" for name, value in action.advised())


def _advised(expectation: Expectation, knowledge: Knowledge) -> list[tuple[tuple[str, str], ...]]:
    metadata = metadata_of(expectation.of, knowledge)
    actions = metadata.actions if metadata else ()
    return [action.advised() for action in actions if action.name == expectation.operation]


def _operation_attribute(request: CandidateRequest) -> Iterable[SourceItem]:
    used = request.expectation.used
    own = {*command_table.names("op_defaults"), "description"}
    # crm refuses an attribute of the operation behind one that it passes on to the agent.
    is_passing = not own.issuperset(used)
    for advised in _advised(request.expectation, request.knowledge):
        left = [
            f"{name}={value}"
            for name, value in advised
            if name not in used and not (is_passing and name in own)
        ]
        if left:
            yield SourceItem(" ".join(left), "Advised by the agent", is_raw=True)
    for row in command_table.names("op").values():
        # Without an interval, crm adds one at the end, behind the attributes that it passes on.
        is_early = row.name not in own and "interval" not in used
        if row.name not in used and not is_early and not (is_passing and row.name in own):
            yield named_value(row)


def _operation_attribute_value(request: CandidateRequest) -> Iterable[SourceItem]:
    for advised in _advised(request.expectation, request.knowledge):
        for name, value in advised:
            if name == request.expectation.name:
                yield SourceItem(value, "Advised by the agent")
    yield from values_of("op", request.expectation.name)


def _now(knowledge: Knowledge) -> dict[str, str]:
    sets = knowledge.configuration().of_kind("property")
    return {setting.name: setting.value for known in sets for setting in known.settings}


def _with_value(meta: str, value: str) -> str:
    return f"{meta}, now {value}" if meta else f"now {value}"


def _property(request: CandidateRequest) -> Iterable[SourceItem]:
    now = _now(request.knowledge)
    for offer in names_of(request.knowledge.properties(), request.expectation.used):
        value = now.get(offer.display)
        yield offer if value is None else offer._replace(meta=_with_value(offer.meta, value))


def _property_value(request: CandidateRequest) -> Iterable[SourceItem]:
    current = _now(request.knowledge).get(request.expectation.name, "")
    known = (
        known for known in request.knowledge.properties() if known.name == request.expectation.name
    )
    return values_for(next(known, Parameter(request.expectation.name)), current)


def _property_name(request: CandidateRequest) -> Iterable[SourceItem]:
    return (
        SourceItem(known.name, known.shortdesc, detail=known.longdesc, default=known.default)
        for known in request.knowledge.properties()
    )


def _resource_parameter(request: CandidateRequest) -> Iterable[SourceItem]:
    resource, verb, *_ = request.expectation.used
    configuration = request.knowledge.configuration()
    now = dict(set_on(configuration.objects.get(resource), "params"))
    metadata = metadata_of(configuration.agent_of(resource), request.knowledge)
    known = {known.name: known for known in metadata.parameters} if metadata else {}
    if verb not in ("set", "stash"):
        for name, value in now.items():
            yield SourceItem(
                name, f"now {value}", detail=known[name].longdesc if name in known else ""
            )
        return
    for offer in names_of(known.values(), ()):
        current = now.get(offer.display)
        meta = offer.meta if current is None else _with_value(offer.meta, current)
        yield offer._replace(text=offer.display, meta=meta, is_final=True)


def _resource_parameter_value(request: CandidateRequest) -> Iterable[SourceItem]:
    if request.expectation.used[1] in ("set", "stash"):
        agent = request.knowledge.configuration().agent_of(request.expectation.used[0])
        name = request.expectation.used[2]
        yield from _parameter_value(replace(request, expectation=Expectation("", agent, name)))


def _trace_interval(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the configured intervals of the operation."""
    resource, operation = request.expectation.used[0], request.expectation.used[-1]
    known = request.knowledge.configuration().objects.get(resource)
    for other in known.operations if known else ():
        if other.name == operation:
            yield SourceItem(other.interval or "0", f"Interval of {operation}")


def _interval(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield ``INTERVAL:TIMEOUT`` as the agent advises for its monitor operations."""
    resource = request.expectation.used[0].partition(":")[0]
    agent = request.knowledge.configuration().agent_of(resource)
    metadata = metadata_of(agent, request.knowledge) if agent else None
    for action in metadata.actions if metadata else ():
        if action.name == "monitor" and action.interval:
            words = f"{action.interval}:{action.timeout}".rstrip(":")
            yield SourceItem(words, f"Advised by the agent {action.role}".rstrip())
    yield from named("intervals")


SOURCES: Sources = {
    "agent": _agent,
    "template-agent": _template_agent,
    "agent-class": _agent_class,
    "provider": _provider,
    "agent-type": _agent_type,
    "parameter": _parameter,
    "parameter-value": _parameter_value,
    "operation": _operation,
    "traced-operation": _traced,
    "operation-attribute": _operation_attribute,
    "operation-attribute-value": _operation_attribute_value,
    "interval": _interval,
    "trace-interval": _trace_interval,
    "property": _property,
    "property-value": _property_value,
    "property-name": _property_name,
    "resource-parameter": _resource_parameter,
    "resource-parameter-value": _resource_parameter_value,
}
