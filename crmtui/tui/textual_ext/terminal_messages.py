"""Messages of the driver about the terminal."""

from __future__ import annotations

from textual.message import Message


class InputSpoilt(Message):
    """The terminal sent something that is neither text nor a key."""

    def __init__(self, strays: bytes) -> None:
        super().__init__()
        self.strays = strays
        """Bytes that are not UTF-8, each replaced; empty for an unreadable sequence."""


class PicturesLeftOut(Message):
    """The terminal was too slow for some pictures, and has caught up now."""
