"""Themes of the screen and their colours.

Each colour of a text is given, not mixed, and a test holds it against every background that it
stands on. Colour alone never tells a state, so any of them, and none, will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DEFAULT: Final = "dark"
SIXTEEN: Final = "sixteen"
"""Theme for a terminal with sixteen colours, whatever the user chose: other colours would be
guesses.
"""


def _theme(
    name: str, *, is_dark: bool = True, frame: str, muted: str, texts: str, **rest: str
) -> Theme:
    """Return a theme.

    Args:
        name: Name of the theme.
        is_dark: True for a dark background.
        frame: Colour of the lines around panes.
        muted: Colour of titles and asides.
        texts: Colours of success, warning, error, accent, primary and secondary.
        rest: Colours of Textual's own; of a shade with ``_`` for ``-``.
    """
    names = ("success", "warning", "error", "accent", "primary", "secondary")
    written = dict(zip((f"text-{each}" for each in names), texts.split(), strict=True))
    accent = written["text-accent"]
    variables = {
        **written,
        "frame": frame,
        "text": "auto 100%",
        "text-muted": muted,
        "text-disabled": muted,
        "footer-key-foreground": accent,
        "block-cursor-foreground": "auto 100%",
        "input-selection-foreground": rest["foreground"],
        "link-color": accent,
        "markdown-h1-color": accent,
        "markdown-h2-color": accent,
        "markdown-h3-color": accent,
        **{key.replace("_", "-"): value for key, value in rest.items() if "_" in key},
    }
    own = {key: value for key, value in rest.items() if "_" not in key}
    return Theme(name, dark=is_dark, variables=variables, **own)  # type: ignore[arg-type]


THEMES: Final = (
    _theme(
        "dark",
        background="#121212", surface="#1e1e1e", panel="#24292e", foreground="#e0e0e0",
        primary="#1565c0", secondary="#3949ab", accent="#8e44ad",
        success="#4ebf71", warning="#f2b632", error="#c62828",
        surface_lighten_1="#2b2b2b", surface_lighten_2="#3a3a3a",
        frame="#5c6670", muted="#a8adb3",
        texts="#74d48f #f2c14e #ff8a80 #6fd3e8 #90bfff #c5b3ff",
    ),
    _theme(
        "light", is_dark=False,
        background="#ffffff", surface="#f3f4f6", panel="#e6e9ed", foreground="#1b1f24",
        primary="#0b5cad", secondary="#4527a0", accent="#7b1fa2",
        success="#1a7f37", warning="#f2b632", error="#b3121d",
        surface_lighten_1="#e3e6ea", surface_lighten_2="#d3d8de",
        frame="#7b8590", muted="#505860",
        texts="#0f6128 #734600 #b3121d #075985 #0a48a5 #5b2ea6",
    ),
    _theme(
        "high-contrast",
        background="#000000", surface="#000000", panel="#141414", foreground="#ffffff",
        primary="#ffe900", secondary="#ffffff", accent="#7de8ff",
        success="#5cff8f", warning="#ffe45c", error="#ff9c9c",
        surface_lighten_1="#1f1f1f", surface_lighten_2="#2b2b2b",
        frame="#ffffff", muted="#dddddd",
        texts="#5cff8f #ffe45c #ff9c9c #7de8ff #b5d0ff #e2c4ff",
    ),
    _theme(
        "colour-blind",
        background="#121212", surface="#1e1e1e", panel="#24292e", foreground="#e8e8e8",
        primary="#1565c0", secondary="#3949ab", accent="#e8702a",
        success="#56b4e9", warning="#f0e442", error="#e8702a",
        surface_lighten_1="#2b2b2b", surface_lighten_2="#3a3a3a",
        frame="#5c6670", muted="#a8adb3",
        texts="#56b4e9 #f0e442 #ff8f4d #ffffff #9ccbf0 #e3a0c8",
    ),
    _theme(
        SIXTEEN,
        background="#000000", surface="#000000", panel="#000000", foreground="#ffffff",
        primary="#0000aa", secondary="#aa00aa", accent="#55ffff",
        success="#00aa00", warning="#ffff55", error="#aa0000",
        surface_lighten_1="#000000", surface_lighten_2="#555555",
        frame="#aaaaaa", muted="#aaaaaa",
        texts="#55ff55 #ffff55 #ff5555 #55ffff #55ffff #ff55ff",
    ),
)  # fmt: skip
"""All themes. The colours of ``colour-blind`` are Okabe and Ito's: blue for good, yellow, vermilion."""

NAMES: Final = tuple(theme.name for theme in THEMES)


def register(app: App[Any]) -> None:
    """Register the themes with ``app``."""
    for theme in THEMES:
        app.register_theme(theme)
