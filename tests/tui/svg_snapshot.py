"""SVG snapshots of single widgets: what one looks like, in a file that is compared to the byte.

``CRMTUI_SNAPSHOTS=update`` in the environment writes the files anew. What could differ between two runs
is pinned or taken out: the size, the clock, the zone, fonts that would be fetched, and Rich's ids.
"""

from __future__ import annotations

import difflib
import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from textual.app import App

from crmtui.settings import Settings
from crmtui.tui import app as crmtui_app
from crmtui.tui.presentation.key_names import key_name
from crmtui.tui.presentation.svg import self_contained
from crmtui.tui.theming.appearance import Appearance
from crmtui.tui.theming.ascii import AsciiFilter
from crmtui.tui.theming.monochrome import Monochrome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.filter import LineFilter
    from textual.widget import Widget

FOLDER: Final = Path(__file__).parent / "__snapshots__"
VERSIONS: Final = FOLDER / "versions.txt"
"""Versions of the libraries that the snapshots were made with."""
_LIBRARIES = ("textual", "rich")
_IDS = re.compile(r"terminal-\d+")
_CLIPS = re.compile(r"<clipPath id=\"terminal-line-.*?</clipPath>\n?", re.DOTALL)
_CLIPPED = re.compile(r" clip-path=\"url\(#terminal-line-\d+\)\"")
"""Clips of single lines, which are half of a picture and cut nothing off."""
_DIFFERENT_LINES = 20


class Stage(App[None]):
    """App around one widget, in crmtui's style sheet and theme; nothing moves.

    Args:
        widget: The widget; it may have the focus.
        theme: One of ``crmtui.settings.THEMES``.
        is_plain: Whether it is painted in ASCII and without colours.
    """

    CSS_PATH = str(Path(crmtui_app.__file__).with_name("crmtui.tcss"))
    CSS = "Screen { layers: base menu notice; background: $background; overflow: hidden; }"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(self, *widgets: Widget, theme: str = "dark", is_plain: bool = False) -> None:
        self._appearance = Appearance(Settings(theme=theme, motion="reduced"))
        super().__init__()
        self._appearance.begin(self)
        self._widgets = widgets
        self._paints: list[LineFilter] = [Monochrome(), AsciiFilter()] if is_plain else []
        self.set_class(is_plain, "-ascii")

    def compose(self) -> ComposeResult:
        """Show the widgets, and nothing else."""
        yield from self._widgets

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what crmtui paints through on a terminal like that."""
        return [*super().get_line_filters(), *self._paints]

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours as crmtui does."""
        return self._appearance.variables(super().get_css_variables())

    def get_key_display(self, binding: Binding) -> str:
        """Write keys as crmtui does."""
        return key_name(binding.key)


def installed() -> str:
    """Return the versions that decide what a snapshot looks like."""
    return "".join(f"{name} {version(name)}\n" for name in _LIBRARIES)


def picture(app: App[Any]) -> str:
    """Return what is on the screen of ``app``, the same on each machine."""
    svg = self_contained(app.export_screenshot(title=""), "tests/tui/svg_snapshot.py")
    return _CLIPPED.sub("", _CLIPS.sub("", _IDS.sub("terminal", svg)))


def check(name: str, svg: str, environment: Mapping[str, str] = os.environ) -> None:
    """Compare a picture with the snapshot of that name, or write it where that is asked for."""
    path = FOLDER / f"{name}.svg"
    if environment.get("CRMTUI_SNAPSHOTS") == "update":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(svg, "utf-8")
        VERSIONS.write_text(installed(), "utf-8")
        return
    known = VERSIONS.read_text("utf-8")
    if installed() != known:
        why = f"made with {' and '.join(known.splitlines())}, which are not installed here"
        # Skipped tests are green: CI would compare no picture any more, and nobody would hear of it.
        if environment.get("CI"):
            pytest.fail(f"{why}: install the extra dev, or update the snapshots")
        pytest.skip(why)
    expected = path.read_text("utf-8") if path.exists() else ""
    if svg != expected:
        pytest.fail(f"{path} is not what the widget looks like now:\n{_difference(expected, svg)}")


def _difference(expected: str, svg: str) -> str:
    """Return the first lines that differ, as a person reads them."""
    old, new = ([*map(_words, text.splitlines())] for text in (expected, svg))
    lines = list(difflib.unified_diff(old, new, "snapshot", "now", lineterm="", n=0))
    hint = (
        "If it ought to look so: CRMTUI_SNAPSHOTS=update pytest tests/tui/test_widget_snapshots.py"
    )
    return "\n".join([*lines[:_DIFFERENT_LINES], hint])


def _words(line: str) -> str:
    return line.replace("&#160;", " ")
