"""App as the palette needs it, so that the palette need not import the app, which imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.cluster.model import Cluster
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.screens.preferences_protocol import Preferences


class PaletteCrm(Protocol):
    """Link to crm, for the level at which typed lines run."""

    @property
    def dispatcher(self) -> CommandDispatcher:
        """The dispatcher of lines."""


class PaletteApp(Protocol):
    """App whose actions, objects and settings the palette offers."""

    @property
    def main(self) -> MainScreen:
        """The main screen."""

    @property
    def cluster(self) -> Cluster | None:
        """The cluster in the last snapshot; None before the first."""

    @property
    def crm_link(self) -> PaletteCrm | None:
        """Link to crm; None until the first snapshot."""

    @property
    def preferences(self) -> Preferences:
        """Settings and keymap."""

    async def run_action(self, action: str, default_namespace: DOMNode | None = None) -> bool:
        """Run a key's action on a widget; return True if it has that action."""

    def show_guide(self, topic: str) -> None:
        """Open the guide on ``topic``."""

    def show_tour(self) -> None:
        """Start the tour."""
