"""What stands around the command line while a command is typed: menu, usage, long help."""

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
"""Columns from which on the long help has room beside the menu."""
_SHARE = 0.45
_HELP_LINES = 14
_LEAST_LINES = 4
_KEY_LINE = 1


class Assistance:
    """Shows what the line engine has to say, each part where there is room for it.

    The long help is beside the menu where the screen is wide. The key for it opens it anywhere, and
    closes it for good until it is pressed again.

    Args:
        command: The line that is typed in.
        above: What stands right above that line, and is not to be covered.
        keys: Which keys do what.
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
        """Whether the long help was asked for, or closed; None until the key is pressed."""
        self.menu = Menu(id="menu")
        self.long_help = LongHelp(id="long-help")
        self.usage = UsageLine(_hint(keys), id="usage")

    def use_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Speak of other keys from now on."""
        self.usage.hint_at(_hint(keys))

    def widgets(self) -> Iterator[Widget]:
        """Yield what is shown, behind the command line."""
        yield from (self.usage, self.menu, self.long_help)

    def start(self) -> None:
        """Hide what there is nothing to show in yet.

        What is not displayed at all changes the order of all other widgets when it comes or goes, and
        then Textual paints the whole screen: 20 kB each time, over slow links, too.
        """
        self.menu.visible = False
        self.long_help.visible = False

    def show(self, view: LineView) -> None:
        """Show another view of the line, and what there is to say about it."""
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
        """Keep away from what stands above the line, which may take more lines now, or fewer."""
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
        """Close the long help where it was asked for; say whether it was open."""
        if not (self._is_wanted and self.long_help.visible):
            return False
        self._is_wanted = None
        self.show(self._view)
        return True

    def leave(self) -> None:
        """Hide the long help: the focus left the line."""
        if self.long_help.visible:
            self.long_help.visible = False

    def scroll_help(self, pages: int) -> bool:
        """Scroll the long help; say whether it is open."""
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
    """Say which keys help to type; nothing of one that has no key."""
    complete, explain = (key_names(keys[f"command.{name}"]) for name in ("complete", "help"))
    words = (f"{complete} shows what can be typed", f"{explain} explains it")
    said = [each for key, each in zip((complete, explain), words, strict=True) if key]
    return f"{', '.join(said)}." if said else ""
