"""Which values of a configuration nobody is to read off a screen, a file or a log."""

from __future__ import annotations

import re

HIDDEN = "••••••"
_SECRET = re.compile(r"passw|passphrase|secret|token|private_?key|\Apin\Z", re.IGNORECASE)
_PLACE = re.compile(r"(?:passwd|password|passphrase|secret|token)_?(?:script|file)|.*_script\Z")


def is_secret(name: str) -> bool:
    """Say whether the parameter ``name`` holds a secret, not the place or the program to get it.

    crmsh hides ``passw*`` (its ``core.obscure_pattern``); fence agents have more names for it.
    """
    return bool(_SECRET.search(name)) and not _PLACE.fullmatch(name)


def shown(name: str, value: str) -> str:
    """Return ``value`` as it may be shown for the parameter ``name``."""
    return HIDDEN if value and is_secret(name) else value


_PAIR = re.compile(r"""(?P<name>[\w.-]+)=(?P<value>"[^"]*"?|'[^']*'?|\S+)""")
_SET = re.compile(
    r"""(?P<head>\b(?P<verb>secret|param|meta|utilization|attribute)\s+\S+\s+set\s+(?P<name>\S+)\s+|"""
    r"""^\s*(?:configure\s+)?set\s+(?P<path>\S+)\s+)(?P<value>.+)$"""
)
_NVPAIR = re.compile(r"<nvpair\b[^>]*>")
_ATTRIBUTE = re.compile(r"""\b(name|value)=(["'])(.*?)\2""")


def masked(line: str) -> str:
    """Return a line of crm, or of its output, without the values of secrets."""
    line = _NVPAIR.sub(lambda match: _nvpair(match[0]), line)
    line = _SET.sub(_assignment, line)
    return _PAIR.sub(_pair, line)


def _pair(match: re.Match[str]) -> str:
    name = match["name"].rpartition(".")[2]
    return f"{match['name']}={HIDDEN}" if is_secret(name) else match[0]


def _assignment(match: re.Match[str]) -> str:
    name = (match["name"] or match["path"] or "").rpartition(".")[2]
    is_hidden = match["verb"] == "secret" or is_secret(name)
    return f"{match['head']}{HIDDEN}" if is_hidden else match[0]


def _nvpair(element: str) -> str:
    found = {name: value for name, _, value in _ATTRIBUTE.findall(element)}
    if not is_secret(found.get("name", "")):
        return element
    return _ATTRIBUTE.sub(
        lambda match: f'value="{HIDDEN}"' if match[1] == "value" else match[0], element
    )
