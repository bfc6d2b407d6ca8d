"""Where crmtui keeps its files; each folder is private to the user (0700)."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def _private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def state_dir() -> Path:
    """Return (creating it) the folder of what outlives a run: the history of the command line."""
    return _private(Path(platformdirs.user_state_dir("crmtui")))


def config_dir() -> Path:
    """Return the folder of what the user has set; it need not be there, and is made by who writes."""
    return Path(platformdirs.user_config_dir("crmtui"))


def runtime_dir() -> Path:
    """Return (creating it) the folder of what lives as long as a run: sandboxes."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    if given and os.access(given, os.W_OK):
        return _private(Path(given) / "crmtui")
    # No login session, as under sudo or cron: a folder of the user's own, not a guessable one in /tmp.
    return _private(Path(platformdirs.user_cache_dir("crmtui")) / "run")


def cache_dir() -> Path:
    """Return (creating it) the folder of what can be made again: lab images."""
    return _private(Path(platformdirs.user_cache_dir("crmtui")))


def open_private(path: Path, flags: int) -> int:
    """Open ``path`` so that a new file is readable by its owner only (0600).

    Suits ``open(path, mode, opener=open_private)``.
    """
    return os.open(path, flags, 0o600)


def write_private(path: Path, text: str) -> None:
    """Put ``text`` into a file of the user's, whole or not at all, readable by its owner only (0600).

    Raises:
        OSError: It cannot be written; what was there is there still.
    """
    real = path.resolve()  # who keeps settings elsewhere, behind a link, goes on to
    if not real.parent.exists():
        _private(real.parent)
    new = real.with_name(f".{real.name}.{os.getpid()}")
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC
    try:
        with os.fdopen(open_private(new, flags), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(real)
    finally:
        new.unlink(missing_ok=True)


def own_keymaps_dir() -> Path:
    """Return the folder of the user's own keymaps; it need not be there."""
    return config_dir() / "keymaps"


def keymaps_dir() -> Path:
    """Return the folder of the shipped keymaps.

    In a wheel they lie inside the package; in a checkout, beside it.
    """
    package = Path(__file__).parent
    shipped = package / "keymaps"
    return shipped if shipped.is_dir() else package.parent / "keymaps"
