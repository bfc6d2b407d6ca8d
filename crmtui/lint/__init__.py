"""What is wrong with a line before crm sees it: findings with a place, a severity and a sentence.

``lint`` checks lines against the table of commands, the grammar and what is known of the cluster;
``written_out`` puts a command's name in the place of a word that crm would have to guess.
"""

from __future__ import annotations

from crmtui.lint.command_words import written_out
from crmtui.lint.lines import lint
from crmtui.lint.lint_finding import LintFinding, Severity

__all__ = ["LintFinding", "Severity", "lint", "written_out"]
