"""Settings and their specifications, with defaults and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


THEMES = ("dark", "light", "high-contrast", "colour-blind", "sixteen")
"""Names of ``crmtui.tui.theming.themes``; the last is for terminals with no more than 16 colours."""


@dataclass(frozen=True, slots=True)
class ClusterLook:
    """Look of one cluster, to tell it from others: a table ``[cluster.NAME]``."""

    label: str = ""
    """The name on the screen, in place of the cluster's own."""
    color: str = ""
    """The colour of the frame around the screen."""


def _setting(default: object, text: str, *choices: str) -> Any:
    return field(default=default, metadata={"text": text, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the user; every field has a default."""

    keymap: str = _setting("default", "Keymap, shipped or your own")
    editing: str = _setting("keymap", "Editing keys of the command line", "keymap", "emacs", "vi")
    theme: str = _setting("dark", "Colours of the screen", *THEMES)
    motion: str = _setting("full", "Moving and blinking parts of the screen", "full", "reduced")
    ascii: bool = _setting(False, "ASCII characters only")
    read_only: bool = _setting(False, "Refuse every change of the cluster")
    clusters: Mapping[str, ClusterLook] = field(default_factory=dict)
    """The look of clusters by name; in the file ``[cluster.NAME]``."""

    @property
    def is_still(self) -> bool:
        """True if nothing on the screen may move or blink by itself."""
        return self.motion == "reduced"

    def look_of(self, *names: str) -> ClusterLook:
        """Return the look of a cluster by the first known of ``names``: its own, a file's, a host's."""
        found = (self.clusters[name] for name in names if name in self.clusters)
        return next(found, ClusterLook())

    def overridden(self, **given: object) -> Settings:
        """Return these settings with the values of ``given`` that are not None, as options may be."""
        known = {name: value for name, value in given.items() if value is not None}
        return replace(self, **known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """Specification of one setting, for file, environment and reference."""

    name: str
    """The key in the file."""
    default: bool | str
    """The value without file, variable and option; its type is the type of the setting."""
    text: str
    """The purpose, as a sentence without a full stop."""
    choices: tuple[str, ...]
    """The possible values; empty for a free text and for on or off."""

    @property
    def variable(self) -> str:
        """The variable of the environment that sets it."""
        return f"CRMTUI_{self.name.upper()}"

    @property
    def kind(self) -> str:
        """The required kind of value, in words."""
        if isinstance(self.default, bool):
            return "true or false"
        if self.choices:
            *most, last = (f'"{choice}"' for choice in self.choices)
            return f"{', '.join(most)} or {last}"
        return "a text"


SETTINGS: tuple[SettingSpec, ...] = tuple(
    SettingSpec(
        each.name, cast("bool | str", each.default), each.metadata["text"], each.metadata["choices"]
    )
    for each in fields(Settings)
    if each.metadata
)
"""All settings but the tables of clusters."""
