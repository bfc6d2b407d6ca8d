"""Candidates from files where crm runs: file names, templates, schemas, scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.cib.agents import Parameter
from crmtui.completion.agent_candidates import names_of, values_for
from crmtui.completion.candidate_source import CandidateRequest, SourceItem, Sources
from crmtui.completion.state_candidates import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCHEMAS = "/usr/share/pacemaker/"
"""Pacemaker's folder of schemas (``CRM_SCHEMA_DIRECTORY`` of its builds)."""
INTERFACES = "/sys/class/net/"
"""The kernel's folder of network interfaces."""
TRANSITIONS = "/var/lib/pacemaker/pengine/"
"""The scheduler's folder of inputs (``PE_STATE_DIR``)."""

_SCHEMA = re.compile(r"(pacemaker-\d+\.\d+)\.rng")
_RING = re.compile(r"ring(\d+)_addr$")
_INPUT = re.compile(r"pe-(?:input|warn|error)-(\d+)\.(?:bz2|xml)")


def _file(request: CandidateRequest) -> Iterable[SourceItem]:
    folder, slash, start = request.typed.rpartition("/")
    folder += slash
    for name in request.knowledge.files(folder):
        if name.startswith(".") and not start.startswith("."):
            continue
        is_folder = name.endswith("/")
        yield SourceItem(
            folder + name,
            "Folder" if is_folder else "",
            name,
            is_final=not is_folder,
        )


def _template(request: CandidateRequest) -> Iterable[SourceItem]:
    installed = request.knowledge.crmsh()
    return _listed(request, installed.templates if installed else "", "Template")


def _template_configuration(request: CandidateRequest) -> Iterable[SourceItem]:
    installed = request.knowledge.crmsh()
    folder = installed.configurations if installed else ""
    return _listed(request, folder, "Configuration from a template")


def _listed(request: CandidateRequest, folder: str, meta: str) -> Iterator[SourceItem]:
    for name in request.knowledge.files(f"{folder}/") if folder else ():
        if not name.endswith(("/", "~")):
            yield SourceItem(name, meta)


def _schema(request: CandidateRequest) -> Iterable[SourceItem]:
    found = (_SCHEMA.fullmatch(name) for name in request.knowledge.files(SCHEMAS))
    names = {match[1]: tuple(map(int, re.findall(r"\d+", match[1]))) for match in found if match}
    for name in sorted(names, key=lambda name: names[name], reverse=True):
        yield SourceItem(name, "Schema of the CIB")


def _transition(request: CandidateRequest) -> Iterable[SourceItem]:
    found = (_INPUT.fullmatch(name) for name in request.knowledge.files(TRANSITIONS))
    for number in sorted({int(match[1]) for match in found if match}, reverse=True):
        yield SourceItem(str(number), "Transition")


def _corosync_path(request: CandidateRequest) -> Iterable[SourceItem]:
    return (SourceItem(path, f"now {value}") for path, value in request.knowledge.corosync_paths())


def _corosync_value(request: CandidateRequest) -> Iterator[SourceItem]:
    for path, value in request.knowledge.corosync_paths():
        if path == request.expectation.used[0]:
            yield SourceItem(value, "now")
            if value in ("yes", "no"):
                yield SourceItem("no" if value == "yes" else "yes")
            if value in ("on", "off"):
                yield SourceItem("off" if value == "on" else "on")


def _link_number(request: CandidateRequest) -> Iterator[SourceItem]:
    """Yield the numbers of links: ``ring0_addr`` is the address of a node on link 0."""
    paths = request.knowledge.corosync_paths()
    for number in sorted({match[1] for path, _ in paths if (match := _RING.search(path))}):
        addresses = [value for path, value in paths if path.endswith(f"ring{number}_addr")]
        yield SourceItem(number, " ".join(addresses))


def _link_address(request: CandidateRequest) -> Iterator[SourceItem]:
    used = {text.partition("=")[0] for text in request.expectation.used}
    for node in request.knowledge.configuration().of_kind("node"):
        if node.id not in used:
            yield SourceItem(f"{node.id}=", "The address of the node on the link", is_final=False)


def _interface(request: CandidateRequest) -> Iterable[SourceItem]:
    names = request.knowledge.files(INTERFACES)
    return (SourceItem(name.rstrip("/"), "Network interface") for name in names)


def _session(request: CandidateRequest) -> Iterable[SourceItem]:
    installed = request.knowledge.crmsh()
    folder = f"{installed.sessions}/" if installed and installed.sessions else ""
    for name in request.knowledge.files(folder) if folder else ():
        if name.endswith("/"):
            yield SourceItem(name.rstrip("/"), "Session of history")


def _script(request: CandidateRequest) -> Iterable[SourceItem]:
    for known in request.knowledge.scripts():
        yield SourceItem(known.name, known.shortdesc, detail=known.longdesc)


def _parameters(request: CandidateRequest) -> tuple[Parameter, ...]:
    known = request.knowledge.script(request.expectation.of)
    return known.parameters if known else ()


def _script_parameter(request: CandidateRequest) -> Iterable[SourceItem]:
    return names_of(_parameters(request), request.expectation.used)


def _script_parameter_value(request: CandidateRequest) -> Iterable[SourceItem]:
    for known in _parameters(request):
        if known.name == request.expectation.name:
            yield from values_for(known)
            if known.type == "resource" and not known.is_unique:
                yield from resources(request)


def _blanks(request: CandidateRequest) -> Iterator[Parameter]:
    """Yield the parameters of the templates and of those that they include, each name once."""
    yield Parameter("id", shortdesc="The name of the new object")
    left, seen = request.expectation.of.split(), {"id"}
    read: set[str] = set()
    while left:
        name = left.pop(0)
        found = request.knowledge.template(name) if name not in read else None
        read.add(name)
        for parameter in found.parameters if found else ():
            if parameter.name not in seen:
                seen.add(parameter.name)
                yield parameter
        left += found.depends_on if found else ()


def _template_parameter(request: CandidateRequest) -> Iterable[SourceItem]:
    return names_of(_blanks(request), request.expectation.used)


def _template_parameter_value(request: CandidateRequest) -> Iterable[SourceItem]:
    for known in _blanks(request):
        if known.name == request.expectation.name:
            yield from values_for(known)


SOURCES: Sources = {
    "template-parameter": _template_parameter,
    "template-parameter-value": _template_parameter_value,
    "file": _file,
    "template": _template,
    "template-configuration": _template_configuration,
    "schema": _schema,
    "transition": _transition,
    "corosync-path": _corosync_path,
    "corosync-value": _corosync_value,
    "link-number": _link_number,
    "link-address": _link_address,
    "session": _session,
    "interface": _interface,
    "script": _script,
    "script-parameter": _script_parameter,
    "script-parameter-value": _script_parameter_value,
}
