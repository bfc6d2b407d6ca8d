"""Settings of the user: one TOML file, variables of the environment, and options.

Every setting is a field of ``Settings``. The file, the variables, the reference in the README and the
settings screen are made from it.
"""

from __future__ import annotations

from crmtui.settings.loading import GIVEN, Loaded, load, settings_file
from crmtui.settings.setting import SETTINGS, THEMES, ClusterLook, Settings, SettingSpec

__all__ = [
    "GIVEN",
    "SETTINGS",
    "THEMES",
    "ClusterLook",
    "Loaded",
    "SettingSpec",
    "Settings",
    "load",
    "settings_file",
]
