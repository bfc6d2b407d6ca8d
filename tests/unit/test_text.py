"""Text from the cluster made safe to paint."""

from __future__ import annotations

import pytest

from crmtui.text import plain, plain_line, unescaped


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\x1b[31mERROR\x1b[0m: no", "ERROR: no"),
        ("\x1b]0;title\x07rest", "rest"),
        ("\x1b]52;c;Zm9v\x1b\\rest", "rest"),
        ("a\x00b\x08c\x7fd\x9be", "abcde"),
        ("a\tb", "a       b"),
        ("abc\u202edef", "abcdef"),
        ("[red]kept[/red]", "[red]kept[/red]"),
        ("line\nline", "line\nline"),
        ("\x1b[", "["),
        ("\x1bPq#0\x1b\\x", "x"),
    ],
)
def test_escapes_and_controls_are_removed(raw: str, expected: str) -> None:
    """Escapes, control characters and direction overrides go; text and markup stay as text."""
    assert plain(raw) == expected


def test_a_line_is_one_line() -> None:
    """White space of any kind becomes single blanks."""
    assert plain_line("  a\n\tb  ") == "a b"
    assert plain_line("a\x1b[31mb") == "ab"
    assert plain_line("a b") == "a b"
    assert plain_line("a\u202eb") == "ab"
    assert plain_line("a\u00a0b") == "a b"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("couldn&apos;t find &quot;x&quot; &lt;1&gt; &amp; more", 'couldn\'t find "x" <1> & more'),
        ("a &amp;apos; b", "a &apos; b"),
        ("&#x1B;[31mred&#x0A;", "red"),
        ("&#xD800; &#x110000; &other; &#65;", "&#xD800; &#x110000; &other; &#65;"),
        ("R&D", "R&D"),
    ],
)
def test_entities_are_replaced_once_and_stay_text(raw: str, expected: str) -> None:
    """Text escaped once too often is read once, and nothing in it reaches the terminal."""
    assert unescaped(raw) == expected
