"""Folders and files of ours: nothing that somebody else can change is written to or obeyed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from crmtui import paths
from crmtui.backend.gate import audit_log
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.process.private_folder import PrivateFolder
from crmtui.backend.session.uncommitted import journal
from crmtui.backend.targets.live import local_environment
from crmtui.editor.line_history import open_history
from crmtui.ownership import NotOurs, make_private, open_private, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Make a folder of another user."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    os.chown(folder, _NOBODY, -1)
    return folder


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_ours_is_settled(tmp_path: Path) -> None:
    """A folder of ours is ours, also behind our own link, and before it is made."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    assert settled(tmp_path / "link" / "new" / "er") == tmp_path / "real" / "new" / "er"
    assert settled(tmp_path / "link" / ".." / "real") == tmp_path / "real"


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    """A link to itself is an error, and no hang."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="Too many levels"):
        settled(tmp_path / "a")


@pytest.mark.parametrize(("mode", "is_safe"), [(0o755, True), (0o777, False), (0o1777, True)])
def test_a_folder_that_all_can_write_to(tmp_path: Path, mode: int, is_safe: bool) -> None:
    """In a folder that all can write to nothing is ours, but where they cannot replace what we have."""
    folder = tmp_path / "all"
    folder.mkdir()
    folder.chmod(mode)
    if is_safe:
        assert settled(folder / "x") == folder / "x"
    else:
        with pytest.raises(NotOurs, match="can be written to by others"):
            settled(folder / "x")


@needs_root
def test_a_group_of_others_can_replace_what_is_in_its_folder(tmp_path: Path) -> None:
    """A folder that a group can write to is not ours, unless we are alone in the group."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o775)
    assert settled(folder) == folder
    os.chown(folder, -1, _NOBODY)
    with pytest.raises(NotOurs):
        settled(folder)


@needs_root
def test_another_users_folder_and_link_are_not_ours(foreign: Path, tmp_path: Path) -> None:
    """A file in a folder of another user, or behind a link of theirs, is not ours."""
    (foreign / "mine").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    os.lchown(link, _NOBODY, -1)
    for path in (foreign, foreign / "mine", foreign / "mine" / "new", link, link / "x"):
        with pytest.raises(NotOurs, match="belongs to "):
            settled(path)


def test_folders_are_made_for_us_alone(tmp_path: Path) -> None:
    """Every folder that is made on the way is private, whatever the umask, and an open one is closed."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    before = os.umask(0)
    try:
        make_private(tmp_path / "a" / "b")
        make_private(tmp_path / "open")
    finally:
        os.umask(before)
    assert [_mode(tmp_path / name) for name in ("a", "a/b", "open")] == [0o700] * 3


def test_no_link_and_no_pipe_is_opened(tmp_path: Path) -> None:
    """A link in place of a file of ours is left alone, and a pipe is not waited for."""
    precious = tmp_path / "precious"
    precious.write_text("as it was")
    precious.chmod(0o644)
    (tmp_path / "link").symlink_to(precious)
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotOurs, match="is a link"):
        open_private(tmp_path / "link", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with pytest.raises(NotOurs, match="is no file"):
        open_private(tmp_path / "pipe", os.O_RDONLY)
    assert (precious.read_text(), _mode(precious)) == ("as it was", 0o644)


@needs_root
def test_a_file_of_another_user_is_not_opened(tmp_path: Path) -> None:
    """A file of another user's is neither read nor written nor made private."""
    file = tmp_path / "file"
    file.write_text("theirs")
    os.chown(file, _NOBODY, -1)
    with pytest.raises(NotOurs, match="belongs to "):
        open_private(file, os.O_RDWR)


_KINDS = [
    ("XDG_STATE_HOME", paths.state_dir, ".local/state/crmtui"),
    ("XDG_CACHE_HOME", paths.cache_dir, ".cache/crmtui"),
    ("XDG_CONFIG_HOME", paths.config_dir, ".config/crmtui"),
    ("XDG_RUNTIME_DIR", paths.runtime_dir, ".cache/crmtui/run"),
]


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be a user with a home of their own, and without a variable."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(paths, "home", lambda: home)
    for variable, *_ in _KINDS:
        monkeypatch.delenv(variable, raising=False)
    return home


