"""The guides: one Markdown file for each task, as ``crmtui help TOPIC`` prints it.

Each ends in a comment that names the keys it speaks of, so that a test can tell when they have moved.
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
"""In the order in which somebody new would read them."""
_COMMENT = re.compile(r"\n*<!-- [^>]*-->", re.MULTILINE)
_KEYS = re.compile(r"<!-- keys: (.*?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide."""

    topic: str
    """What it is asked for by."""
    title: str
    text: str
    """Its Markdown, without the comments."""
    keys: tuple[tuple[str, str], ...]
    """The actions that it speaks of, with the keys that it says they have."""


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
    """Return the file of a guide as it is."""
    return resources.files(__package__).joinpath(f"{topic}.md").read_text(encoding="utf-8")


def every() -> tuple[Guide, ...]:
    """Return all guides."""
    return tuple(map(read, TOPICS))
