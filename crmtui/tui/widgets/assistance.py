"""Assistance around the command line while the user types: menu, usage, long help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.editor.view import EMPTY
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.textual_ext.paint_batch import paint_batch
from crmtui.tui.widgets.long_help import LongHelp
from crmtui.tui.widgets.menu import MENU_LINES, Menu
from crmtui.tui.widgets.usage_line import UsageLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.widget import Widget

    from crmtui.editor.view import LineView
    from crmtui.tui.widgets.command_line import CommandLine

_WIDE = 110
"""Least columns of a screen with room for the long help beside the menu."""
_SHARE = 0.45
_HELP_LINES = 14
_LEAST_LINES = 4
_KEY_LINE = 1


class Assistance:
    """Shows the output of the line engine, each part where there is room for it.

    The long help is beside the menu on a wide screen. Its key opens it on any screen, and closes it
    until the next press.

    Args:
        command: The command line.
        above: Widget right above the command line, which must stay visible.
        keys: Keys of each action, by its id.
    """

    def __init__(
        self,
        command: CommandLine,
        above: Sequence[Widget],
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._command = command
        self._above = tuple(above)
        self._view = EMPTY
        self._is_wanted: bool | None = None
        """True after the key opened the long help, False after it closed it, None before."""
        self.menu = Menu(id="menu")
        self.long_help = LongHelp(id="long-help")
        self.usage = UsageLine(_hint(keys), id="usage")

    def use_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Replace the keys from now on."""
        self.usage.hint_at(_hint(keys))

    def widgets(self) -> Iterator[Widget]:
        """Yield the widgets to place behind the command line."""
        yield from (self.usage, self.menu, self.long_help)

    def start(self) -> None:
        """Make the empty parts invisible.

        Removing a widget from the display changes the order of all others. Textual then paints the
        whole screen: 20 kB each time, over slow links, too.
        """
        self.menu.visible = False
        self.long_help.visible = False

    def show(self, view: LineView) -> None:
        """Show another view of the line, with the help for it."""
        with paint_batch(self._command.screen):
            self._command.repaint()
            self._show(view)

    def _show(self, view: LineView) -> None:
        self._view = view
        self.usage.show(view, self._command.how)
        is_open = self._is_open
        if is_open:
            self.long_help.show(view)
        if view.menu or is_open:
            self._place(is_open=is_open)
        if self.long_help.visible != is_open:
            self.long_help.visible = is_open
        self.menu.show(view, is_telling=not is_open)

    def make_room(self) -> None:
        """Keep clear of the widget above the line, whose height may have changed."""
        if self.menu.visible or self.long_help.visible:
            self._place(is_open=self.long_help.visible)

    @property
    def _is_wide(self) -> bool:
        return self._command.screen.size.width >= _WIDE

    @property
    def _is_open(self) -> bool:
        if self._is_wanted is None:
            return bool(self._view.menu) and self._is_wide
        return self._is_wanted and self._command.has_focus

    def toggle_help(self) -> None:
        """Open the long help, or close it."""
        self._is_wanted = not self._is_open
        self.show(self._view)

    def close_help(self) -> bool:
        """Close the long help if the key opened it; return true if it was open."""
        if not (self._is_wanted and self.long_help.visible):
            return False
        self._is_wanted = None
        self.show(self._view)
        return True

    def leave(self) -> None:
        """Hide the long help, because the line lost the focus."""
        if self.long_help.visible:
            self.long_help.visible = False

    def scroll_help(self, pages: int) -> bool:
        """Scroll the long help; return true if it is open."""
        if not self.long_help.visible:
            return False
        if pages < 0:
            self.long_help.scroll_page_up(animate=False)
        else:
            self.long_help.scroll_page_down(animate=False)
        return True

    def _place(self, *, is_open: bool) -> None:
        """Put menu and long help side by side above the line, or the help above the menu."""
        screen = self._command.screen.size
        shown = [each.size.height for each in self._above if each.display]
        below = self._command.size.height + self.usage.size.height + _KEY_LINE + sum(shown)
        beside = int(screen.width * _SHARE) if is_open and self._is_wide else 0
        self.menu.styles.margin = (0, beside, below, 0)
        if not is_open:
            return
        above = below if self._is_wide or not self._view.menu else below + MENU_LINES
        self.long_help.styles.width = beside or screen.width
        self.long_help.styles.margin = (0, 0, above, screen.width - beside if beside else 0)
        lines = _HELP_LINES if self._is_wide else screen.height - above - 1
        self.long_help.styles.height = max(_LEAST_LINES, min(lines, screen.height - above - 1))


def _hint(keys: Mapping[str, tuple[str, ...]]) -> str:
    """Return the hint about the keys that help to type; actions without a key are left out."""
    complete, explain = (key_names(keys[f"command.{name}"]) for name in ("complete", "help"))
    words = (f"{complete} shows what can be typed", f"{explain} explains it")
    said = [each for key, each in zip((complete, explain), words, strict=True) if key]
    return f"{', '.join(said)}." if said else ""
