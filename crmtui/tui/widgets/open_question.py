"""Open question in the command line, and the receiver of keys typed meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.crmsh.prompt import CrmQuestion

_PAUSE = 0.4
"""Seconds without a key after which the user must have seen the question."""


class OpenQuestion:
    """Keeps a command that is being typed from becoming the answer, until there is a pause.

    Args:
        question: Question of crm.
    """

    def __init__(self, question: CrmQuestion) -> None:
        self.text = question.text
        self.how = question.how
        """Instructions for the answer, as a sentence."""
        self.is_hidden = question.kind == "password"
        """True if answers are painted as stars."""
        self.is_free = question.kind in ("password", "value")
        """True if any text is an answer, the beginning of a command too."""
        self._caught_until = 0.0

    @property
    def is_caught(self) -> bool:
        """True while keys still go to the command that was being typed."""
        return time.monotonic() < self._caught_until

    def catch(self, since: float) -> None:
        """Leave the keys to the command for a while from ``since``, in monotonic seconds."""
        self._caught_until = since + _PAUSE
