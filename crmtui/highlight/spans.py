"""Spans of a line by kind, for painting; a theme has a colour for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pygments.token import Comment, Keyword, Name, Number, Operator, String

from crmtui.highlight.lexer import CrmLexer

if TYPE_CHECKING:
    from pygments.token import _TokenType

SpanKind = Literal["command", "keyword", "name", "agent", "value", "number", "operator", "comment"]
"""``name`` is that of a parameter or an option; ``agent`` also stands for a template."""

_KINDS: tuple[tuple[_TokenType, SpanKind], ...] = (
    (Keyword.Constant, "operator"),
    (Keyword.Declaration, "command"),
    (Keyword.Namespace, "command"),
    (Keyword.Type, "keyword"),
    (Keyword, "keyword"),
    (Name.Attribute, "name"),
    (Name.Tag, "name"),
    (Name.Builtin, "operator"),
    (Name.Class, "agent"),
    (Name.Namespace, "agent"),
    (Number, "number"),
    (Operator, "operator"),
    (String, "value"),
    (Comment, "comment"),
)
_LEXER = CrmLexer(ensurenl=False, stripnl=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a line, with its kind."""

    start: int
    end: int
    kind: SpanKind


def _is_a(token: _TokenType, parent: _TokenType) -> bool:
    return token[: len(parent)] == parent


@lru_cache(maxsize=256)
def spans(text: str) -> tuple[Span, ...]:
    """Return the parts of one line or several that have a kind, from left to right."""
    found: list[Span] = []
    for start, token, value in _LEXER.get_tokens_unprocessed(text):
        kind = next((kind for parent, kind in _KINDS if _is_a(token, parent)), None)
        if kind is not None and value:
            found.append(Span(start, start + len(value), kind))
    return tuple(found)
