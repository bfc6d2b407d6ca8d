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
