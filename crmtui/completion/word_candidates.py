"""Candidates from the table alone: words, commands, levels, help, names with values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.completion.candidate_source import CandidateRequest, Source, SourceItem, Sources, named
from crmtui.completion.usage import usage
from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.line import cd_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.completion.values import Knowledge
    from crmtui.crmsh.command_table import CommandRow


def _word(request: CandidateRequest) -> Iterable[SourceItem]:
    yield SourceItem(
        request.expectation.name,
        command_table.word_help(request.expectation.name),
        is_final=not request.expectation.name.endswith("="),
    )


def _option(request: CandidateRequest) -> Iterable[SourceItem]:
    installed = request.knowledge.crmsh()
    is_new = installed is not None and "sbd" in installed.levels
    others = "(crmsh 4)" if is_new else "(crmsh 5)"
    if installed is None or not request.expectation.of.endswith(others):
        yield SourceItem(request.expectation.name, request.expectation.of)


def _value(request: CandidateRequest) -> Iterable[SourceItem]:
    if request.expectation.of:  # without an owner any value may stand here
        yield SourceItem(request.expectation.of)


def _commands(level: str, knowledge: Knowledge) -> Iterator[SourceItem]:
    installed = knowledge.crmsh()
    for row in installed_commands.rows(level, installed):
        if row.is_offered:
            known = installed.command(level, row.name) if installed else None
            manual = known.manual if known else ""
            typed = "" if row.is_level else usage(row).text
            yield SourceItem(row.name, row.help, detail=manual or typed)


def _command(request: CandidateRequest) -> Iterable[SourceItem]:
    return _commands(request.expectation.of, request.knowledge)


def _level_path(request: CandidateRequest) -> Iterable[SourceItem]:
    """Return the next parts of the path typed so far, as crm's ``cd`` walks it."""
    here = tuple(level for level in request.expectation.of.split("/") if level)
    done, slash, _ = request.typed.rpartition("/")
    *_, here = (here, *cd_steps(here, done))
    if here:
        yield SourceItem(f"{done}{slash}..", "The level above")
    for row in installed_commands.rows(
        here[-1] if here else command_table.ROOT, request.knowledge.crmsh()
    ):
        if row.is_level:
            yield SourceItem(f"{done}{slash}{row.name}", row.help)


def _help_topic(request: CandidateRequest) -> Iterable[SourceItem]:
    yield from _commands(
        request.expectation.of.split("/")[-1] or command_table.ROOT, request.knowledge
    )
    for level in command_table.levels():
        if level != command_table.ROOT:
            yield SourceItem(level, "Commands of this level")
    yield from named("help topics")


def _help_command(request: CandidateRequest) -> Iterable[SourceItem]:
    level = request.expectation.used[0]
    return _commands(level, request.knowledge) if level in command_table.levels() else ()


def _name(request: CandidateRequest) -> Iterable[SourceItem]:
    for row in command_table.names(request.expectation.of).values():
        if row.name not in request.expectation.used:
            yield named_value(row)


def named_value(row: CommandRow) -> SourceItem:
    """Return a name in a section of ``names.txt``, with its ``=`` and the type of its value."""
    choices = row.positions[0].choices if row.positions else ()
    kinds = [choice[1:-1] for choice in choices if choice.startswith("<")]
    kind = kinds[0] if kinds else "choice" if choices else ""
    return SourceItem(f"{row.name}=", row.help, row.name, is_final=False, type=kind, is_raw=True)


def _name_value(request: CandidateRequest) -> Iterable[SourceItem]:
    return values_of(request.expectation.of, request.expectation.name)


def values_of(section: str, name: str) -> Iterator[SourceItem]:
    """Yield the values of a name in a section of ``names.txt``."""
    row = command_table.names(section).get(name)
    for choice in row.positions[0].choices if row and row.positions else ():
        if choice == "<boolean>":
            yield from named("boolean")
        elif not choice.startswith("<"):
            yield SourceItem(choice)


def _crm_option(request: CandidateRequest) -> Iterator[SourceItem]:
    installed = request.knowledge.crmsh()
    if installed is None or not installed.options:
        yield from named("crm options")
        return
    rows = command_table.names("crm options")
    for name in sorted(installed.options, key=lambda name: name not in rows):
        yield SourceItem(name, rows[name].help if name in rows else "")


def _crm_option_value(request: CandidateRequest) -> Iterable[SourceItem]:
    name = request.expectation.used[0]
    installed = request.knowledge.crmsh()
    known = installed.options.get(name, ()) if installed else ()
    return map(SourceItem, known) if known else values_of("crm options", name)


def _section(name: str) -> Source:
    def source(_: CandidateRequest) -> Iterable[SourceItem]:
        return named(name)

    return source


def _container(request: CandidateRequest) -> Iterable[SourceItem]:
    installed = request.knowledge.crmsh()
    known = installed.containers if installed else ()
    return (offer for offer in named("containers") if not known or offer.text in known)


def _comparison(request: CandidateRequest) -> Iterable[SourceItem]:
    """Return comparisons, and behind ``number:`` and the like comparisons again."""
    kind, colon, _ = request.typed.partition(":")
    for offer in named("comparisons"):
        yield SourceItem(f"{kind}:{offer.text}", offer.meta) if colon else offer
    if not colon:
        yield from (offer._replace(is_final=False) for offer in named("comparison types"))


def _shadow(request: CandidateRequest) -> Iterable[SourceItem]:
    return (SourceItem(name, "Shadow CIB") for name in request.knowledge.shadow_cibs())


def _shadow_reference(request: CandidateRequest) -> Iterable[SourceItem]:
    for name in request.knowledge.shadow_cibs():
        yield SourceItem(f"shadow:{name}", "Shadow CIB")


def _moment(_: CandidateRequest) -> Iterable[SourceItem]:
    return (offer._replace(text=offer.text.replace("_", " ")) for offer in named("moments"))


SOURCES: Sources = {
    "word": _word,
    "option": _option,
    "value": _value,
    "command": _command,
    "level-path": _level_path,
    "help-topic": _help_topic,
    "help-command": _help_command,
    "name": _name,
    "name-value": _name_value,
    "crm-option": _crm_option,
    "crm-option-value": _crm_option_value,
    "shadow": _shadow,
    "role": _section("roles"),
    "boolean": _section("boolean"),
    "score": _section("scores"),
    "order-kind": _section("order kinds"),
    "date-word": _section("date words"),
    "lifetime": _section("lifetimes"),
    "comparison": _comparison,
    "container": _container,
    "watchdog": _section("watchdogs"),
    "transport": _section("transports"),
    "qdevice-algorithm": _section("qdevice algorithms"),
    "qdevice-tie-breaker": _section("qdevice tie breakers"),
    "qdevice-tls": _section("qdevice tls"),
    "qdevice-heuristics-mode": _section("qdevice heuristics modes"),
    "editor": _section("editors"),
    "pager": _section("pagers"),
    "crm-user": _section("users"),
    "moment": _moment,
    "shadow-reference": _shadow_reference,
}
