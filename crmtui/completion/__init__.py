"""Completion of crm's language, in two steps that are pure.

``expected`` says what kind of thing may follow a line, from the table of commands alone;
``complete`` then asks a ``Knowledge`` which things of that kind there are.
"""

from __future__ import annotations

from crmtui.completion.candidates import complete
from crmtui.completion.expectation import Expectation
from crmtui.completion.expected import Expected, expected
from crmtui.completion.values import Candidate, Knowledge

__all__ = ["Candidate", "Expectation", "Expected", "Knowledge", "complete", "expected"]
