"""Saving settings; comments and unchanged values stay in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import toml
from crmtui.errors import SettingsInvalid
from crmtui.paths import write_private
from crmtui.settings.loading import settings_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def save(changes: Mapping[str, bool | str], path: Path | None = None) -> Path:
    """Write ``changes`` into the user's file, and return the file.

    Args:
        changes: Values by the names of settings.
        path: The file; None for the user's own.

    Raises:
        SettingsInvalid: The existing file is no TOML, and would be lost.
        OSError: The file cannot be written.
    """
    import tomlkit  # here, as most runs save no settings

    path = path or settings_file()
    try:
        text, _ = toml.read(path)
    except FileNotFoundError:
        text = ""
    except toml.TomlUnreadable as error:
        raise SettingsInvalid(str(error), hint="Mend it first; nothing was written.") from error
    document = tomlkit.parse(text)
    for name, value in changes.items():
        document[name] = value
    write_private(path, tomlkit.dumps(document))
    return path
