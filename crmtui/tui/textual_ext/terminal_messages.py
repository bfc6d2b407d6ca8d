"""Messages of the driver about the terminal."""

from __future__ import annotations

from textual.message import Message

from crmtui.text import MARK, told_bytes


class InputSpoilt(Message):
    """The terminal sent something that is neither text nor a key."""

    def __init__(self, strays: bytes) -> None:
        super().__init__()
        self.strays = strays
        """Bytes that are not UTF-8, each replaced; empty for an unreadable sequence."""

    @property
    def sentence(self) -> str:
        """Warning for the user."""
        if not self.strays:
            return "Part of what the terminal sent could not be read, and was left out."
        return (
            f"What was typed or pasted has bytes that are not UTF-8 ({told_bytes(self.strays)}), "
            f"shown as {MARK}. The terminal sends another encoding: set it to UTF-8, or paste from a "
            "UTF-8 file."
        )


class PicturesLeftOut(Message):
    """The terminal was too slow for some pictures, and has caught up now."""
