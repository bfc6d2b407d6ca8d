"""Rest of the keys after one that answered nothing: more of the word may be under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.tui.widgets.output import Output

_SECONDS = 3.0
"""Seconds for which keys ask for no action."""
_BEGINS = "That key answers nothing here, so keys ask for no action for 3 s. Esc ends that."
_ENDS = "Keys ask for actions again."


class RestingKeys:
    """Time in which keys ask for no action.

    Args:
        clock: Seconds from an arbitrary beginning.
        output: Pane in which beginning and end are said.
    """

    def __init__(self, clock: Callable[[], float], output: Output) -> None:
        self._clock = clock
        self._output = output
        self._until = clock()

    @property
    def is_on(self) -> bool:
        """True while a key would ask for nothing."""
        return self._clock() < self._until

    def begin(self) -> None:
        """Let keys rest from now on."""
        self._until = self._clock() + _SECONDS
        self._output.say(_BEGINS, "warning")

    def end(self) -> None:
        """Let keys ask for actions at once again."""
        if self.is_on:
            self._until = self._clock()
            self._output.say(_ENDS, "note")
