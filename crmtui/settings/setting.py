"""The settings there are, with what they are for."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


THEMES = ("dark", "light", "high-contrast", "colour-blind", "sixteen")
"""Those of ``crmtui.tui.theming.themes``; the last is what terminals get that have no more colours."""


@dataclass(frozen=True, slots=True)
class ClusterLook:
    """How one cluster is told from the others: a table ``[cluster.NAME]``."""

    label: str = ""
    """What it is called on the screen instead of its own name."""
    color: str = ""
    """The colour of the frame around its screen."""


def _setting(default: object, text: str, *choices: str) -> Any:
    return field(default=default, metadata={"text": text, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set; everything has a default."""

    keymap: str = _setting("default", "Which keys do what: a keymap, shipped or your own")
    editing: str = _setting("keymap", "Whose keys edit the command line", "keymap", "emacs", "vi")
    theme: str = _setting("dark", "The colours of the screen", *THEMES)
    motion: str = _setting(
        "full", "Whether anything on the screen may move or blink", "full", "reduced"
    )
    ascii: bool = _setting(False, "Paint with ASCII characters only")
    read_only: bool = _setting(False, "Let nothing through that may change anything")
    clusters: Mapping[str, ClusterLook] = field(default_factory=dict)
    """How clusters look, by their names; in the file ``[cluster.NAME]``."""

    @property
    def is_still(self) -> bool:
        """Whether nothing on the screen may move or blink by itself."""
        return self.motion == "reduced"

    def look_of(self, *names: str) -> ClusterLook:
        """Return how the cluster looks that goes by one of ``names``: its own, a file's, a host's."""
        found = (self.clusters[name] for name in names if name in self.clusters)
        return next(found, ClusterLook())

    def overridden(self, **given: object) -> Settings:
        """Return these settings with those of ``given`` that are not None, as options may be."""
        known = {name: value for name, value in given.items() if value is not None}
        return replace(self, **known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting, as file, environment and reference know it."""

    name: str
    """What it is called in the file."""
    default: bool | str
    """What holds where nothing is said; its type is the kind of the setting."""
    text: str
    """What it is for, as a sentence without a full stop."""
    choices: tuple[str, ...]
    """What it can be; empty where any text will do, or for one that is on or off."""

    @property
    def variable(self) -> str:
        """The variable of the environment that sets it, too."""
        return f"CRMTUI_{self.name.upper()}"

    @property
    def kind(self) -> str:
        """What its value has to be, in words."""
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
