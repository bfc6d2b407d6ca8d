"""Validators of names with values: agents, properties, meta attributes, operations."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.completion import agent_candidates
from crmtui.completion.candidate_source import SourceItem
from crmtui.crmsh import command_table
from crmtui.lint.lint_finding import FindingSeverity, WordProblem
from crmtui.lint.types import wrong_choice, wrong_type, wrong_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.cib.agents import Parameter
    from crmtui.completion.candidate_source import CandidateRequest
    from crmtui.lint.validators import Validator

_META = ("meta.primitive", "meta.group", "meta.clone", "meta.ms", "meta.bundle")
"""Kinds of resource; a parent also has the meta attributes of its children, and hands them on."""


def _agent(request: CandidateRequest, text: str) -> WordProblem | None:
    knowledge = request.knowledge
    if text.startswith("@"):
        known = knowledge.configuration().of_kind("rsc_template")
        if text[1:] in {template.id for template in known}:
            return None
        return WordProblem("an agent", f'There is no resource template "{text[1:]}".')
    full = agent_candidates.resolve(text, knowledge)
    agent_class, _, rest = full.partition(":")
    provider, _, kind = rest.rpartition(":")
    classes = knowledge.agent_classes()
    if not classes:
        return None
    if agent_class not in classes:
        return WordProblem("an agent", f'There is no class "{agent_class}": {", ".join(classes)}.')
    if agent_class == "ocf" and not provider:
        return WordProblem("an agent", f'"{text}" lacks its type: ocf:PROVIDER:TYPE.')
    there = knowledge.agents(agent_class, provider)
    is_listed = bool(there) or (agent_class == "ocf" and provider not in knowledge.providers("ocf"))
    if kind in there or not is_listed or "@" in kind:
        return None  # perhaps an instance of a systemd unit, which is not listed
    return WordProblem("an agent", f'There is no agent "{text}".')


def _agent_type(request: CandidateRequest, text: str) -> WordProblem | None:
    return _agent(request, text)


def _unknown(name: str, of: str, severity: FindingSeverity) -> WordProblem:
    return WordProblem("a parameter", f'{of} has no "{name}".', severity, "name")


def _wrong(name: str, words: str, severity: FindingSeverity) -> WordProblem:
    return WordProblem(words, f"{name} has to be {words}.", severity, "value")


def _among(parameters: Iterable[Parameter], name: str) -> Parameter | None:
    return next((known for known in parameters if known.name == name), None)


def _parameter(request: CandidateRequest, text: str) -> WordProblem | None:
    """Validate a name without a value, or behind ``=`` the value of a name."""
    name = request.expectation.name or text
    metadata = agent_candidates.metadata_of(request.expectation.of, request.knowledge)
    if metadata is None or request.expectation.operation:
        return None  # neither crm nor Pacemaker checks a parameter for a single operation
    known = _among(metadata.parameters, name)
    if known is None:
        return _unknown(name, f"The agent {metadata.name or request.expectation.of}", "error")
    # crm checks no values, and agents may well take more than they document.
    words = wrong_value(known, text) if request.expectation.name else ""
    return _wrong(name, words, "warning") if words else None


def _property(request: CandidateRequest, text: str) -> WordProblem | None:
    name = request.expectation.name or text
    properties = request.knowledge.properties()
    known = _among(properties, name)
    if not properties:
        return None
    if known is None:
        return _unknown(name, "This Pacemaker", "warning")
    words = wrong_value(known, text) if request.expectation.name else ""
    if words:
        return _wrong(name, words, "error")
    return _deprecated(known) if known.is_deprecated else None


def _deprecated(known: Parameter) -> WordProblem:
    new = f": this Pacemaker calls it {known.replaced_by}" if known.replaced_by else ""
    return WordProblem("", f"{known.name} is deprecated{new}.", "warning", "name")


def _name(request: CandidateRequest, text: str) -> WordProblem | None:
    section, name = request.expectation.of, request.expectation.name or text
    sections = _META if section in _META else (section,)
    rows = [command_table.names(section).get(name) for section in sections]
    row = next(filter(None, rows), None)
    if row is None:
        is_refused = section.startswith(("bundle.", "date"))
        of = "Pacemaker" if not is_refused else section.replace("bundle.", "A bundle's ")
        return _unknown(name, of[:1].upper() + of[1:], "error" if is_refused else "warning")
    return _of_row(row.positions[0].choices if row.positions else (), name, text, request)


def _of_row(
    choices: tuple[str, ...], name: str, text: str, request: CandidateRequest
) -> WordProblem | None:
    if not request.expectation.name or not choices:
        return None
    if "Promoted" in choices:
        choices += ("Master", "Slave")
    words = wrong_choice(choices, text)
    return _wrong(name, words.removesuffix(", Master, Slave"), "error") if words else None


def _operation(request: CandidateRequest, text: str) -> WordProblem | None:
    metadata = agent_candidates.metadata_of(request.expectation.of, request.knowledge)
    there = {action.name for action in metadata.actions} if metadata else set()
    if not there or text in there or text in command_table.names("operations"):
        return None
    return WordProblem("an operation", f'The agent has no operation "{text}".', "warning")


def _operation_attribute(request: CandidateRequest, text: str) -> WordProblem | None:
    expectation = request.expectation
    own = {*command_table.names("op_defaults"), "description"}
    name = expectation.name or text
    passed = [used for used in expectation.used if used not in own]
    if passed and name in own:
        sentence = f"{name} has to come before {passed[0]}, which is passed on to the agent."
        return WordProblem("", sentence, "error", "name" if expectation.name else "word")
    row = command_table.names("op").get(name)
    choices = row.positions[0].choices if row and row.positions else ()
    return _of_row(choices, name, text, request)


def _boolean(request: CandidateRequest, text: str) -> WordProblem | None:
    words = wrong_type("boolean", text)
    return _wrong(request.expectation.name, words, "error") if words else None


def _script_parameter(request: CandidateRequest, text: str) -> WordProblem | None:
    known = request.knowledge.script(request.expectation.of)
    name = request.expectation.name or text
    if known is None or name in command_table.names("script common"):
        return None
    parameter = _among(known.parameters, name)
    if parameter is None:
        return _unknown(name, f"The script {known.name}", "error")
    words = wrong_value(parameter, text) if request.expectation.name else ""
    return _wrong(name, words, "warning") if words else None


def _crm_option_value(request: CandidateRequest, text: str) -> WordProblem | None:
    name = request.expectation.used[0]
    installed = request.knowledge.crmsh()
    row = command_table.names("crm options").get(name)
    ours = row.positions[0].choices if row and row.positions else ()
    choices = (installed.options.get(name) if installed else None) or ours
    words = wrong_choice(choices, text) if choices else ""
    return WordProblem(words, f"{name} has to be {words}.") if words else None


def _set_attribute(request: CandidateRequest, text: str) -> WordProblem | None:
    """Validate a reference to a list of attributes."""
    offers: Iterable[SourceItem] = existing_sets(request)
    names = {offer.text for offer in offers}
    objects = request.knowledge.configuration().objects
    if text in names or text in objects or not objects:
        return None
    return WordProblem("a list", f'There is no list of attributes "{text}".', "error", "value")


def existing_sets(request: CandidateRequest) -> Iterable[SourceItem]:
    """Return the lists of attributes that a reference can name."""
    for known in request.knowledge.configuration().objects.values():
        yield from (SourceItem(name) for _, name in known.sets)


def _resource_meta_value(request: CandidateRequest, text: str) -> WordProblem | None:
    expectation = request.expectation
    if expectation.used[1] != "set":
        return None
    rows = (command_table.names(section).get(expectation.used[2]) for section in _META)
    row = next(filter(None, rows), None)
    choices = row.positions[0].choices if row and row.positions else ()
    words = wrong_choice((*choices, "Master", "Slave"), text) if choices else ""
    return WordProblem(words, f"{expectation.used[2]} has to be {words}.") if words else None


PAIRS: Mapping[str, Validator] = MappingProxyType(
    {
        **dict.fromkeys(("agent", "template-agent"), _agent),
        "agent-type": _agent_type,
        **dict.fromkeys(("parameter", "parameter-value"), _parameter),
        **dict.fromkeys(("property", "property-value", "property-name"), _property),
        **dict.fromkeys(("name", "name-value"), _name),
        "operation": _operation,
        **dict.fromkeys(("operation-attribute", "operation-attribute-value"), _operation_attribute),
        "boolean": _boolean,
        **dict.fromkeys(("script-parameter", "script-parameter-value"), _script_parameter),
        "crm-option-value": _crm_option_value,
        "attribute-set": _set_attribute,
        "resource-meta-value": _resource_meta_value,
    }
)
"""Validators by kind; a kind in neither table accepts any word."""
