"""A search in a text."""

from __future__ import annotations

import pytest

from crmtui.tui.presentation.lists.search import Search, search

LINES = ("alpha online", "beta", "Alpha again", "gamma")


@pytest.mark.parametrize(
    ("text", "start", "current", "summary"),
    [
        ("alpha", 0, 0, "/alpha: 1 of 2"),
        ("alpha", 1, 2, "/alpha: 2 of 2"),
        ("ALPHA", 3, 0, "/ALPHA: 1 of 2"),  # round from the end
        ("delta", 0, None, "/delta: 0 of 0"),
        ("", 0, None, ""),
    ],
)
def test_the_first_match(text: str, start: int, current: int | None, summary: str) -> None:
    """The search goes to the first line from where the reader is, round from the end."""
    found = search(text, LINES, start)

    assert (found.current, found.summary) == (current, summary)


def test_on_and_back() -> None:
    """Next and previous go round; without a match they go nowhere."""
    found = search("alpha", LINES, 0)

    assert found.step(1).current == 2
    assert found.step(1).step(1).current == 0
    assert found.step(-1).current == 2
    assert Search("x").step(1).current is None


def test_another_text() -> None:
    """After a change of the text, the search stays as near as it can."""
    assert search("alpha", LINES, 2).within(("new", *LINES)).current == 3
    assert search("alpha", LINES, 2).within(("nothing",)).current is None
