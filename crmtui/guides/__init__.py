"""The guides: one Markdown file for each task, as ``crmtui help TOPIC`` prints it.

Each guide ends in a comment with the keys in its text, so that a test notices a moved key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

TOPICS: Final = (
    *("first-look", "standby", "failed-resource", "move", "new-service", "fencing", "undo", "ssh"),
    *("states", "keys", "settings", "exit-status", "json"),
)
"""Topics of all guides, in the reading order for a new user."""
_COMMENT = re.compile(r"\n*<!-- [^>]*-->", re.MULTILINE)
_KEYS = re.compile(r"<!-- keys: (.*?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Guide:
    """Guide for one task."""

    topic: str
    """The argument of ``crmtui help``."""
    title: str
    text: str
    """The Markdown, without comments."""
    keys: tuple[tuple[str, str], ...]
    """Actions in the text, each with the keys that the text names."""


@cache
def read(topic: str) -> Guide:
    """Return the guide of ``topic``, one of ``TOPICS``."""
    written = source(topic)
    found = _KEYS.search(written)
    named = found[1].split(", ") if found else []
    pairs = (each.strip().partition("=") for each in named if each.strip())
    text = _COMMENT.sub("", written).strip() + "\n"
    title = text.partition("\n")[0].removeprefix("# ")
    return Guide(topic, title, text, tuple((action, keys) for action, _, keys in pairs))


def source(topic: str) -> str:
    """Return the file of a guide, comments included."""
    return resources.files(__package__).joinpath(f"{topic}.md").read_text(encoding="utf-8")


def every() -> tuple[Guide, ...]:
    """Return all guides."""
    return tuple(map(read, TOPICS))
