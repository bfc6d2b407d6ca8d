"""Folders where crmtui keeps its files; each is private to the user (0700).

A variable such as XDG_RUNTIME_DIR names the folder, unless other users can write there: ``su`` hands on
another user's variables. The folder is then in the home that the system knows; ``displaced`` says so.
"""

from __future__ import annotations

import atexit
import functools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import platformdirs

from crmtui.ownership import NotOurs, home, make_private, open_private, settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Purpose = Literal["state", "config", "cache", "runtime"]

PURPOSES: Mapping[Purpose, str] = {
    "state": "History, action log and uncommitted lines",
    "config": "Settings and keymaps",
    "runtime": "Sandboxes",
    "cache": "Files that can be made again",
}
"""The contents of each folder, as the user is told."""

_OF_OTHERS = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR")
"""Variables by which programs, crm among them, find files that they write or obey."""


@dataclass(frozen=True, slots=True)
class StoragePlace:
    """Folder of crmtui, with the reason if the environment names another one."""

    purpose: Purpose
    path: Path
    instead_of: Path | None = None
    """The folder that the environment names, if another user can change it."""
    why: str = ""
    """The user who can change it, as a clause."""

    @property
    def sentence(self) -> str:
        """Notice that the folder is not where the environment wants it."""
        kept = PURPOSES[self.purpose]
        return f"{kept}: kept in {self.path}, not in {self.instead_of}, since {self.why}."


def place(purpose: Purpose) -> StoragePlace:
    """Return the folder for ``purpose``, existing or not, where no other user can change it."""
    refused, why = None, ""
    for candidate in _candidates(purpose):
        try:
            settled(candidate)
        except NotOurs as error:
            if refused is None:
                refused, why = candidate, error.strerror
        except OSError:
            return StoragePlace(purpose, candidate, refused, why)  # told when it is made
        else:
            return StoragePlace(purpose, candidate, refused, why)
    return StoragePlace(purpose, _passing() / purpose, refused, why)


def _candidates(purpose: Purpose) -> Iterator[Path]:
    if purpose == "state":
        yield Path(platformdirs.user_state_dir("crmtui"))
        yield home() / ".local" / "state" / "crmtui"
    elif purpose == "config":
        yield Path(platformdirs.user_config_dir("crmtui"))
        yield home() / ".config" / "crmtui"
    elif purpose == "cache":
        yield Path(platformdirs.user_cache_dir("crmtui"))
        yield home() / ".cache" / "crmtui"
    else:
        given = os.environ.get("XDG_RUNTIME_DIR", "")
        if given and os.access(given, os.W_OK):
            yield Path(given) / "crmtui"
        # No login session, as under sudo or cron: the user's own cache, no guessable name in /tmp.
        for candidate in _candidates("cache"):
            yield candidate / "run"


@functools.cache
def _passing() -> Path:
    """Make a temporary folder, removed at exit, for a user with no private folder at all."""
    import shutil  # here, as hardly any run needs it
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="crmtui-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def displaced() -> tuple[str, ...]:
    """Return a sentence for each folder that is not where the environment wants it."""
    places = (place(purpose) for purpose in PURPOSES)
    return tuple(each.sentence for each in places if each.instead_of is not None)


def without_others(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of ``environ`` without those whose folders another user can change.

    HOME cannot be missing, so it becomes the home that the system has for this user.
    """
    found = dict(environ)
    for name in _OF_OTHERS:
        if found.get(name) and not is_ours(Path(found[name])):
            del found[name]
    if found.get("HOME") and not is_ours(Path(found["HOME"])):
        found["HOME"] = str(home())
    return found


def is_ours(path: Path) -> bool:
    """Say whether only this user and root can change the file or folder at ``path``."""
    try:
        settled(path)
    except NotOurs:
        return False
    except OSError:  # nothing is there yet
        return True
    return True


def _private(purpose: Purpose) -> Path:
    folder = place(purpose).path
    make_private(folder)
    return folder


def state_dir() -> Path:
    """Return (creating it) the folder of files that outlive a run: the command line's history."""
    return _private("state")


def config_dir() -> Path:
    """Return the folder of the user's settings; it may be missing: the first file saved creates it."""
    return place("config").path


def runtime_dir() -> Path:
    """Return (creating it) the folder of files that live as long as a run: sandboxes."""
    return _private("runtime")


def cache_dir() -> Path:
    """Return (creating it) the folder of files that can be made again: lab images."""
    return _private("cache")


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to a file of the user's, whole or not at all, readable by its owner only (0600).

    Raises:
        NotOurs: Another user can change the folder of the file.
        OSError: The file cannot be written; the old one is unharmed.
    """
    real = settled(path)  # a user's own link to settings kept elsewhere stays a link
    if not real.parent.exists():
        make_private(real.parent)
    new = real.with_name(f".{real.name}.{os.getpid()}")
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
    try:
        with os.fdopen(open_private(new, flags), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(real)
    finally:
        new.unlink(missing_ok=True)


def own_keymaps_dir() -> Path:
    """Return the folder of the user's own keymaps; it may be missing."""
    return config_dir() / "keymaps"


def keymaps_dir() -> Path:
    """Return the folder of the shipped keymaps.

    In a wheel they lie inside the package; in a checkout, beside it.
    """
    package = Path(__file__).parent
    shipped = package / "keymaps"
    return shipped if shipped.is_dir() else package.parent / "keymaps"
