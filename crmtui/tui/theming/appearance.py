"""Appearance of the screen: theme, frame of the cluster, and permission to move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.color import Color, ColorParseError

from crmtui.settings import ClusterLook
from crmtui.tui.theming import themes
from crmtui.tui.theming.contrast import readable, text_on

if TYPE_CHECKING:
    from textual.app import App

    from crmtui.settings import Settings

_FRAME_CONTRAST = 3.0
"""Contrast of lines that WCAG 2.2 asks for (success criterion 1.4.11)."""

_GROUNDS = (
    *("primary", "secondary", "accent", "success", "warning", "error"),
    *("surface-lighten-2",),
)
"""Backgrounds of badges and of the selection; ``on-…`` is the colour of text on each."""


class Appearance:
    """Appearance of one app; it exists before the app, which asks it for colours at the start.

    Args:
        settings: Settings of the user.
        has_few_colours: True if the terminal has only sixteen colours.
    """

    def __init__(self, settings: Settings, *, has_few_colours: bool = False) -> None:
        self._app: App[Any] | None = None
        self._settings = settings
        self._has_few_colours = has_few_colours
        self.cluster = ClusterLook()
        """Frame and label of the present cluster."""
        self._trouble: list[str] = []

    def begin(self, app: App[Any]) -> None:
        """Give ``app`` its theme."""
        self._app = app
        themes.register(app)
        self.use(self._settings)

    @property
    def is_still(self) -> bool:
        """True if nothing may move or blink by itself."""
        return self._settings.is_still

    def take_trouble(self) -> list[str]:
        """Return sentences about unusable settings, once."""
        told, self._trouble = self._trouble, []
        return told

    def use(self, settings: Settings) -> None:
        """Apply the theme and the motion of ``settings``."""
        assert self._app is not None
        self._settings = settings
        self._app.theme = themes.SIXTEEN if self._has_few_colours else settings.theme
        self._app.animation_level = "none" if settings.is_still else "full"

    def see(self, *names: str) -> None:
        """Apply the look set for the cluster with one of these names."""
        look = self._settings.look_of(*names)
        if look != self.cluster:
            self.cluster = look
            if look.color and self._colour() is None:
                called = next((name for name in names if name), "")
                self._trouble.append(
                    f"There is no colour {look.color} for the cluster {called}: a name, or #rrggbb."
                )
            assert self._app is not None
            self._app.refresh_css(animate=False)

    def _colour(self) -> Color | None:
        try:
            return Color.parse(self.cluster.color) if self.cluster.color else None
        except ColorParseError:
            return None

    def variables(self, known: dict[str, str]) -> dict[str, str]:
        """Return the theme's variables ``known`` with those of the cluster's look."""
        colour = self._colour()
        if colour is None:
            colour = Color.parse(known["primary"])
            frame = known.get("frame", known["surface"])  # before our theme is set
        else:
            frame = readable(colour, Color.parse(known["background"]), _FRAME_CONTRAST).hex
        own = {"frame": frame, "cluster": colour.hex}
        grounds = {name: known[name] for name in _GROUNDS} | {"cluster": colour.hex}
        for name, ground in grounds.items():
            own[f"on-{name}"] = text_on(Color.parse(ground)).hex
        return {**known, **own}
