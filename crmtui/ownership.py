"""Folders and files that only this user, or root, can have put in place.

``su`` and ``sudo -E`` hand on the variables of another user. That user could swap a file that root makes
in such a folder: for a program that root then starts, or a link that root then writes through.
"""

from __future__ import annotations

import errno
import grp
import os
import pwd
import stat
from pathlib import Path

_ROOT = 0
_MOST_LINKS = 40
"""Links that Linux follows in one path at most (``path_resolution(7)``)."""
_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class NotOurs(PermissionError):
    """A place that another user can change; ``strerror`` names that user as a clause."""

    strerror: str

    def __init__(self, path: str, why: str) -> None:
        super().__init__(errno.EPERM, f"{path} {why}", path)


def settled(path: Path) -> Path:
    """Return ``path`` without links, if only this user and root can change any part of it.

    A missing part ends the search: crmtui makes it. Links of this user and of root are followed, in
    folders where no other user can replace them.

    Raises:
        NotOurs: Another user can change a part of the path.
        OSError: The path leads nowhere, or may not be looked at.
    """
    at, links = "/", 0
    rest = list(reversed(path.absolute().parts))
    while rest:
        part = rest.pop()
        if part == "..":
            at = str(Path(at).parent)
            continue
        following = os.path.normpath(Path(at, part))
        try:
            status = os.lstat(following)
        except FileNotFoundError:
            return Path(following, *reversed(rest))
        _require_ours(following, status)
        if stat.S_ISLNK(status.st_mode):
            links += 1
            if links > _MOST_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
            rest.extend(reversed(Path(following).readlink().parts))
        else:
            at = following
    return Path(at)


def _require_ours(path: str, status: os.stat_result) -> None:
    if status.st_uid not in (_ROOT, os.geteuid()):
        raise NotOurs(path, f"belongs to {_user(status.st_uid)}")
    # In a sticky folder such as /tmp, only the owners of the folder and of the file can replace a file.
    if not stat.S_ISDIR(status.st_mode) or status.st_mode & stat.S_ISVTX:
        return
    others = status.st_mode & _BY_OTHERS
    if others & stat.S_IWGRP and _is_of_one(status.st_gid):
        others &= ~stat.S_IWGRP
    if others:
        raise NotOurs(path, "can be written to by others")


def _is_of_one(gid: int) -> bool:
    """Say whether this user is the only member of a group; Debian makes one for each user."""
    try:
        user, group = pwd.getpwuid(os.geteuid()), grp.getgrgid(gid)
    except KeyError:
        return False
    return group.gr_name == user.pw_name and set(group.gr_mem) <= {user.pw_name}


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def home() -> Path:
    """Return the home of this user in the system's accounts, regardless of HOME."""
    try:
        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:  # a user without an account has no home
        return Path("/nonexistent")


def make_private(folder: Path) -> None:
    """Make ``folder`` and its missing parents, for this user alone (0700).

    Raises:
        NotOurs: Another user can change a part of the path.
        OSError: The folder cannot be made, or is a file.
    """
    settled(folder)
    for each in (*reversed(folder.parents), folder):
        try:
            each.mkdir(mode=0o700)
        except FileExistsError:  # another process may have been faster; the check below looks at it
            continue
        except OSError:
            if not each.is_dir():
                raise
    real = settled(folder)
    descriptor = os.open(real, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid():
            raise NotOurs(str(folder), f"belongs to {_user(status.st_uid)}")
        if stat.S_IMODE(status.st_mode) != 0o700:
            os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


def open_private(path: str | Path, flags: int) -> int:
    """Open the file ``path`` of this user, never through a link; a new file is private (0600).

    Suits ``open(path, mode, opener=open_private)``.

    Raises:
        NotOurs: The path is a link, no regular file, or another user's.
        OSError: The file cannot be opened.
    """
    try:
        # O_NONBLOCK: opening a pipe put in its place must not wait for the pipe's other end.
        more = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        descriptor = os.open(path, flags | more, 0o600)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotOurs(str(path), "is a link") from error
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotOurs(str(path), "is no file")
        if status.st_uid != os.geteuid():
            raise NotOurs(str(path), f"belongs to {_user(status.st_uid)}")
        if status.st_mode & 0o077:
            os.fchmod(descriptor, status.st_mode & 0o700)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
