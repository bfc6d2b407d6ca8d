"""Answers of a form: plain values by the key of their field, kept while the user thinks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crmtui.cib.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterable

Answers = Mapping[str, str]
"""Values by the key of their field; an unanswered field is missing or empty."""

KEPT = "kept"
"""Key of the statements that a form does not understand and keeps as text."""
REST = "rest"
"""Key of the words of the main statement that a form keeps as they are typed."""


def answered(answers: Answers, section: str) -> tuple[tuple[str, str], ...]:
    """Return names and values of the answers in a section, ``params`` for example, in order."""
    prefix = f"{section}."
    return tuple(
        (key.removeprefix(prefix), value)
        for key, value in answers.items()
        if key.startswith(prefix) and value
    )


def without(answers: Answers, *sections: str) -> dict[str, str]:
    """Return the answers except those in these sections."""
    prefixes = tuple(f"{section}." for section in sections)
    return {key: value for key, value in answers.items() if not key.startswith(prefixes)}


def storable(answers: Answers) -> dict[str, str]:
    """Return the answers that a file may hold: no secrets, and no text that may contain one."""
    secret = [value for key, value in answers.items() if is_secret(key) and value]
    return {
        key: value
        for key, value in answers.items()
        if not is_secret(key) and not _holds(value, secret)
    }


def _holds(value: str, secrets: Iterable[str]) -> bool:
    return any(secret in value for secret in secrets)
