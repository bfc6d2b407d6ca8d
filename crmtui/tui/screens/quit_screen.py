"""The quit dialog: commit, discard or keep uncommitted changes, or cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.tui.presentation.key_names import hints
from crmtui.tui.textual_ext.bindings import bindings_of, closing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

QuitChoice = Literal["commit", "discard", "keep", "stay"]


class QuitScreen(ModalScreen[QuitChoice]):
    """Quit dialog with four answers: commit, discard, keep for the next start, cancel.

    Escape and Enter cancel. A letter means the same whether crm runs a command or not.

    Args:
        staged: The uncommitted lines.
        changed: The number of objects that the lines change; None where unknown.
        is_running: True while crm runs a command. Quitting cuts the command off, and a commit is
            not possible.
        keys: The keys of each action, by its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("choose('stay')", also="enter"),
        *bindings_of(
            "leaving",
            {
                f"leaving.{each}": f"choose('{each}')"
                for each in ("commit", "discard", "keep", "stay")
            },
        ),
    ]

    def __init__(
        self,
        staged: Sequence[str],
        changed: int | None,
        *,
        is_running: bool,
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        super().__init__()
        self._keys = keys
        self._staged, self._changed = tuple(staged), changed
        self._is_running = is_running

    def compose(self) -> ComposeResult:
        """Lay out the uncommitted lines above the keys."""
        with Vertical(id="dialog"):
            yield Static(Text("\n".join(self._sentences())), classes="title")
            if self._staged:
                lines = Text("\n".join(self._staged), no_wrap=True, overflow="ellipsis")
                yield Static(lines, classes="line")
            yield Static(Text(hints(self._keys, *self._told(), gap=4)), classes="keys")

    def _sentences(self) -> list[str]:
        sentences = ["crm still runs a command; quitting cuts it off."] if self._is_running else []
        if self._staged:
            is_one = self._changed == 1
            kept = f"{'It is' if is_one else 'They are'} offered at the next start if kept."
            changes = "1 change is" if is_one else f"{self._changed or 'These'} changes are"
            sentences.append(f"{changes} not committed. {kept}")
        return sentences

    def _told(self) -> list[tuple[str, str]]:
        if not self._staged:
            return [("leaving.keep", "quit"), ("", "Esc  cancel")]
        commit = [] if self._is_running else [("leaving.commit", "commit")]
        return [
            *commit,
            ("leaving.keep", "keep"),
            ("leaving.discard", "discard"),
            ("", "Esc  cancel"),
        ]

    def action_choose(self, choice: QuitChoice) -> None:
        """Close the dialog with the choice."""
        if choice != "commit" or not self._is_running:
            self.dismiss(choice)
