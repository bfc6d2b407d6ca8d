"""Text in crm's language, painted in the colours of the theme, with mistakes underlined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.lint import LintFinding

PARTS = ("command", "keyword", "name", "agent", "value", "number", "operator", "comment")
"""Parts of a line with a colour of their own (``crmtui.highlight.SpanKind``)."""
COMPONENT_CLASSES = frozenset({f"crm--{part}" for part in (*PARTS, "error", "warning")})
"""Component classes of a widget that paints crm's language."""
_OBJECTS = (
    *("node", "primitive", "rsc_template", "group", "clone", "ms", "bundle", "location"),
    *("colocation", "order", "rsc_ticket", "property", "rsc_defaults", "op_defaults"),
    *("fencing_topology", "tag", "alert", "role", "user", "acl_target", "acl_group"),
)
_SHOWN = re.compile(
    rf"(?:{'|'.join(_OBJECTS)}) \S+.*[^:.]|(?:\t| {{8}})(?:params|meta|op|op_params|op_meta"
    r"|utilization|attributes|operations|rule|network|storage|docker|podman) .*| {8}[\w-]+=\S+ ?\\?"
)
"""Pattern of a configuration's line as crm prints it."""


def crm_text(
    text: str,
    style: Callable[[str], Style],
    findings: Sequence[LintFinding] = (),
    *,
    base: Style | str = "",
) -> Text:
    """Return ``text`` painted.

    Args:
        text: One line of crm's language or several.
        style: Returns the style of one of ``COMPONENT_CLASSES``.
        findings: Mistakes in the text.
        base: Style of parts without a colour of their own.
    """
    # Imported here, because the first picture needs no Pygments.
    from crmtui.highlight import spans

    painted = Text(text, base)
    for span in spans(text):
        painted.stylize(style(f"crm--{span.kind}"), span.start, span.end)
    for finding in sorted(findings, key=lambda found: found.severity == "error"):
        wrong = style(f"crm--{finding.severity}") + Style(underline=True)
        painted.stylize(wrong, finding.start, finding.end)
    return painted


def pieces(text: str, style: Callable[[str], Style]) -> list[tuple[str, Style]]:
    """Return a line in pieces, each with its style, for widgets that paint line by line."""
    from crmtui.highlight import spans

    found: list[tuple[str, Style]] = []
    at = 0
    for span in spans(text):
        if span.start > at:
            found.append((text[at : span.start], style("")))
        found.append((text[span.start : span.end], style(f"crm--{span.kind}")))
        at = span.end
    return [*found, (text[at:], style(""))]


def is_configuration(line: str) -> bool:
    """Return true if a line of output is one of a configuration, as ``configure show`` prints it."""
    return _SHOWN.fullmatch(line) is not None
