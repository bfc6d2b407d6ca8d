"""One thing that is wrong with a line, and what makes it: values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
"""``error``: crm or the cluster refuses it. ``warning``: it is taken, but hardly what is meant."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing that is wrong with a line."""

    start: int
    """Index in the text where it begins."""
    end: int
    """Index behind it."""
    severity: Severity
    sentence: str
    """What is wrong, with a full stop."""
    fix: str = ""
    """What stands there when it is right; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class WordProblem:
    """Why a word cannot be one of a kind of things."""

    noun: str
    """What could stand there: ``a node``, ``role=``."""
    sentence: str = ""
    """What is wrong, with a full stop; empty where that depends on what else could stand there."""
    severity: Severity = "error"
    part: Literal["word", "name", "value"] = "word"
    """Which part of ``name=value`` is wrong."""
