"""A question that is open in the command line, and whose the keys are that are typed meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.crmsh.prompt import CrmQuestion

_PAUSE = 0.4
"""Seconds without a key after which who types has seen the question."""


class OpenQuestion:
    """Keeps what is being typed as a command from being taken for an answer, until there is a pause.

    Args:
        question: What is asked.
    """

    def __init__(self, question: CrmQuestion) -> None:
        self.text = question.text
        self.how = question.how
        """How it is answered, as a sentence."""
        self.is_hidden = question.kind == "password"
        """Whether answers are painted as stars."""
        self.is_free = question.kind in ("password", "value")
        """Whether anything would do for an answer, the beginning of a command too."""
        self._caught_until = 0.0

    @property
    def is_caught(self) -> bool:
        """Whether keys are still those of the command that was being typed when it came up."""
        return time.monotonic() < self._caught_until

    def catch(self, since: float) -> None:
        """Let keys be those of the command for a while from ``since``, on the monotonic clock."""
        self._caught_until = since + _PAUSE
