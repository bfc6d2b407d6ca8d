"""Explanations of a place in a line: always one, and the nearest that there is."""

from __future__ import annotations

import pytest

from crmtui.completion.explain import explain
from tests.unit.completion_world import World

WORLD = World()
CONFIGURE = ("configure",)


@pytest.mark.parametrize(
    ("level", "line", "title", "words"),
    [
        ((), "", "crm", "The top level of crm"),
        ((), "", "crm", "- configure/  "),
        ((), "reso", "crm", "- resource/  "),
        ((), "configure", "configure", "- primitive  "),
        ((), "configure ", "configure", "- primitive  "),
        (CONFIGURE, "", "configure", "- primitive  "),
        (CONFIGURE, "location", "location", "Location: nodes that a resource"),
        (CONFIGURE, "location ", "location", "Location: nodes that a resource"),
        ((), "configure location x a ", "location", "Location: nodes that a resource"),
        ((), "node standby", "standby", "Usage:\n- standby NODE"),
        ((), "cluster init -", "init", "- -q, --quiet  "),
        ((), "nosuch x", "crm", 'There is no command "nosuch" here.'),
        (CONFIGURE, "primitive x IPaddr2 ", "IPaddr2", "Linux-specific"),
        (CONFIGURE, "primitive x IPaddr2 ip=", "ip", "dotted quad"),
        ((), "# note", "#", "A comment"),
    ],
)
def test_every_place_is_explained(
    level: tuple[str, ...], line: str, title: str, words: str
) -> None:
    """A value is explained by its parameter, else there is the agent, the command, the level."""
    found = explain(level, line, WORLD)
    assert found.title == title
    assert words in found.text


@pytest.mark.parametrize("line", ["configure location", "configure location ", "node standby"])
def test_a_command_is_explained_as_soon_as_it_is_whole(line: str) -> None:
    """Its usage is there right behind the word, without the blank."""
    usage = explain((), line, WORLD).usage
    assert usage is not None
    assert usage.text.startswith(line.split()[1])
