"""Decoder of a terminal's input: UTF-8, and a mark for each other byte."""

from __future__ import annotations

import codecs

from crmtui.text import without_strays


class Decoder:
    """Bytes in, text out, whatever the bytes are.

    A strict decoder would end the reading of keys at the first Latin-1 letter.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    @property
    def is_amidst(self) -> bool:
        """True if the last bytes may be the beginning of a character."""
        return bool(self._decoder.getstate()[0])

    def take(self, data: bytes, *, is_whole: bool = False) -> tuple[str, bytes]:
        """Return the text of ``data``, and the bytes that are not UTF-8.

        Args:
            data: Bytes read from the terminal.
            is_whole: True if no more bytes follow for a character that has begun.
        """
        return without_strays(self._decoder.decode(data, is_whole))
