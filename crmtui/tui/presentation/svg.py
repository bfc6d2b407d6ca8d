"""Pictures that can be mailed and opened anywhere: they fetch nothing."""

from __future__ import annotations

import re

_FONT_FACES = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_MATRIX_FONT = "font-family: Fira Code, monospace"
_OUR_FONT = (
    "font-family: 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', 'Courier New', monospace"
)
"""Each system has one of them; how wide a piece of text is, it says itself (``textLength``)."""
_GENERATOR = re.compile(r"<!-- Generated with Rich [^>]*-->")


def self_contained(svg: str, made_by: str) -> str:
    """Return a picture of Rich's without the fonts that it would fetch, in fonts that systems have.

    Args:
        svg: The picture, as Textual exports it.
        made_by: The program that made it, for whoever reads the file.
    """
    svg = _FONT_FACES.sub("", svg).replace(_MATRIX_FONT, _OUR_FONT)
    svg = svg.replace("font-family: arial", "font-family: sans-serif")
    svg = _GENERATOR.sub(f"<!-- made by: {made_by} -->", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"
