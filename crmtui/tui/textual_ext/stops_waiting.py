"""Screens that wait for something, and that the key which stops what runs ends."""

from __future__ import annotations


class StopsWaiting:
    """Mark of a screen that knows what to stop."""

    def stop_waiting(self) -> bool:
        """Stop the wait of this screen; return false if there is none."""
        raise NotImplementedError
