"""The pictures of the README are what the screen looks like."""

from __future__ import annotations

import pytest

from crmtui.tui.presentation.svg import self_contained
from tests import screenshots
from tests.picture_masks import masked


def test_the_pictures_are_not_stale() -> None:
    """Each shipped picture is, to the byte, what the screen shows now."""
    if not screenshots.is_comparable():
        pytest.skip("the pictures were made with other versions of crm, Pacemaker, Textual or Rich")

    assert [path.name for path in screenshots.stale()] == []


def test_a_picture_fetches_nothing() -> None:
    """A picture names no address but that of its own format, and no font that is not installed."""
    svg = (
        '@font-face {\n src: url("https://fonts.example/a");\n}\n'
        ".m { font-family: Fira Code, monospace; }"
    )

    made = self_contained(svg, "a test")

    assert "http" not in made
    assert "Fira" not in made
    assert "monospace" in made


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("crm(live/node-7)configure# ", "crm(live/alpha)configure# "),
        ("  * Current DC: b (version 2.1.9-x) - part", "  * Current DC: b (version 2.1.5) - part"),
        ("  * Last updated: Mon May  1 1:02:03 2023", "  * Last updated: Sun Jan  7 03:14:15 2024"),
        ("primitive webip", "primitive webip"),
    ],
)
def test_what_differs_between_machines_is_masked(printed: str, shown: str) -> None:
    """Hosts, versions and clocks are replaced; nothing else is."""
    assert masked(printed) == shown
