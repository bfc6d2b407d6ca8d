"""Validators of words, one for each expected kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.completion.candidates import SOURCES
from crmtui.crmsh import command_table
from crmtui.lint.lint_finding import WordProblem
from crmtui.lint.types import BOOLEANS, is_score

if TYPE_CHECKING:
    from crmtui.completion.candidate_source import CandidateRequest

Validator = Callable[["CandidateRequest", str], WordProblem | None]
"""Takes a request and the word, or the value behind ``=``; returns None if the word is valid."""

_ROLES = frozenset(["stopped", "started", "promoted", "unpromoted", "master", "slave"])
"""Source: crmsh 4.4 and 5.x; the last two are the old words."""
_ACTIONS = frozenset(["start", "promote", "demote", "stop"])
_COMPARISON = re.compile(
    r"(?:(?:string|integer|number|version):)?(?:lt|gt|lte|gte|eq|ne)", re.IGNORECASE
)


def existing(noun: str) -> Validator:
    """Return a validator of things that must be among the candidates."""

    def validate(request: CandidateRequest, text: str) -> WordProblem | None:
        offers = list(SOURCES[request.expectation.kind](request))
        names = {offer.text for offer in offers}
        if not names or text in names:
            return None  # without candidates nothing is known to be wrong
        known = request.knowledge.configuration().objects.get(text)
        if known is not None:
            where = f" in {known.parent}" if known.parent else ""
            sentence = f'"{text}" is a {known.kind}{where}: no {noun} that can stand here.'
        else:
            sentence = f'There is no {noun} "{text}".'
        return WordProblem(f"a {noun}", sentence)

    return validate


def _word(request: CandidateRequest, text: str) -> WordProblem | None:
    name = request.expectation.name
    if name in ("yes", "no") and text.lower() in BOOLEANS:
        return None
    return None if text.lower() == name.lower() else WordProblem(name)


def _value(request: CandidateRequest, text: str) -> WordProblem | None:
    return (
        None
        if text.lower() == request.expectation.of.lower()
        else WordProblem(request.expectation.of)
    )


def _in_section(section: str, noun: str) -> Validator:
    def validate(_: CandidateRequest, text: str) -> WordProblem | None:
        names = {name.lower() for name in command_table.names(section)}
        if text.lower() in names:
            return None
        sentence = f'"{text}" is no {noun}: {", ".join(command_table.names(section))}.'
        return WordProblem(f"a {noun}", sentence)

    return validate


def _score(_: CandidateRequest, text: str) -> WordProblem | None:
    if text.endswith(":") and (is_score(text[:-1]) or text[:-1] in ("advisory", "mandatory")):
        return None
    sentence = f'"{text}" is no score: a number, inf or -inf, with a colon behind it.'
    return WordProblem("a score such as 100: or -inf:", sentence if text.endswith(":") else "")


def _rule_score(_: CandidateRequest, text: str) -> WordProblem | None:
    return None if text.endswith(":") else WordProblem("a score such as 100: or -inf:")


def _order_kind(request: CandidateRequest, text: str) -> WordProblem | None:
    kinds = command_table.names("order kinds")
    if text.lower() in {kind.lower() for kind in kinds}:
        return None
    if not text.endswith(":"):
        return WordProblem("a kind such as Mandatory:")
    return (
        None
        if _score(request, text) is None
        else WordProblem("a kind", f'"{text}" is no kind of order: {" ".join(kinds)} or a score.')
    )


def _role(_: CandidateRequest, text: str) -> WordProblem | None:
    if text.lower() in _ROLES:
        return None
    return WordProblem("a role", f'"{text}" is no role: {", ".join(command_table.names("roles"))}.')


def _referred(noun: str, suffixes: frozenset[str]) -> Validator:
    """Return a validator of ``ID:ROLE`` or ``ID:ACTION``; brackets may touch the id."""

    def validate(request: CandidateRequest, text: str) -> WordProblem | None:
        name, colon, suffix = text.strip("()[]").partition(":")
        known = request.knowledge.configuration().objects
        if not name or not known:
            return None
        if name not in known:
            return WordProblem("a resource", f'There is no resource "{name}".')
        if colon and suffix.lower() not in suffixes:
            return WordProblem(noun, f'"{suffix}" is no {noun}: {", ".join(sorted(suffixes))}.')
        return None

    return validate


def _located(request: CandidateRequest, text: str) -> WordProblem | None:
    if text.startswith("/") or request.knowledge.configuration().objects.get(text):
        return None
    return _referred("role", _ROLES)(request, text)


def _ticket_named(_: CandidateRequest, text: str) -> WordProblem | None:
    if text.endswith(":"):
        return None
    return WordProblem("TICKET:", f'"{text}" needs a colon behind it to be a ticket.')


def _comparison(_: CandidateRequest, text: str) -> WordProblem | None:
    return None if _COMPARISON.fullmatch(text) else WordProblem("a comparison such as eq")


def _date_word(_: CandidateRequest, text: str) -> WordProblem | None:
    known = (*command_table.names("date words"), "in", "spec")
    return None if text.lower() in known else WordProblem("one of in_range, date_spec, lt, gt")


def _acl_rule(_: CandidateRequest, text: str) -> WordProblem | None:
    kinds = {name.rstrip(":") for name in command_table.names("acl rules")} | {"reference", "tag"}
    kind = text.partition(":")[0].lower()
    return None if kind in kinds else WordProblem("a subject such as xpath:, ref: or type:")


def _acl_attribute(_: CandidateRequest, text: str) -> WordProblem | None:
    is_one = text.lower().startswith(("attr:", "attribute:"))
    return None if is_one else WordProblem("attr:NAME")


def _show_filter(_: CandidateRequest, text: str) -> WordProblem | None:
    is_one = text.startswith(("type:", "tag:", "related:", "obscure:"))
    return None if is_one else WordProblem("a filter such as type:primitive")


def _stonith(request: CandidateRequest, text: str) -> WordProblem | None:
    known = request.knowledge.configuration()
    for name in text.split(","):
        if known.objects and not known.agent_of(name).startswith("stonith:"):
            return WordProblem("a fencing device", f'There is no fencing device "{name}".')
    return None


def _fencing_target(request: CandidateRequest, text: str) -> WordProblem | None:
    if text.startswith(("attr:", "pattern:")):
        return None
    return node(request, text[:-1]) if text.endswith(":") else WordProblem("a node such as n1:")


def nodes(request: CandidateRequest) -> frozenset[str]:
    """Return the existing nodes, and those that guest resources would make when they run."""
    configuration = request.knowledge.configuration()
    names = {known.id for known in configuration.of_kind("node")}
    cluster = request.knowledge.cluster()
    names |= {known.name for known in cluster.nodes} if cluster else set()
    for known in configuration.of_kind("primitive"):
        if known.agent == "ocf:pacemaker:remote":
            names.add(known.id)
        names |= {setting.value for setting in known.settings if setting.name == "remote-node"}
    return frozenset(names)


def node(request: CandidateRequest, text: str) -> WordProblem | None:
    """Validate a node; an unknown one may yet join, and its constraint counts from then on."""
    known = nodes(request)
    if not known or text in known:
        return None
    return WordProblem("a node", f'There is no node "{text}".', "warning")


def _resource(request: CandidateRequest, text: str) -> WordProblem | None:
    """Validate a resource, or an instance of a clone: ``web:1``."""
    name = re.sub(r":\d+$", "", text)
    configuration = request.knowledge.configuration()
    if not configuration.objects or any(known.id == name for known in configuration.resources()):
        return None
    cluster = request.knowledge.cluster()
    if cluster and any(known.id == name for known in cluster.resources):
        return None  # an orphan: it runs, though nothing configures it any more
    tagged = configuration.objects.get(name)
    if tagged is not None and tagged.kind == "tag":
        return None
    return WordProblem("a resource", f'There is no resource "{text}".')


def _object(request: CandidateRequest, text: str) -> WordProblem | None:
    objects = request.knowledge.configuration().objects
    if not objects or text in objects or text == "and":  # between the filters of show
        return None
    return WordProblem("an object", f'There is no object "{text}" in the configuration.')


def _attribute_path(request: CandidateRequest, text: str) -> WordProblem | None:
    return _object(request, text.partition(".")[0]) if "." in text else WordProblem("ID.ATTRIBUTE")


VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {
        "word": _word,
        "option": _word,
        "value": _value,
        "role": _role,
        "score": _score,
        "rule-score": _rule_score,
        "order-kind": _order_kind,
        "comparison": _comparison,
        "container": _in_section("containers", "container"),
        "date-word": _date_word,
        "with-role": _referred("role", _ROLES),
        "with-action": _referred("action", _ACTIONS),
        "monitored": _referred("role", _ROLES),
        "located": _located,
        "ticket-named": _ticket_named,
        "acl-rule": _acl_rule,
        "acl-attribute": _acl_attribute,
        "acl-role": existing("role"),
        "show-filter": _show_filter,
        "stonith": _stonith,
        "fencing-target": _fencing_target,
        "fencing-targets": _fencing_target,
        **dict.fromkeys(("node", "active-node", "standby-node"), node),
        **dict.fromkeys(
            ("resource", "running-resource", "stopped-resource", "promotable"), _resource
        ),
        "id": _object,
        "tagged": _object,
        "attribute-path": _attribute_path,
        "primitive": existing("primitive"),
        "group": existing("group"),
        "clonable": existing("primitive or group"),
        "free-primitive": existing("primitive"),
        "group-member": existing("member of the group"),
        "group-change": existing("primitive"),
        "group-place": existing("place"),
        "agent-class": existing("class of agents"),
        "provider": existing("provider"),
        "shadow": existing("shadow CIB"),
        "script": existing("script"),
        "template": existing("template"),
        "template-configuration": existing("configuration"),
        "crm-option": existing("preference"),
        "schema": existing("schema"),
    }
)
"""Validators by kind; a kind neither here nor in ``pairs`` accepts any word."""
