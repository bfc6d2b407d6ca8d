"""Contrast of one colour on another, as WCAG 2.2 measures it."""

from __future__ import annotations

from textual.color import Color

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_STEPS = 20


def luminance(color: Color) -> float:
    """Return the relative luminance of ``color`` (WCAG 2.2, "relative luminance")."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two opaque colours: 1 for none, 21 for black on white.

    Text needs 4.5, or 7 for high contrast; other signs need 3 (WCAG 2.2, success criteria 1.4.3,
    1.4.6 and 1.4.11).
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(background: Color) -> Color:
    """Return black or white, whichever reads better on ``background``."""
    return max(_BLACK, _WHITE, key=lambda color: contrast(color, background))


def readable(color: Color, background: Color, least: float) -> Color:
    """Return ``color``, shifted towards black or white just enough to reach the contrast ``least``."""
    end = text_on(background)
    steps = (color.blend(end, step / _STEPS) for step in range(_STEPS + 1))
    return next((each for each in steps if contrast(each, background) >= least), end)
