"""How Textual takes a terminal over that shows the first picture already."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

_OTHER_SCREEN = "\x1b[?1049h"


class SeamlessDriver(LinuxDriver):
    """Leaves the terminal's other screen as it is when it starts: some terminals clear it."""

    is_taken_over = False
    """Whether it has started, so that it will give the terminal back."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _OTHER_SCREEN and not self.is_taken_over:
            self.is_taken_over = True
            return
        super().write(data)
