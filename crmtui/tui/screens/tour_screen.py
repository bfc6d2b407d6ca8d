"""The tour: five screens over the demo cluster, for new users."""

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
    """The text below the title; ``{action.id}`` stands for the keys of an action."""
    pane: str
    """The pane with the focus meanwhile, so that the text and the screen match."""


STOPS: tuple[Stop, ...] = (
    Stop(
        "How is the cluster?",
        "The top line says where you are (this is a SANDBOX: nothing is real), how the cluster is, and "
        "the worst reason. STALE or BLIND there mean that what you see is old.\n\n"
        "Below are the nodes and the resources. State is always word, glyph and colour. "
        "{list.problems} shows problems only; {pane.timeline} opens the timeline.",
        "nodes",
    ),
    Stop(
        "What is this resource doing there?",
        "Select a resource with the arrows. Enter opens its details: failures, operations, and where "
        "else it could run. {resources.why} explains why it runs there, with proof on a copy.\n\n"
        "{app.actions} lists its actions, each with its key. An action that is not possible now says "
        "why.",
        "resources",
    ),
    Stop(
        "See it before it happens",
        "{node.standby} puts a node into standby. First you see the exact crm line, and its forecast: "
        "what the scheduler would move, stop or promote. Esc cancels.\n\n"
        "The more would be lost, the more it takes to confirm: Enter, y, or typing the name. "
        "{app.undo} undoes a change of the configuration.",
        "nodes",
    ),
    Stop(
        "The command line is crm",
        "{command.focus} goes to the command line, which is the real crm. {command.complete} completes "
        "all of its language, with descriptions. {command.help} explains the word at the cursor. While "
        "you type, the forecast stands above the line.\n\n"
        "{resources.new} makes a new service with a guided form, without typing crm.",
        "command",
    ),
    Stop(
        "Finding the rest",
        "{app.help} shows the keys of the current pane. {app.palette} finds any action, object, crm "
        "command or guide by its name. {app.settings} changes settings, keys and colours. The command "
        "crmtui help has a guide for each task; crmtui doctor checks a node.\n\n"
        "Try anything here: this is a copy. On a cluster node, just run crmtui.",
        "resources",
    ),
)


class TourScreen(ModalScreen[None]):
    """Tour dialog, one stop at a time; a key that goes neither on nor back closes it.

    Args:
        keys: The keys of each action, by its id.
        go: Moves the focus of the screen below to a pane.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space,pagedown", "step(1)", "Next", priority=True),
        Binding("left,pageup,backspace", "step(-1)", "Back", priority=True),
    ]

    def __init__(self, keys: Mapping[str, tuple[str, ...]], go: Callable[[str], None]) -> None:
        super().__init__()
        self._keys = {action: key_names(given[:1]) or "(no key)" for action, given in keys.items()}
        self._go = go
        self.at = 0
        """Number of the current stop, from 0."""

    def compose(self) -> ComposeResult:
        """Lay out title, text and keys of a stop."""
        with Vertical(id="tour"):
            yield Static("", id="tour-title", classes="title", markup=False)
            yield Static("", id="tour-text", markup=False)
            yield Static("", id="tour-keys", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Show the first stop."""
        self._show()

    def _show(self) -> None:
        stop = STOPS[self.at]
        onward = "finish" if self.at + 1 == len(STOPS) else "next"
        title = f"{self.at + 1} of {len(STOPS)}   {stop.title}"
        keys = f"Enter  {onward}      Left  back      any other key  close"
        self._go(stop.pane)
        self.query_one("#tour-title", Static).update(Text(title))
        self.query_one("#tour-text", Static).update(Text(self._filled(stop.text)))
        self.query_one("#tour-keys", Static).update(Text(keys))

    def _filled(self, text: str) -> str:
        for action, key in self._keys.items():
            text = text.replace(f"{{{action}}}", key)
        return text

    def action_step(self, by: int) -> None:
        """Go to the next or the previous stop; the tour ends behind the last."""
        if self.at + by >= len(STOPS):
            self.dismiss(None)
        else:
            self.at = max(0, self.at + by)
            self._show()

    def on_key(self, event: events.Key) -> None:
        """Close the tour on any other key."""
        event.stop()
        self.dismiss(None)
