"""Messages of the driver about the terminal."""

from __future__ import annotations

from textual.message import Message


class InputSpoilt(Message):
    """The terminal sent something that is no text and no key."""

    def __init__(self, strays: bytes) -> None:
        super().__init__()
        self.strays = strays
        """Bytes that are not UTF-8, each replaced; none where a sequence could not be read."""


class PicturesLeftOut(Message):
    """The terminal was too slow for some of what was painted, and has caught up now."""
