"""Highlighting of crm's language: a Pygments lexer, which other programs can use as ``crm``."""

from __future__ import annotations

from crmtui.highlight.lexer import CrmLexer
from crmtui.highlight.spans import Span, SpanKind, spans

__all__ = ["CrmLexer", "Span", "SpanKind", "spans"]
