"""Fields of a form, made from what agents and Pacemaker document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.secrets import is_secret

if TYPE_CHECKING:
    from crmtui.cib.agents import Parameter

Kind = Literal[
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
"""What a value has to look like, and so what can be offered for it."""

BOOLEANS = ("true", "false")

_KINDS: dict[str, Kind] = {
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
    """Names its answer: ``params.ip``, ``meta.target-role``, ``op.monitor.interval``."""
    label: str
    """What it is called on the screen; of a parameter its name."""
    kind: Kind = "text"
    short: str = ""
    """One line about it."""
    long: str = ""
    """Paragraphs about it; may be empty."""
    default: str = ""
    """What holds when it is left empty."""
    choices: tuple[str, ...] = ()
    """The values it is documented to take, or offered ones."""
    is_required: bool = False
    is_unique: bool = False
    """No other resource of the same agent may have the same value."""
    is_folded: bool = False
    """Whether it is for few, and shown only when asked for."""
    is_secret: bool = False
    """Never shown, and never written to a file of ours."""
    is_strict: bool = False
    """Whether nothing but the choices is allowed."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """A page of a form."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    help: str = ""
    """A sentence on what it is for."""


def of_parameter(parameter: Parameter, section: str, *, is_folded: bool | None = None) -> Field:
    """Return the field of a documented parameter.

    Args:
        parameter: What is documented.
        section: What its key begins with: ``params``, ``meta`` …
        is_folded: Whether to fold it; without it, all that is not required is.
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


def _kind(parameter: Parameter) -> Kind:
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
