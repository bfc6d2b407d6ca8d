"""Masks for secrets in the crm text of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.secrets import MASK, is_secret
from crmtui.crmsh.words import quoted

if TYPE_CHECKING:
    from crmtui.wizard.answers import Answers


def masked(text: str, answers: Answers) -> str:
    """Return the crm text with stars for the values of secret parameters."""
    for key, value in answers.items():
        name = key.partition(".")[2]
        if value and is_secret(name):
            text = text.replace(f"{name}={quoted(value)}", f"{name}={MASK}")
    return text


def unmasked(found: Answers, before: Answers) -> Answers:
    """Return ``found`` with the secrets of ``before`` in place of stars."""
    return {
        key: before.get(key, "") if value == MASK and is_secret(key) else value
        for key, value in found.items()
    }
