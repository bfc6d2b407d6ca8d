"""The cluster scripts of crmsh, as ``crm script json`` describes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.cluster.agents import Parameter
from crmtui.cluster.text import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Script:
    """A cluster script, which crm also calls a wizard."""

    name: str
    shortdesc: str = ""
    longdesc: str = ""
    parameters: tuple[Parameter, ...] = ()
    """With the names of their steps in front: ``virtual-ip:ip``."""


def parse(output: str) -> tuple[Script, ...]:
    """Read what ``crm script json '["list"]'`` or ``'["show", NAME]'`` prints: an object a line.

    Lines that are none, and scripts that crm could not load, are left out.
    """
    found = (_script(line) for line in output.splitlines())
    return tuple(script for script in found if script is not None)


def _script(line: str) -> Script | None:
    try:
        known = json.loads(line)
    except ValueError:
        return None
    if not isinstance(known, dict) or not isinstance(known.get("name"), str) or "error" in known:
        return None
    return Script(
        name=plain_line(known["name"]),
        shortdesc=plain_line(str(known.get("shortdesc") or "")),
        longdesc=plain(str(known.get("longdesc") or "")).strip(),
        parameters=tuple(_parameters(known.get("steps"), "", is_needed=True)),
    )


def _parameters(steps: Any, prefix: str, *, is_needed: bool) -> Iterator[Parameter]:
    for step in steps if isinstance(steps, list) else ():
        name = str(step.get("name") or "")
        scope = f"{prefix}{name}:" if name else prefix
        is_required = is_needed and bool(step.get("required"))
        for known in step.get("parameters") or ():
            yield _parameter(known, scope, is_needed=is_required)
        yield from _parameters(step.get("steps"), scope, is_needed=is_required)


def _parameter(known: Any, scope: str, *, is_needed: bool) -> Parameter:
    value = known.get("value")
    return Parameter(
        name=plain_line(f"{scope}{known.get('name', '')}"),
        type=plain_line(str(known.get("type") or "string")).lower(),
        default=_text(value),
        shortdesc=plain_line(str(known.get("shortdesc") or "")),
        longdesc=plain(str(known.get("longdesc") or "")).strip(),
        is_required=is_needed and bool(known.get("required")),
        is_unique=bool(known.get("unique")),
        is_advanced=bool(known.get("advanced")),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else plain_line(str(value))
