"""Completion of crm's language, in two pure steps.

``expected`` tells the kinds of things that may follow a line, from the table of commands alone.
``complete`` then asks a ``Knowledge`` for the things of these kinds.
"""

from __future__ import annotations

from crmtui.completion.candidates import complete
from crmtui.completion.expectation import Expectation
from crmtui.completion.expected import Expected, expected
from crmtui.completion.values import Candidate, Knowledge

__all__ = ["Candidate", "Expectation", "Expected", "Knowledge", "complete", "expected"]
