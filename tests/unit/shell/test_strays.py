"""Bytes that are not UTF-8 on their way from a terminal or a file to text."""

from __future__ import annotations

import io
import os
import threading

import pytest

from crmtui.shell.piped import PipedLines
from crmtui.text import MARK, plain, told_bytes, without_strays
from crmtui.tui.textual_ext.decoding import Decoder
from crmtui.tui.textual_ext.terminal_writer import TerminalWriter

SECONDS = 10.0


@pytest.mark.parametrize(
    ("chunks", "text", "strays"),
    [
        ([b"K\xc3\xb6ln"], "Köln", b""),
        ([b"K\xc3", b"\xb6ln"], "Köln", b""),
        ([b"\xf0\x9f", b"\x90", b"\xa7"], "🐧", b""),
        ([b"K\xf6ln"], f"K{MARK}ln", b"\xf6"),
        ([b"n\xe9", b"t\xe9", b""], f"n{MARK}t{MARK}", b"\xe9\xe9"),
        ([b"\xff\xfe"], MARK * 2, b"\xff\xfe"),
        ([b"\xed\xa0\x80"], MARK * 3, b"\xed\xa0\x80"),  # half of a pair
    ],
)
def test_a_terminal_may_send_any_bytes(chunks: list[bytes], text: str, strays: bytes) -> None:
    """Each byte that is none of a character is a mark, however the bytes come."""
    decoder = Decoder()
    taken = [decoder.take(chunk) for chunk in chunks]
    if decoder.is_amidst:
        taken.append(decoder.take(b"", is_whole=True))

    assert "".join(each for each, _ in taken) == text
    assert b"".join(each for _, each in taken) == strays
    assert not decoder.is_amidst


def test_what_is_painted_has_no_halves_of_characters() -> None:
    """A file name that is not UTF-8 can be shown, written and sent."""
    assert plain("a\udce9b\ud800") == f"a{MARK}b{MARK}"
    assert without_strays("plain") == ("plain", b"")
    assert told_bytes(b"\xe9\xff") == r"\xe9 \xff"
    assert told_bytes(bytes(range(128, 140))).endswith(r"\x83 …")


def test_a_continued_line_of_a_pipe_is_one_line() -> None:
    """A backslash at the end takes the next line, too; the number is that of the last."""
    given = b"first\nsecond \\\r\n  goes \\\n on\xe9\nthird\\\n"
    lines = PipedLines(io.BytesIO(given))

    read = list(iter(lines.next_whole, None))

    assert [(each.text, each.number, each.strays) for each in read] == [
        ("first", 1, b""),
        (f"second \\\n  goes \\\n on{MARK}", 4, b"\xe9"),
        ("third\\", 5, b""),
    ]


@pytest.mark.parametrize(
    ("level", "line", "may_run"),
    [
        (("configure",), b"# K\xf6ln", True),
        (("configure",), b"show K\xf6ln", True),
        (("configure",), b"primitive K\xf6ln Dummy", False),
        ((), b"node standby K\xf6ln", False),
        ((), b"K\xf6ln", False),
        ((), b"node standby n1", True),
    ],
)
def test_only_what_changes_nothing_may_be_altered(
    level: tuple[str, ...], line: bytes, *, may_run: bool
) -> None:
    """A line that is not UTF-8 runs with marks in it only where it shows something."""
    read = PipedLines(io.BytesIO(line)).next_whole()

    assert read is not None
    assert read.may_run(level) is may_run


def test_a_terminal_that_takes_nothing_makes_nobody_wait() -> None:
    """Surplus output is left out, needed output comes, and then all is to be painted again."""
    reading, writing = os.pipe()
    behind, gone = threading.Event(), threading.Event()
    writer = TerminalWriter(writing, gone=gone.set, behind=behind.set)
    writer.start()
    for _ in range(100):
        writer.write("x" * 10_000)
    writer.write("last", must=True)

    taken = b""
    while not taken.endswith(b"last"):
        taken += os.read(reading, 65536)

    assert behind.wait(SECONDS)
    assert len(taken) < 300_000
    os.close(reading)
    writer.write("more")
    assert gone.wait(SECONDS)
    writer.stop(SECONDS)
    assert not writer.is_alive()
    os.close(writing)


def test_what_waits_can_be_dropped() -> None:
    """The text that restores the terminal is not behind pictures that nobody sees."""
    reading, writing = os.pipe()
    writer = TerminalWriter(writing, gone=lambda: None, behind=lambda: None)
    writer.write("picture")
    writer.drop()
    writer.write("end", must=True)
    writer.start()
    writer.stop(SECONDS)
    assert os.read(reading, 100) == b"end"
    os.close(reading)
    os.close(writing)


def test_a_picture_of_a_large_screen_is_written_with_its_end() -> None:
    """The end of a picture is not left out, however large it is: a terminal waits for that."""
    reading, writing = os.pipe()
    behind = threading.Event()
    writer = TerminalWriter(writing, gone=lambda: None, behind=behind.set)
    for piece in ("begin", "x" * 300_000, "end"):
        writer.write(piece)
    writer.start()

    taken = b""
    while not taken.endswith(b"end"):
        taken += os.read(reading, 65536)

    assert len(taken) == 300_008
    writer.stop(SECONDS)
    assert not behind.is_set()
    os.close(reading)
    os.close(writing)
