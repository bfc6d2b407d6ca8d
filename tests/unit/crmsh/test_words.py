"""Written words are those that crm reads: words, statements, and the traps of crm's parser."""

from __future__ import annotations

import shlex

import pytest

from crmtui.crmsh.words import line_of, quoted, written
from crmtui.errors import Unwritable
from crmtui.wizard.statements import Statement, StatementSection, parse, text_of

VALUES = (
    "",
    " ",
    "plain",
    "two words",
    "it's",
    'say "hi"',
    "both ' and \"",
    "back\\slash",
    "\\",
    "'\\",
    "ünïcödé",
    "日本",
    "$HOME `id` $(id)",
    "a=b=c",
    "#no comment",
    "C:",
    "x;y|z&",
    "*?[a]{b}(c)<d>",
    "~/x",
    "!history",
    "100%",
    "-n",
    "--force",
    '"',
    "'",
    "\\\"'",
    " leading",
    "trailing ",
    "@ref",
    "op",
    "params",
    "a\u00a0b",
)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_read_back(value: str) -> None:
    """Any value comes back from crm's way to take a line apart, alone and in a pair."""
    assert shlex.split(quoted(value)) == [value]
    assert shlex.split(line_of(["x", f"name={value}", "y"])) == ["x", f"name={value}", "y"]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("a\nb", "line break"),
        ("a\tb", "tab"),
        ("a\x03b", r"U\+0003"),
        ("\x1b[2J", r"U\+001B"),
        ("a\u2028b", "line break"),
        ("\ud800", r"U\+D800"),
    ],
)
def test_what_a_line_cannot_hold_is_refused(value: str, what: str) -> None:
    """A value that a terminal or crm would act upon is refused with a sentence, not mangled."""
    with pytest.raises(Unwritable, match=what):
        quoted(value)


def test_quotes_stand_around_the_value() -> None:
    """A pair is written as people write it."""
    assert written("description=two words") == 'description="two words"'
    assert written("ip=10.0.0.1") == "ip=10.0.0.1"


@pytest.mark.parametrize("value", [value for value in VALUES if value])
def test_statements_are_read_as_they_were_written(value: str) -> None:
    """A statement that is written on one line or several, and read again, is the same."""
    section = StatementSection("params", (f"a={value}", "b=1"))
    statement = Statement(("primitive", "x", "ocf:heartbeat:Dummy"), (section,))
    for text in (statement.line(), statement.text()):
        (found,) = parse(text)
        assert sorted(found.section("params").words) == sorted(section.words)


def test_a_value_that_looks_like_a_score_is_no_score() -> None:
    """A first value that ends in the only colon of its word is written so that crm keeps it."""
    head = ("primitive", "x", "Dummy")
    alone = Statement(head, (StatementSection("params", ("state=C:",)),))
    beside = Statement(head, (StatementSection("params", ("state=C:", "fake=1")),))
    assert alone.line() == "primitive x Dummy params $x-instance_attributes-state:state=C:"
    assert beside.line() == "primitive x Dummy params fake=1 state=C:"
    assert parse(alone.line()) == (alone,)


def test_comments_continuations_aliases_and_implied_parameters() -> None:
    """Text is read as crm reads it."""
    found = parse(
        "# note\nresource x Dummy state=/x \\\n  op monitor \\\n  interval=10s\n\ngroup g x"
    )
    assert [statement.keyword for statement in found] == ["primitive", "group"]
    assert found[0].section("params").words == ("state=/x",)
    assert found[0].section("op").words == ("monitor", "interval=10s")
    assert text_of(found[1:]) == "group g x"


def test_an_open_quotation_is_told() -> None:
    """Text with a quotation that is never closed is refused with the place."""
    with pytest.raises(Unwritable, match="not closed: primitive x"):
        parse('primitive x Dummy params state="a')


def test_xml_is_passed_on() -> None:
    """A statement of XML is quoted as a whole."""
    (found,) = parse('xml <primitive id="x" class="ocf"/>')
    assert shlex.split(found.line()) == ["xml", '<primitive id="x" class="ocf"/>']
    assert parse(found.line()) == (found,)
