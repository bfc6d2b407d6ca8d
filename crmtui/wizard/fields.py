"""Fields of a form, made from the documentation of agents and Pacemaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.secrets import is_secret

if TYPE_CHECKING:
    from crmtui.cib.agents import Parameter

FieldKind = Literal[
    "text",
    "boolean",
    "integer",
    "seconds",
    "time",
    "choice",
    "score",
    "id",
    "node",
    "nodes",
    "resource",
    "resources",
    "file",
    "interface",
    "address",
]
"""Form of a field's value, which also decides the offered candidates."""

BOOLEANS = ("true", "false")

_KINDS: dict[str, FieldKind] = {
    "boolean": "boolean",
    "integer": "integer",
    "time": "time",
    "timeout": "time",
    "duration": "time",
    "second": "seconds",
    "select": "choice",
    "enum": "choice",
    "score": "score",
    "resource": "resource",
    "ip_address": "address",
    "port": "integer",
}
_INTERFACES = frozenset(
    {"nic", "interface", "iface", "netdev", "network_interface", "host-interface"}
)
_NODES = frozenset({"pcmk_host_list", "nodes", "hostlist"})
_NODE = frozenset({"node", "node_name"})
_FILES = re.compile(
    r"(^|_)(file|path|dir|directory|config|conffile|configfile|binary|socket|pidfile|logfile|device"
    r"|mountpoint|root|home|envfile|script)$|file$|dir$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    key: str
    """Key of the answer: ``params.ip``, ``meta.target-role``, ``op.monitor.interval``."""
    label: str
    """Name on the screen; for a parameter the parameter's own name."""
    kind: FieldKind = "text"
    short: str = ""
    """Description in one line."""
    long: str = ""
    """Description in paragraphs; may be empty."""
    default: str = ""
    """Value that holds while the field is empty."""
    choices: tuple[str, ...] = ()
    """Documented or suggested values."""
    is_required: bool = False
    is_unique: bool = False
    """True if no other resource of the same agent may have the same value."""
    is_folded: bool = False
    """True if the field is rarely needed, and hidden until all fields are wanted."""
    is_secret: bool = False
    """True if the value is never shown, and never written to a file of ours."""
    is_strict: bool = False
    """True if only the choices are allowed."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """A page of a form."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    help: str = ""
    """Purpose of the step, as a sentence."""


def of_parameter(parameter: Parameter, section: str, *, is_folded: bool | None = None) -> Field:
    """Return the field of a documented parameter.

    Args:
        parameter: The documented parameter.
        section: Prefix of the field's key: ``params``, ``meta`` …
        is_folded: Folds the field; by default every optional parameter is folded.
    """
    kind = _kind(parameter)
    return Field(
        key=f"{section}.{parameter.name}",
        label=parameter.name,
        kind=kind,
        short=parameter.shortdesc,
        long=parameter.longdesc,
        default=parameter.default,
        choices=parameter.choices or (BOOLEANS if kind == "boolean" else ()),
        is_required=parameter.is_required,
        is_unique=parameter.is_unique,
        is_folded=not parameter.is_required if is_folded is None else is_folded,
        is_secret=is_secret(parameter.name),
        is_strict=kind == "boolean",
    )


def _kind(parameter: Parameter) -> FieldKind:
    known = _KINDS.get(parameter.type)
    name = parameter.name.lower()
    if known is not None and known != "choice":
        return known
    if parameter.choices:
        return "choice"
    if name in _INTERFACES:
        return "interface"
    if name == "ip" and not re.search(r"host ?name", parameter.shortdesc, re.IGNORECASE):
        return "address"
    if name in _NODES:
        return "nodes"
    if name in _NODE:
        return "node"
    if parameter.default.startswith("/") or _FILES.search(name):
        return "file"
    return "text"
