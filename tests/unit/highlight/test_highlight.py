"""crm's language in colour."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
from pygments.token import Error

from crmtui.highlight import CrmLexer, spans
from tests.e2e.completion_lines import LINES


def coloured(line: str) -> list[tuple[str, str]]:
    """Return the parts of a line that have a kind."""
    return [(line[span.start : span.end], span.kind) for span in spans(line)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("node standby n1", [("node", "command"), ("standby", "keyword")]),
        ("node 1: n1", [("node", "command")]),
        ("standby n1", [("standby", "keyword")]),
        ("resource dns Dummy", [("resource", "command")]),
        ("# note", [("# note", "comment")]),
        (
            "primitive x ocf:heartbeat:IPaddr2 ip='a b'",
            [
                ("primitive", "command"),
                ("ocf", "agent"),
                ("heartbeat", "agent"),
                ("IPaddr2", "agent"),
                ("ip", "name"),
                ("'a b'", "value"),
            ],
        ),
        ("primitive x @t", [("primitive", "command"), ("@t", "agent")]),
        ('primitive x t ip="a', [("primitive", "command"), ("ip", "name"), ('"a', "value")]),
        ("group network to storage", [("group", "command")]),
        ("group x y meta", [("group", "command"), ("meta", "keyword")]),
        (
            "location x /a.*/ -inf: n1",
            [("location", "command"), ("/a.*/", "value"), ("-inf:", "number")],
        ),
        (
            "colocation x INFINITY: a cl:Promoted",
            [("colocation", "command"), ("INFINITY:", "number"), ("Promoted", "operator")],
        ),
        (
            "order x Mandatory: a:start b",
            [("order", "command"), ("Mandatory:", "number"), ("start", "operator")],
        ),
        (
            "location x a rule #uname eq n1",
            [
                ("location", "command"),
                ("rule", "keyword"),
                ("#uname", "operator"),
                ("eq", "operator"),
            ],
        ),
        (
            "bundle b podman image=x network",
            [
                ("bundle", "command"),
                ("podman", "keyword"),
                ("image", "name"),
                ("x", "value"),
                ("network", "keyword"),
            ],
        ),
        (
            "role x deny xpath:/cib",
            [("role", "command"), ("deny", "keyword"), ("xpath", "keyword"), ("/cib", "value")],
        ),
        (
            "clone c x \\\n\tmeta a=b",
            [("clone", "command"), ("meta", "keyword"), ("a", "name"), ("b", "value")],
        ),
        ("primitive a Dummy\ngroup g a", [("primitive", "command"), ("group", "command")]),
    ],
)
def test_parts_have_their_kind(line: str, parts: list[tuple[str, str]]) -> None:
    """Commands, keywords, agents, names and values are told apart; ids are no keywords."""
    assert coloured(line) == parts


@pytest.mark.parametrize("line", [*LINES, "a,b . * ? \x07 «é»", 'x "', "(", "\\"])
def test_no_character_is_an_error_or_lost(line: str) -> None:
    """Typed text comes back whole, and nothing of it is an error."""
    tokens = list(CrmLexer(ensurenl=False, stripnl=False).get_tokens(line))
    assert "".join(text for _, text in tokens) == line
    assert not [text for token, text in tokens if token is Error]


def test_other_programs_find_the_lexer() -> None:
    """Pygments knows the lexer as a plug-in: ``pygmentize -l crm``."""
    (found,) = entry_points(group="pygments.lexers", name="crm")
    assert found.load() is CrmLexer