@needs_root
@pytest.mark.parametrize(("variable", "folder", "instead"), _KINDS)
def test_a_foreign_variable_is_not_followed(
    variable: str,
    folder: Callable[[], Path],
    instead: str,
    foreign: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A variable that names another user's folder is not followed, and that is said."""
    target = foreign.parent / "target"
    target.mkdir(mode=0o755)
    (foreign / "crmtui").symlink_to(target)
    monkeypatch.setenv(variable, str(foreign))

    assert folder() == own_home / instead
    assert _mode(target) == 0o755
    (said,) = paths.displaced()[:1]
    assert str(foreign) in said
    assert "belongs to" in said
    assert str(own_home / instead) in said


@needs_root
def test_without_a_home_of_ours_there_is_a_folder_for_the_run(
    foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If even the home is another user's, a new private folder holds what is written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(foreign))
    monkeypatch.setattr(paths, "home", lambda: foreign)

    found = paths.state_dir()

    assert foreign not in found.parents
    assert (found.stat().st_uid, _mode(found)) == (os.geteuid(), 0o700)


@needs_root
def test_what_we_start_does_not_obey_another_user(
    foreign: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    """Programs are not told of another user's folders: crm runs the editor that it finds in crm.conf."""
    for variable in ("XDG_CONFIG_HOME", "TMPDIR", "HOME"):
        monkeypatch.setenv(variable, str(foreign))
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_home))

    env = local_environment()

    assert {"XDG_CONFIG_HOME", "TMPDIR"}.isdisjoint(env)
    assert env["HOME"] == str(own_home)
    assert env["XDG_CACHE_HOME"] == str(own_home)


@pytest.fixture
def precious(own_home: Path) -> Path:
    """Make a file that no link of ours may lead to being changed."""
    file = own_home / "precious"
    file.write_text("as it was\n")
    file.chmod(0o644)
    return file


def test_logs_history_and_journals_follow_no_link(precious: Path) -> None:
    """A link in place of a log, of the history or of a journal changes nothing behind it."""
    state = paths.state_dir()
    (state / "uncommitted").mkdir()
    for name in ("actions.jsonl", "history", "uncommitted/1-a.jsonl"):
        (state / name).symlink_to(precious)
    said: list[str] = []

    AuditLog(lambda: "LIVE x", trouble=said.append).begin(("node standby a",), origin="typed")
    open_history(mask=str).append_string("status")

    assert list(journal.kept("x")) == []
    assert "is a link" in said[0]
    assert precious.read_text() == "as it was\n"
    assert _mode(precious) == 0o644
    with pytest.raises(NotOurs):
        audit_log.read()


def test_a_full_log_is_put_aside_over_a_link(
    precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log put aside takes the place of a link, and does not go where it leads."""
    monkeypatch.setattr(audit_log, "_LONGEST", 1)
    old = paths.state_dir() / "actions.old.jsonl"
    old.symlink_to(precious)
    log = AuditLog(lambda: "LIVE x")

    log.begin(("node standby a",), origin="typed")
    log.begin(("node standby b",), origin="typed")

    assert not old.is_symlink()
    assert "standby a" in old.read_text()
    assert precious.read_text() == "as it was\n"


def test_a_sweep_follows_no_link(own_home: Path) -> None:
    """A link that is called like a sandbox is not swept up, nor what it leads to."""
    other = own_home / "other"
    other.mkdir()
    (other / ".lock").touch()
    (paths.runtime_dir() / "sandbox-x").symlink_to(other)

    PrivateFolder.make("sandbox").close()

    assert (other / ".lock").exists()


def test_settings_behind_the_users_own_link_are_kept(own_home: Path) -> None:
    """A settings file that is a link of the user's own is written where it leads."""
    kept = own_home / "dotfiles"
    kept.mkdir()
    (kept / "settings.toml").write_text("old")
    link = own_home / "settings.toml"
    link.symlink_to(kept / "settings.toml")

    paths.write_private(link, "new")

    assert link.is_symlink()
    assert (kept / "settings.toml").read_text() == "new"


@needs_root
def test_settings_behind_another_users_link_are_not_written(foreign: Path, tmp_path: Path) -> None:
    """A link in another user's folder makes us write nowhere."""
    precious = tmp_path / "precious"
    precious.write_text("as it was")
    (foreign / "settings.toml").symlink_to(precious)

    with pytest.raises(NotOurs):
        paths.write_private(foreign / "settings.toml", "new")
    assert precious.read_text() == "as it was"
