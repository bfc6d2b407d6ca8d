"""Aliases of commands come from the table of commands, wherever a statement is read."""

from __future__ import annotations

from itertools import chain

import pytest

from crmtui.cib.objects import KINDS
from crmtui.cib.staged_objects import created
from crmtui.crmsh import command_table
from crmtui.highlight import lexer
from crmtui.wizard.statements import parse

_ALIASES = [
    pytest.param(alias, row.name, id=alias)
    for row in command_table.rows("configure")
    if row.name in KINDS.values()
    for alias in row.aliases
]


@pytest.mark.parametrize(("alias", "name"), _ALIASES)
def test_an_alias_is_read_as_its_command(alias: str, name: str) -> None:
    """Staged lines, forms and colours know each alias that the table knows."""
    (statement,) = parse(f"{alias} x y")
    assert (statement.keyword, statement.id) == (name, "x")
    assert created(f"{alias} x y") == "x"
    groups = (lexer._AGENTS, lexer._HOLDERS, lexer._CONSTRAINTS)
    assert alias in chain.from_iterable(groups)


def test_there_are_aliases_of_statements() -> None:
    """The test above goes through some."""
    assert {each.id for each in _ALIASES} >= {"resource", "master", "collocation"}


def test_a_word_without_a_row_is_its_own_name() -> None:
    """An unknown command keeps its word, so that crm can refuse it."""
    assert command_table.name_of("configure", "rm") == "delete"
    assert command_table.name_of("configure", "nonsense") == "nonsense"
    assert command_table.spellings("configure", "delete", "nonsense") == ("delete", "rm")
