"""Loading the settings from the file and the environment.

No mistake in them ends the program: in an incident, nobody mends a file first. Each mistake is told in a
sentence, and the default holds instead.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from crmtui.paths import config_dir
from crmtui.settings.setting import SETTINGS, ClusterLook, Settings, SettingSpec
from crmtui.toml import TomlUnreadable, line_of, nearest, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_CLUSTER = "cluster"
GIVEN = "command line"
"""The source of a setting that is given as an option."""
_LOOKS = tuple(each.name for each in fields(ClusterLook))
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def settings_file() -> Path:
    """Return the file of the settings; it may be missing."""
    return config_dir() / "settings.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Loaded settings, with the mistakes and the source of each."""

    settings: Settings
    trouble: tuple[str, ...] = ()
    """Mistakes, each a sentence that names file, line and key, or the variable."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The source of each setting that is not the default: the file, a variable, or `GIVEN`."""

    @property
    def is_read_only_for_good(self) -> bool:
        """True if this run was started read-only, which no key lifts.

        In the file, read-only is a preference for the start. An option or a variable is a promise about
        this run, perhaps to a colleague.
        """
        promises = (GIVEN, _BY_NAME["read_only"].variable)
        return self.settings.read_only and self.sources.get("read_only") in promises


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Loaded:
    """Load the settings: the environment wins over the file, both win over the defaults.

    Args:
        path: The file; None for the user's own.
        environ: The environment; None for that of this program.
    """
    path = path or settings_file()
    trouble: list[str] = []
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name, value in _from_file(path, trouble).items():
        values[name], sources[name] = value, str(path)
    for name, value in _from_environment(os.environ if environ is None else environ, trouble):
        values[name], sources[name] = value, _BY_NAME[name].variable
    return Loaded(Settings(**values), tuple(trouble), sources)


def _from_file(path: Path, trouble: list[str]) -> dict[str, Any]:
    try:
        text, table = read(path)
    except FileNotFoundError:
        return {}
    except TomlUnreadable as error:
        trouble.append(f"{error} The default settings hold.")
        return {}
    found: dict[str, Any] = {}
    for name, value in table.items():
        where = f"{path}, line {line_of(text, name)}"
        if name == _CLUSTER:
            found["clusters"] = _clusters(path, text, value, trouble)
        elif name not in _BY_NAME:
            known = nearest(name, [*_BY_NAME, _CLUSTER])
            trouble.append(f"{where}: there is no setting {name}{known}.")
        elif wrong := _wrong(_BY_NAME[name], value):
            trouble.append(f"{where}: {wrong}")
        else:
            found[name] = value
    return found


def _clusters(path: Path, text: str, table: object, trouble: list[str]) -> dict[str, ClusterLook]:
    found: dict[str, ClusterLook] = {}
    for name, looks in table.items() if isinstance(table, dict) else [("", table)]:
        if not isinstance(looks, dict):
            where = f"{path}, line {line_of(text, *filter(None, (_CLUSTER, name)))}"
            trouble.append(
                f'{where}: a cluster has a table, [cluster.NAME], with label = "…" and color = "…".'
            )
            continue
        known = {}
        for key, value in looks.items():
            where = f"{path}, line {line_of(text, _CLUSTER, name, key)}"
            if key not in _LOOKS:
                trouble.append(f"{where}: [cluster.{name}] has no {key}{nearest(key, _LOOKS)}.")
            elif not isinstance(value, str):
                trouble.append(f"{where}: {key} has to be a text, not {_shown(value)}.")
            else:
                known[key] = value
        found[name] = ClusterLook(**known)
    return found


def _from_environment(
    environ: Mapping[str, str], trouble: list[str]
) -> list[tuple[str, bool | str]]:
    found: list[tuple[str, bool | str]] = []
    for setting in SETTINGS:
        given = environ.get(setting.variable, "")
        if not given:
            continue
        value: bool | str = given
        if isinstance(setting.default, bool) and given.lower() in (*_TRUE, *_FALSE):
            value = given.lower() in _TRUE
        if wrong := _wrong(setting, value):
            trouble.append(f"The variable {setting.variable}: {wrong}")
        else:
            found.append((setting.name, value))
    return found


def _wrong(setting: SettingSpec, value: object) -> str:
    """Return the sentence that says why ``value`` is wrong; empty if it is right."""
    is_right_type = type(value) is type(setting.default)
    if is_right_type and (not setting.choices or value in setting.choices):
        return ""
    near = nearest(str(value), setting.choices)
    return f"{setting.name} has to be {setting.kind}, not {_shown(value)}{near}."


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
