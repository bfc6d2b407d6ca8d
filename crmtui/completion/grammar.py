"""Commands with a grammar beyond a list of positions, by ``{name}`` in the table."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.completion import access, constraint_grammar, list_grammar, sections
from crmtui.completion.expectation import Expectation, fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

Grammar = Callable[[tuple[str, ...], str], tuple[Expectation, ...]]
"""Takes the finished words behind a command and the next as typed; returns the expectations."""

_METHODS = ("replace", "update", "push")


def load(given: tuple[str, ...], _word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``load``: ``[xml] replace|update|push FILE``."""
    if not given:
        return fixed(*_METHODS, "xml")
    if given == ("xml",):
        return fixed(*_METHODS)
    return (Expectation("file"),) if given[-1] in _METHODS else ()


def apply(given: tuple[str, ...], _word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``apply``: ``[replace|update] [NAME]``."""
    if not given:
        return (*fixed("replace", "update"), Expectation("template-configuration"))
    return (Expectation("template-configuration"),) if given in (("replace",), ("update",)) else ()


def new_configuration(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``new``: ``NAME TEMPLATE … [params NAME=VALUE …]``."""
    if not given:
        return (Expectation("new-id"),)
    if "params" in given:
        at = given.index("params")
        names = tuple(text.partition("=")[0] for text in given[at + 1 :])
        name, equals, _ = word.partition("=")
        of = " ".join(given[1:at] or given[:1])
        if equals:
            return (Expectation("template-parameter-value", of, name, names),)
        return (Expectation("template-parameter", of, used=names),)
    more = fixed("params") if len(given) > 1 else ()
    return (Expectation("template", used=given[1:]), *more)


GRAMMARS: Mapping[str, Grammar] = MappingProxyType(
    {
        "location": constraint_grammar.location,
        "colocation": constraint_grammar.colocation,
        "order": constraint_grammar.order,
        "rsc_ticket": constraint_grammar.rsc_ticket,
        "property": list_grammar.properties,
        "rsc_defaults": list_grammar.resource_defaults,
        "op_defaults": list_grammar.operation_defaults,
        "bundle": sections.bundle,
        "alert": sections.alert,
        "role": access.role,
        "user": access.user,
        "fencing_topology": access.fencing_topology,
        "load": load,
        "apply": apply,
        "new_configuration": new_configuration,
    }
)
