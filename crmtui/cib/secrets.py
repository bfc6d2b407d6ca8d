"""Which values nobody is to read off a screen, a file or a log, and lines of crm without them.

The values are found wherever crm takes them, and masked as crm itself does.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "******"
"""What crm shows for such a value."""
DEFAULT = "passw*"
"""crm's own ``core.obscure_pattern`` where nobody set another."""

_SECRET = re.compile(
    r"passw|passphrase|secret|token|community|credential|(?:api|private)_?key|\Apin\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"script|file|path|dir|timeout|prompt", re.IGNORECASE)
"""What says where the secret is or how to ask for it, not what it is."""
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
    """Say whether the parameter ``name`` holds a secret, not the place or the program to get it.

    crmsh hides ``passw*`` (its ``core.obscure_pattern``); fence agents have more names for it.
    """
    return bool(_SECRET.search(name)) and not _PLACE.search(name)


def shown(name: str, value: str) -> str:
    """Return ``value`` as it may be shown for the parameter ``name``."""
    return MASK if value and is_secret(name) else value


class Secrets:
    """Knows which values are secret.

    Args:
        pattern: crm's ``core.obscure_pattern``: shell patterns of parameter names, separated by blanks
            or bars. What is secret anyway stays so where it leaves that out.
    """

    def __init__(self, pattern: str = DEFAULT) -> None:
        words = re.split(r"\s*\|\s*|\s+", pattern.strip().strip("|"))
        self._patterns = tuple(word.lower() for word in words if word not in ("", DEFAULT))

    def is_secret(self, name: str) -> bool:
        """Say whether values of the parameter ``name`` are secret."""
        return is_secret(name) or any(
            fnmatchcase(name.lower(), pattern) for pattern in self._patterns
        )

    def masked(self, text: str) -> str:
        """Return ``text``, one or more lines of crm, with ``MASK`` for each secret value."""
        for start, end in sorted(set(self._spans(text)), reverse=True):
            text = f"{text[:start]}{MASK}{text[end:]}"
        return text

    def is_masked(self, line: str) -> bool:
        """Say whether a secret value of ``line`` is the mask, which would be taken for the value."""
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
