"""The tour: five screens beside the demo cluster, for who sees all this for the first time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.tui.presentation.key_names import key_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Stop:
    """One screen of the tour."""

    title: str
    text: str
    """``{action.id}`` stands for the keys of an action."""
    pane: str
    """Where the focus is meanwhile, so that it is seen what is spoken of."""


STOPS: tuple[Stop, ...] = (
    Stop(
        "How is the cluster?",
        "The top line says where you are (this is a SANDBOX: nothing is real), how the cluster is, and "
        "the worst reason. STALE or BLIND there mean that what you see is old.\n\n"
        "Below are the nodes and the resources. State is always word, glyph and colour. "
        "{list.problems} leaves only what is wrong; {pane.timeline} is what happened so far.",
        "nodes",
    ),
    Stop(
        "What is this resource doing there?",
        "Select one with the arrows. Enter opens all that is known of it: why it runs where it runs, "
        "its failures, where else it could run. {resources.why} says why, and proves it on a copy.\n\n"
        "{app.actions} lists what can be done to it, with the key of each, and why something cannot be "
        "done now.",
        "resources",
    ),
    Stop(
        "Nothing happens unseen",
        "On a node, {node.standby} puts it into standby. First you see the exact crm line, and what the "
        "scheduler says would move, stop or be promoted where. Esc leaves it at that.\n\n"
        "The more would be lost, the more it takes to confirm: Enter, y, or typing the name. And "
        "{app.undo} takes a change of the configuration back.",
        "nodes",
    ),
    Stop(
        "It is crm",
        "{command.focus} goes to the command line, which is the real crm. {command.complete} completes "
        "its whole language with descriptions, {command.help} explains, and while you type the line "
        "above says what it would do.\n\n"
        "{resources.new} makes a new service with a guided form, if you would rather not type.",
        "command",
    ),
    Stop(
        "Finding the rest",
        "{app.help} shows the keys of the pane that you are in, {app.palette} finds any action, object, "
        "crm command or guide by its name, {app.settings} changes keys and colours. crmtui help has a "
        "guide for each task, crmtui doctor says what is missing on a node.\n\n"
        "Try anything here: it is a copy. On a cluster node, just run crmtui.",
        "resources",
    ),
)


class TourScreen(ModalScreen[None]):
    """Shows one stop after the other; any key that does not go on or back leaves.

    Args:
        keys: The keys of each action, by its id.
        go: Moves the focus of the screen below to a pane.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space,pagedown", "step(1)", "On", priority=True),
        Binding("left,pageup,backspace", "step(-1)", "Back", priority=True),
    ]

    def __init__(self, keys: Mapping[str, tuple[str, ...]], go: Callable[[str], None]) -> None:
        super().__init__()
        self._keys = {action: key_names(given[:1]) or "(no key)" for action, given in keys.items()}
        self._go = go
        self.at = 0
        """Which stop is shown."""

    def compose(self) -> ComposeResult:
        """Lay out one stop below the screen that it is about."""
        with Vertical(id="tour"):
            yield Static("", id="tour-title", classes="title", markup=False)
            yield Static("", id="tour-text", markup=False)
            yield Static("", id="tour-keys", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    def _show(self) -> None:
        stop = STOPS[self.at]
        onward = "end" if self.at + 1 == len(STOPS) else "go on"
        title = f"{self.at + 1} of {len(STOPS)}   {stop.title}"
        keys = f"Enter  {onward}      Left  back      any other key  leave"
        self._go(stop.pane)
        self.query_one("#tour-title", Static).update(Text(title))
        self.query_one("#tour-text", Static).update(Text(self._filled(stop.text)))
        self.query_one("#tour-keys", Static).update(Text(keys))

    def _filled(self, text: str) -> str:
        for action, key in self._keys.items():
            text = text.replace(f"{{{action}}}", key)
        return text

    def action_step(self, by: int) -> None:
        """Go to the next stop, or back; behind the last the tour ends."""
        if self.at + by >= len(STOPS):
            self.dismiss(None)
        else:
            self.at = max(0, self.at + by)
            self._show()

    def on_key(self, event: events.Key) -> None:
        """Leave on any other key."""
        event.stop()
        self.dismiss(None)
