"""The guides: that they are there, short, and speak of the keys that there are."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from crmtui import guides
from crmtui.actions import BY_ID
from crmtui.cli.program import crmtui
from crmtui.tui.presentation.key_names import key_names
from tests.generated import README
from tests.reference import formats, shape

_REFERENCE = ("keys", "exit-status", "json")
_LINES = 60


@pytest.mark.parametrize("topic", guides.TOPICS)
def test_a_guide_is_short_and_its_keys_are_those_of_the_program(topic: str) -> None:
    """Each key that a guide speaks of is the default one of the action that is meant."""
    guide = guides.read(topic)

    assert guide.text.startswith(f"# {guide.title}\n")
    assert "<!--" not in guide.text
    assert topic in _REFERENCE or len(guide.text.splitlines()) <= _LINES
    for action, keys in guide.keys:
        assert keys in {key_names([key]) for key in BY_ID[action].keys}, action
        assert f"`{keys}`" in guide.text, action


@pytest.mark.parametrize("topic", guides.TOPICS)
def test_every_command_that_a_guide_names_is_there(topic: str) -> None:
    """A word behind ``crmtui`` in a guide is a command, or an option."""
    context = crmtui.make_context("crmtui", ["help"], resilient_parsing=True)
    known = crmtui.list_commands(context)
    for word in re.findall(r"(?:`|^    )crmtui ([a-z]+)\b", guides.read(topic).text, re.MULTILINE):
        assert word in known, word


def test_the_readme_links_every_guide() -> None:
    """A reader on the web finds them, too."""
    text = README.read_text("utf-8")

    assert all(f"(crmtui/guides/{topic}.md)" in text for topic in guides.TOPICS)


def _help(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(crmtui, ["help", *words])
    return done.exit_code, done.output


def test_help_lists_the_guides() -> None:
    """Without a topic each is there with its title."""
    status, said = _help()

    assert status == 0
    assert "crmtui help standby          Take a node out for maintenance\n" in said
    assert all(f"crmtui help {topic}" in said for topic in guides.TOPICS)


@pytest.mark.parametrize(("typed", "title"), [("standby", "Take a node"), ("fail", "A resource")])
def test_help_prints_a_guide_as_it_is_in_a_pipe(typed: str, title: str) -> None:
    """A beginning will do that only one has; in a pipe it is the Markdown."""
    status, said = _help(typed)

    assert status == 0
    assert said.startswith(f"# {title}")
    assert "\x1b" not in said


def test_help_on_what_is_unknown_says_what_is_meant() -> None:
    """A mistyped topic is told with the nearest, and its own exit status."""
    status, said = _help("stanby")

    assert status == 2
    assert "did you mean standby?" in said


def test_the_shape_of_json_has_all_members() -> None:
    """The documented JSON is the printed one, in words that can be looked up."""
    value = json.loads('{"a": 1, "b": [{"c": "x"}], "d": [], "e": {"f": null}}')

    assert shape(value) == '{"a", "b": [{"c"}], "d": [], "e": {"f"}}'
    assert '"failures": [{"resource", "operation"' in formats()
