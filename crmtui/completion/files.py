"""Candidates that lie in files where crm runs: file names, templates, schemas, scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.completion.agents import names_of, values_for
from crmtui.completion.offer import Offer, Question, Sources
from crmtui.completion.state import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cluster.agents import Parameter

SCHEMAS = "/usr/share/pacemaker/"
"""Where Pacemaker keeps its schemas (``CRM_SCHEMA_DIRECTORY`` of its builds)."""
TRANSITIONS = "/var/lib/pacemaker/pengine/"
"""Where the scheduler keeps its inputs (``PE_STATE_DIR``)."""

_SCHEMA = re.compile(r"(pacemaker-\d+\.\d+)\.rng")
_INPUT = re.compile(r"pe-(?:input|warn|error)-(\d+)\.(?:bz2|xml)")


def _file(question: Question) -> Iterable[Offer]:
    folder, slash, start = question.typed.rpartition("/")
    folder += slash
    for name in question.knowledge.files(folder):
        if name.startswith(".") and not start.startswith("."):
            continue
        is_folder = name.endswith("/")
        yield Offer(
            folder + name,
            "Folder" if is_folder else "",
            name,
            is_final=not is_folder,
        )


def _template(question: Question) -> Iterable[Offer]:
    installed = question.knowledge.crmsh()
    return _listed(question, installed.templates if installed else "", "Template")


def _template_configuration(question: Question) -> Iterable[Offer]:
    installed = question.knowledge.crmsh()
    folder = installed.configurations if installed else ""
    return _listed(question, folder, "Configuration from a template")


def _listed(question: Question, folder: str, meta: str) -> Iterator[Offer]:
    for name in question.knowledge.files(f"{folder}/") if folder else ():
        if not name.endswith(("/", "~")):
            yield Offer(name, meta)


def _schema(question: Question) -> Iterable[Offer]:
    found = (_SCHEMA.fullmatch(name) for name in question.knowledge.files(SCHEMAS))
    names = {match[1]: tuple(map(int, re.findall(r"\d+", match[1]))) for match in found if match}
    for name in sorted(names, key=lambda name: names[name], reverse=True):
        yield Offer(name, "Schema of the CIB")


def _transition(question: Question) -> Iterable[Offer]:
    found = (_INPUT.fullmatch(name) for name in question.knowledge.files(TRANSITIONS))
    for number in sorted({int(match[1]) for match in found if match}, reverse=True):
        yield Offer(str(number), "Transition")


def _corosync_path(question: Question) -> Iterable[Offer]:
    return (Offer(path, f"now {value}") for path, value in question.knowledge.corosync_paths())


def _script(question: Question) -> Iterable[Offer]:
    for known in question.knowledge.scripts():
        yield Offer(known.name, known.shortdesc, detail=known.longdesc)


def _parameters(question: Question) -> tuple[Parameter, ...]:
    known = question.knowledge.script(question.want.of)
    return known.parameters if known else ()


def _script_parameter(question: Question) -> Iterable[Offer]:
    return names_of(_parameters(question), question.want.used)


def _script_parameter_value(question: Question) -> Iterable[Offer]:
    for known in _parameters(question):
        if known.name == question.want.name:
            yield from values_for(known)
            if known.type == "resource" and not known.is_unique:
                yield from resources(question)


SOURCES: Sources = {
    "file": _file,
    "template": _template,
    "template-configuration": _template_configuration,
    "schema": _schema,
    "transition": _transition,
    "corosync-path": _corosync_path,
    "script": _script,
    "script-parameter": _script_parameter,
    "script-parameter-value": _script_parameter_value,
}
