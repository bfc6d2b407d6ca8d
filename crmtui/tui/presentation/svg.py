"""SVG pictures for mail and browsers, without references to the web."""

from __future__ import annotations

import re

_FONT_FACES = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_MATRIX_FONT = "font-family: Fira Code, monospace"
_OUR_FONT = (
    "font-family: 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', 'Courier New', monospace"
)
"""Fonts of which each system has one; the picture itself gives the width of each text
(``textLength``).
"""
_GENERATOR = re.compile(r"<!-- Generated with Rich [^>]*-->")


def self_contained(svg: str, made_by: str) -> str:
    """Return a picture of Rich's with fonts of the system in place of fonts from the web.

    Args:
        svg: Picture as exported by Textual.
        made_by: Name of the program, for readers of the file.
    """
    svg = _FONT_FACES.sub("", svg).replace(_MATRIX_FONT, _OUR_FONT)
    svg = svg.replace("font-family: arial", "font-family: sans-serif")
    svg = _GENERATOR.sub(f"<!-- made by: {made_by} -->", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"
