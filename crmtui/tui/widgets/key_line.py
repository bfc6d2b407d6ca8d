"""Key line, the last one: the keys that work in the focused pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from crmtui.tui.textual_ext.bindings import UNBOUND

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen


class KeyLine(Widget):
    """Paints the shown bindings of the screen; a click on one presses its key.

    Textual's Footer makes a widget of each key, anew with each move of the focus: half of all
    widgets of the screen, for one line of text.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--label", "key-line--off"}

    def __init__(self) -> None:
        super().__init__()
        self._ends: list[tuple[int, str]] = []

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        """Paint the line; keys without room are left out from the right."""
        line = Text(no_wrap=True, overflow="ellipsis")
        shown: dict[str, tuple[Binding, bool]] = {}
        for _, binding, is_enabled, _ in self.screen.active_bindings.values():
            if binding.show and not binding.key.startswith(
                UNBOUND
            ):  # the first of several keys for the same action
                shown.setdefault(binding.action, (binding, is_enabled))
        self._ends = []
        for binding, is_enabled in shown.values():
            key = self._style("key" if is_enabled else "off")
            label = self._style("label" if is_enabled else "off")
            line.append(f" {self.app.get_key_display(binding)} ", key)
            line.append(f"{binding.description} ", label)
            self._ends.append((line.cell_len, binding.key))
        return line

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that was clicked."""
        key = next((key for end, key in self._ends if event.x < end), None)
        if key is not None:
            self.app.simulate_key(key)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"key-line--{part}", partial=True)
