"""Hosts of ``--host``, each as ssh takes it, with its user and port."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_URL = "ssh://"
_PARTS = re.compile(
    r"(?P<url>ssh://)?(?:(?P<user>[^/]*)@)?(?P<name>\[[^]]*\]|[^/]*?)(?(url)(?::(?P<port>\d+))?/?)"
)
"""``[USER@]HOST``, or ``ssh://[USER@]HOST[:PORT]`` with an IPv6 address in brackets (ssh(1))."""


@dataclass(frozen=True, slots=True)
class _Host:
    user: str
    name: str
    port: str
    is_url: bool

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        if not self.port and not self.is_url:
            return f"{user}{self.name}"
        # An IPv6 address stands in brackets in a URL, and without them elsewhere.
        name = f"[{self.name}]" if ":" in self.name and "[" not in self.name else self.name
        return f"{_URL}{user}{name}{f':{self.port}' if self.port else ''}"


def hosts(listed: str) -> tuple[str, ...]:
    """Return the hosts of a list with commas between them, the preferred one first.

    Hosts without a user or port get those of the first host.
    """
    words = [word.strip() for word in listed.split(",") if word.strip()]
    if not words:
        return ()
    first = _parse(words[0])
    if first is None:
        return tuple(words)
    return (words[0], *(_completed(word, first) for word in words[1:]))


def _completed(word: str, first: _Host) -> str:
    host = _parse(word)
    if host is None:  # ssh reports the error in it
        return word
    completed = replace(host, user=host.user or first.user, port=host.port or first.port)
    return word if completed == host else str(completed)


def _parse(word: str) -> _Host | None:
    found = _PARTS.fullmatch(word)
    if found is None or word.startswith("-") or not found["name"]:
        return None
    return _Host(found["user"] or "", found["name"], found["port"] or "", bool(found["url"]))
