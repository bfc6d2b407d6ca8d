"""``--help`` of every command: no character in it that was meant for the one who formats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from crmtui.cli.program import crmtui

if TYPE_CHECKING:
    from collections.abc import Iterator


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


@pytest.mark.parametrize("path", list(_commands(crmtui)), ids=" ".join)
def test_help_has_no_marks_in_it(path: tuple[str, ...]) -> None:
    """A paragraph that is not to be wrapped is told to click, and not printed with its mark."""
    done = CliRunner().invoke(crmtui, [*path, "--help"])
    assert done.exit_code == 0
    assert "\\b" not in done.output
    assert "\b" not in done.output
