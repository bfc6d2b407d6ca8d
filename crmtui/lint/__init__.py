"""Checks of a line before crm sees it: findings with a place, a severity and a sentence.

``lint`` checks lines against the table of commands, the grammar and the knowledge of the cluster.
``written_out`` replaces a word that crm would have to guess with the command's full name.
"""

from __future__ import annotations

from crmtui.lint.command_words import written_out
from crmtui.lint.lines import lint
from crmtui.lint.lint_finding import FindingSeverity, LintFinding

__all__ = ["FindingSeverity", "LintFinding", "lint", "written_out"]
