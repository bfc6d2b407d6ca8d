"""Resting keys: after a stray key, further letters of the same word start no action."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.tui.widgets.output import Output

_SECONDS = 3.0
"""Length of the rest, in seconds."""
_BEGINS = "That key answers nothing here, so keys ask for no action for 3 s. Esc ends that."
_ENDS = "Keys ask for actions again."


class RestingKeys:
    """Time span in which keys start no action.

    Args:
        clock: Seconds from an arbitrary beginning.
        output: Pane that announces beginning and end.
    """

    def __init__(self, clock: Callable[[], float], output: Output) -> None:
        self._clock = clock
        self._output = output
        self._until = clock()

    @property
    def is_on(self) -> bool:
        """True while keys rest."""
        return self._clock() < self._until

    def begin(self) -> None:
        """Let keys rest from now on."""
        self._until = self._clock() + _SECONDS
        self._output.say(_BEGINS, "warning")

    def end(self) -> None:
        """End the rest of the keys."""
        if self.is_on:
            self._until = self._clock()
            self._output.say(_ENDS, "note")
