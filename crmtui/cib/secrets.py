"""Secret values, which stay out of the screen, files and logs, and lines of crm with a mask for them.

Secrets are found wherever crm takes them, and get the mask that crm itself shows.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "******"
"""Mask that crm shows for a secret."""
DEFAULT = "passw*"
"""Default of crm's ``core.obscure_pattern``."""

_SECRET = re.compile(
    r"passw|passphrase|secret|token|community|credential|(?:api|private)_?key|\Apin\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"script|file|path|dir|timeout|prompt", re.IGNORECASE)
"""Words in a name that mean the place of a secret, or the way to ask for it."""
_QUOTED = r"""(?:"(?:\\.|[^"\\])*(?:"|\Z)|'[^']*(?:'|\Z)|\\.|[^\s"'\\])"""
_PAIR = re.compile(rf"(?<![^\s.:\"'])(?P<name>[\w-]+)=(?P<value>{_QUOTED}+)")
_SET = re.compile(
    rf"\bset\s+(?:[^\s=]+[.:])?(?P<name>[\w-]+)\s+(?P<value>{_QUOTED}+)", re.IGNORECASE
)
"""``set st.passwd x`` in configure; ``param st set passwd x`` and ``attribute n1 set …`` elsewhere."""
_ALWAYS = re.compile(rf"\bsecret\s+\S+\s+set\s+\S+\s+(?P<value>{_QUOTED}+)", re.IGNORECASE)
"""``resource secret st set anything x``."""
_XML = re.compile(r"<nvpair\b[^>]*>")
_XML_NAME = re.compile(r"""\bname=(["'])(?P<name>[^"']*)\1""")
_XML_VALUE = re.compile(r"""\bvalue=(["'])(?P<value>[^"']*)\1""")


def is_secret(name: str) -> bool:
    """Return True if the parameter ``name`` holds a secret, and not the place or program to get it.

    crmsh hides ``passw*`` (its ``core.obscure_pattern``); fence agents have more names for secrets.
    """
    return bool(_SECRET.search(name)) and not _PLACE.search(name)


def shown(name: str, value: str) -> str:
    """Return ``value`` of the parameter ``name``, or the mask for a secret."""
    return MASK if value and is_secret(name) else value


class Secrets:
    """Secrets by our own rules, and by the user's pattern.

    Args:
        pattern: crm's ``core.obscure_pattern``: shell patterns of parameter names, separated by blanks
            or bars. The pattern adds to our own rules and takes nothing from them.
    """

    def __init__(self, pattern: str = DEFAULT) -> None:
        words = re.split(r"\s*\|\s*|\s+", pattern.strip().strip("|"))
        self._patterns = tuple(word.lower() for word in words if word not in ("", DEFAULT))

    def is_secret(self, name: str) -> bool:
        """Return True if values of the parameter ``name`` are secret."""
        return is_secret(name) or any(
            fnmatchcase(name.lower(), pattern) for pattern in self._patterns
        )

    def masked(self, text: str) -> str:
        """Return one or more lines of crm with ``MASK`` for each secret value."""
        for start, end in sorted(set(self._spans(text)), reverse=True):
            text = f"{text[:start]}{MASK}{text[end:]}"
        return text

    def is_masked(self, line: str) -> bool:
        """Return True if a secret of ``line`` is the mask itself, which crm would take as the value."""
        return any(line[start:end].strip("\"'") == MASK for start, end in self._spans(line))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for pattern in (_PAIR, _SET):
            for match in pattern.finditer(text):
                if self.is_secret(match["name"]):
                    yield match.span("value")
        for match in _ALWAYS.finditer(text):
            yield match.span("value")
        for element in _XML.finditer(text):
            name, value = _XML_NAME.search(element[0]), _XML_VALUE.search(element[0])
            if name and value and self.is_secret(name["name"]):
                start, end = value.span("value")
                yield element.start() + start, element.start() + end
