"""Pygments lexer for crm's lines and configurations.

Pygments' own ``CrmshLexer`` knows the objects of a configuration of 2015. This one adds bundles, alerts
and other newer objects, the commands of every level, agents, roles, kinds of order, patterns and
quotations. No character is an error to it. Keywords count only where crm reads them as such: a
resource may well be called ``network``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, cast

from pygments.lexer import bygroups, default, include, words
from pygments.lexers.dsls import CrmshLexer
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
)

from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_END = r"(?![^\s\\()\[\]{}])"
"""Lookahead for the end of a whole word."""
_AGENTS = command_table.spellings(
    "configure", "primitive", "rsc_template", "node", "bundle", "alert", "monitor"
)
_SETS = ("property", "rsc_defaults", "op_defaults")
_MEMBERS = ("group", "tag")
_HOLDERS = command_table.spellings("configure", "clone", "ms")
_CONSTRAINTS = command_table.spellings("configure", "colocation", "order", "rsc_ticket")
_RIGHTS = ("role", "user", "acl_target", "acl_group", "xml", "fencing_topology")
_SECTIONS = (
    *("params", "meta", "operations", "op", "op_params", "op_meta", "utilization", "attributes"),
    *("rule", "network", "port-mapping", "storage", "storage-mapping", "docker", "podman", "rkt"),
    *("primitive", "select", "to"),
)
_LEVELS = tuple(name for name in command_table.levels() if name != command_table.ROOT)
_VERBS = tuple(
    dict.fromkeys(
        name
        for level in command_table.levels()
        for row in command_table.rows(level)
        if not row.is_level
        for name in (row.name, *row.aliases)
    )
)
_BOTH = ("node", "resource")
"""Levels with the same names as objects."""
_SCORE = r"[+-]?(?:\d+|inf|infinity)"
_ROLE = r"(?:Promoted|Unpromoted|Master|Slave|Started|Stopped|start|promote|demote|stop)"
_CLASS = r"(?:ocf|lsb|systemd|service|stonith|upstart|nagios)"

_FILTERS = (
    *("xpath", "ref", "reference", "type", "tag", "attr", "attribute", "related", "obscure"),
    *("role", "pattern"),
)


_groups = cast("Callable[..., object]", bygroups)
_default = cast("Callable[[str], object]", default)


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


class CrmLexer(CrmshLexer):
    """Lexer of the lines that ``crm`` reads, typed or in a configuration that it shows."""

    name = "crm"
    aliases: ClassVar[list[str]] = ["crm"]
    filenames: ClassVar[list[str]] = ["*.crm", "*.crmsh", "*.pcmk"]
    mimetypes: ClassVar[list[str]] = []
    priority = 0.1  # low, so that another lexer that claims a file is asked first
    flags = re.RegexFlag(0)

    tokens: ClassVar[dict[str, list[object]]] = {
        "root": [
            (r"\s+", Whitespace),
            (r"#.*", Comment.Single),
            *(
                (
                    rf"({level})(\s+)({_any(row.name for row in command_table.rows(level))}){_END}",
                    _groups(Keyword.Namespace, Whitespace, Keyword),
                    "line",
                )
                for level in _BOTH
            ),
            (words(_SETS, suffix=_END), Keyword.Declaration, "line"),
            (words(_RIGHTS, suffix=_END), Keyword.Declaration, ("line", "id")),
            (words(_AGENTS, suffix=_END), Keyword.Declaration, ("line", "id")),
            (words(_HOLDERS, suffix=_END), Keyword.Declaration, ("line", "id", "id")),
            (words(("location",), suffix=_END), Keyword.Declaration, ("line", "id", "id")),
            (words(_MEMBERS, suffix=_END), Keyword.Declaration, ("members", "id")),
            (words(_CONSTRAINTS, suffix=_END), Keyword.Declaration, ("constraint", "id")),
            (words(_LEVELS, suffix=_END), Keyword.Namespace),
            (words(_VERBS, suffix=_END), Keyword, "line"),
            _default("line"),
        ],
        # The id in a declaration is no keyword, whatever its text.
        "id": [
            (r"[ \t]+", Whitespace),
            (r"(\$?id)(=)", _groups(Name.Attribute, Punctuation)),
            (r"[\w.-]+(?=[\s:]|$)", Name.Variable, "#pop"),
            _default("#pop"),
        ],
        "line": [include("common"), (words(_SECTIONS, suffix=_END), Keyword), include("words")],
        "members": [
            include("common"),
            (words(("params", "meta"), suffix=_END), Keyword, ("#pop", "line")),
            include("words"),
        ],
        "constraint": [include("common"), include("words")],
        "common": [
            (r"\\[ \t]*\n", Punctuation),
            (r"\n", Whitespace, "#pop"),
            (r"\s+", Whitespace),
            (
                r"((?:\$[\w-]+|[\w#$.@-]+(?::[\w#$.-]+)?))(=)",
                _groups(Name.Attribute, Punctuation),
                "value",
            ),
            include("rules"),
            (
                rf"({_CLASS})(:)(?:([\w.-]+)(:))?([\w.@/-]+)",
                _groups(Name.Namespace, Punctuation, Name.Namespace, Punctuation, Name.Class),
            ),
            (r"@[\w.-]+", Name.Class),
        ],
        "words": [
            (words(("read", "write", "deny"), suffix=_END), Keyword),
            (
                rf"({_any(_FILTERS)})(:)(\S*)",
                _groups(Keyword.Type, Punctuation, String.Other),
            ),
            (r"/[^/\s]+/", String.Regex),
            (
                rf"([\w.-]+)(:)({_ROLE}){_END}",
                _groups(Name.Variable, Punctuation, Keyword.Constant),
            ),
            (r"--?[A-Za-z][\w-]*", Name.Tag),
            (r"[\[\](){},:\\]", Punctuation),
            (r'"(?:\\.|[^"\\])*(?:"|\Z)', String.Double),
            (r"'[^']*(?:'|\Z)", String.Single),
            (r"\d+(?:ms|s|m|min|h|d)?" + _END, Number.Integer),
            (r"[^\s\\\[\](){},:\"']+", Name.Variable),
        ],
        "rules": [
            (rf"(?i:{_SCORE}|advisory|mandatory|optional|serialize):{_END}", Number),
            (r"#[a-z_-]+" + _END, Name.Builtin),
            (
                r"(?:(?:string|integer|number|version):)?(?:lt|gt|lte|gte|eq|ne)" + _END,
                Operator.Word,
            ),
            (words(("and", "or", "defined", "not_defined"), suffix=_END), Operator.Word),
            (words(("date", "in_range", "date_spec", "spec", "in"), suffix=_END), Operator.Word),
        ],
        "value": [
            (r'"(?:\\.|[^"\\])*(?:"|\Z)', String.Double, "#pop"),
            (r"'[^']*(?:'|\Z)", String.Single, "#pop"),
            (r"[^\s\\\"'()\[\]{}]+", String, "#pop"),
            _default("#pop"),
        ],
    }
