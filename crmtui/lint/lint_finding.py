"""Findings about a line, and the problems of words that cause them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingSeverity = Literal["error", "warning"]
"""``error``: crm or the cluster refuses it. ``warning``: crm takes it, but hardly as meant."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Mistake in a line."""

    start: int
    """Index in the text where the mistake begins."""
    end: int
    """Index behind the mistake."""
    severity: FindingSeverity
    sentence: str
    """The mistake, with a full stop."""
    fix: str = ""
    """The right text for this place; empty if unknown."""


@dataclass(frozen=True, slots=True)
class WordProblem:
    """Reason why a word is not of an expected kind."""

    noun: str
    """The kind that may stand there: ``a node``, ``role=``."""
    sentence: str = ""
    """The reason, with a full stop; empty if it depends on the other expected kinds."""
    severity: FindingSeverity = "error"
    part: Literal["word", "name", "value"] = "word"
    """The wrong part of ``name=value``."""
