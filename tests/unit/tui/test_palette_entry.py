"""Entries of the palette that typed words mean."""

from __future__ import annotations

import pytest

from crmtui.tui.presentation.palette_entry import MOST, PaletteEntry, meant


def _nothing() -> None:
    """Do nothing."""


_ALL = [
    PaletteEntry(what, kind, _nothing, keys)
    for what, kind, keys in (
        ("Put nodes into standby: move everything away", "nodes", "s"),
        ("node standby: put a node into standby mode", "crm", ""),
        ("standby-helper", "resource", ""),
        ("web", "resource", ""),
        ("webip", "resource", ""),
        ("Use the theme light", "theme", ""),
    )
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("web", "web"),
        ("webi", "webip"),
        ("standby", "standby-helper"),
        ("standby nodes", "Put nodes into standby: move everything away"),
        ("crm standby", "node standby: put a node into standby mode"),
        ("LIGHT", "Use the theme light"),
        ("wbp", "webip"),
        ("", "Put nodes into standby: move everything away"),
    ],
)
def test_the_likeliest_comes_first(typed: str, first: str) -> None:
    """A whole name before a beginning, that before a part, and letters in their order last."""
    assert meant(_ALL, typed)[0].title == first


def test_a_further_name_counts_as_much_as_the_sentence() -> None:
    """An action is found first by its label and its synonyms, whole or begun."""
    log = PaletteEntry(
        "What was changed, and what came of it", "anywhere", _nothing, "7", ("Action log", "log")
    )
    command = PaletteEntry("history log: show the logs", "crm", _nothing)

    for typed in ("log", "lo", "action log", "LOG"):
        assert meant([command, log], typed)[0] == log


def test_what_is_not_there_is_not_guessed() -> None:
    """Nothing is offered for what nothing has."""
    assert meant(_ALL, "zzz") == []


def test_a_list_has_an_end() -> None:
    """Of a large cluster's resources not all are listed at once."""
    many = [PaletteEntry(f"r{number}", "resource", _nothing) for number in range(10 * MOST)]

    assert len(meant(many, "r")) == MOST
