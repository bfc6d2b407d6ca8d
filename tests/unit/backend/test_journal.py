"""Staged lines are on disk before crm hears of them, private, apart from others, and found again."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import stat
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.session.uncommitted.journal import Journal, Work, kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = "live n1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the journals lie."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "crmtui" / "uncommitted"


def left_behind(target: str = HERE) -> list[Work]:
    """Return what a program that starts now would be offered."""
    found = list(kept(target))
    for each in found:
        each.close()
    return [each.work for each in found]


def written(*lines: str, target: str = HERE) -> Journal:
    """Return a journal with these lines."""
    journal = Journal(target)
    journal.begin("live", "node n1\n")
    for line in lines:
        journal.add(line)
    return journal


def test_lines_are_found_when_their_session_is_gone(folder: Path) -> None:
    """A later program finds the lines in order with what they were to change; nobody else reads them."""
    journal = written("primitive a Dummy", 'primitive b Dummy params x="ü"')
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert left_behind() == []  # locked
    journal.close()
    (work,) = left_behind()
    assert work.lines == ("primitive a Dummy", 'primitive b Dummy params x="ü"')
    assert (work.cib, work.base, work.is_committing) == ("live", "node n1\n", False)
    assert left_behind("live n2") == []


def _die(ready: object) -> None:
    written("primitive a Dummy")
    os.kill(os.getpid(), 9)


def test_lines_outlive_a_kill() -> None:
    """Added lines are there although the program had no time to say goodbye."""
    child = multiprocessing.get_context("fork").Process(target=_die, args=(None,))
    child.start()
    child.join()
    assert [work.lines for work in left_behind()] == [("primitive a Dummy",)]


def test_two_sessions_do_not_mix() -> None:
    """Each session has a file of its own, and who takes what was left behind has it alone."""
    first, second = written("primitive a Dummy"), written("primitive b Dummy")
    first.close()
    (mine,) = list(kept(HERE))
    assert mine.work.lines == ("primitive a Dummy",)
    assert left_behind() == []
    second.close()
    assert [work.lines for work in left_behind()] == [("primitive b Dummy",)]
    mine.clear()
    assert len(left_behind()) == 1


def test_what_did_not_count_is_forgotten(folder: Path) -> None:
    """Lines that crm refused go again, and with the last of them, or a commit, the file."""
    journal = written("one", "two")
    journal.keep(1)
    journal.add("three")
    journal.committing()
    journal.close()
    (work,) = left_behind()
    assert (work.lines, work.is_committing) == (("one", "three"), True)
    journal = written("one")
    journal.committing()
    journal.keep(1)
    journal.close()
    assert not left_behind()[1].is_committing
    for path in folder.iterdir():
        path.unlink()
    journal = written("one")
    journal.keep(0)
    assert list(folder.iterdir()) == []
    journal.begin("live", "")
    journal.add("two")
    journal.close()
    assert [work.lines for work in left_behind()] == [("two",)]


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let files grow to 400 bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_caught_up_with(small_files: None) -> None:
    """The file stays whole, the trouble is told, and all is written once there is room."""
    journal = written("short")
    journal.add("x" * 400)
    assert "uncommitted" in journal.trouble
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (before[1], before[1]))
    assert journal.trouble
    journal.add("last")
    assert not journal.trouble
    journal.close()
    assert [len(line) for line in left_behind()[0].lines] == [5, 400, 4]


def test_where_no_file_can_be_made_work_goes_on(folder: Path) -> None:
    """Without a folder to write to, the trouble is told and nothing else happens."""
    folder.parent.mkdir(parents=True)
    folder.write_text("")
    journal = written("one")
    assert "uncommitted" in journal.trouble or "journals" in journal.trouble
    journal.committing()
    journal.keep(0)
    assert not journal.trouble


@pytest.mark.parametrize("end", [b"", b'{"li', b'{"line": "half'])
def test_half_a_record_counts_as_not_written(folder: Path, end: bytes) -> None:
    """A power cut in the middle of a record spoils nothing that was written before."""
    journal = written("one")
    journal.close()
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes() + end)
    assert [work.lines for work in left_behind()] == [("one",)]


_HEADER = b'{"crmtui": 1, "target": "live n1", "cib": "live", "base": "", "began": 1.0}\n'


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]\n", b"{}\n", b"\xff\n", b'{"crmtui": 2}\n', b"1\n", b"[" * 100_000 + b"\n"),
        *(_HEADER + line for line in (b'{"line": 5}\n', b'{"line": ["a"]}\n', b"null\n", b"7\n")),
        _HEADER + b'{"line": "primitive a Dummy\\ncommit"}\n',
        _HEADER + b'{"line": "primitive a Dummy \\\\"}\n',
        _HEADER.replace(b"1.0", b"1e300") + b'{"line": "primitive a Dummy"}\n',
        _HEADER.replace(b"1.0", b"NaN") + b'{"line": "primitive a Dummy"}\n',
        _HEADER.replace(b'"base": ""', b'"base": 7') + b'{"line": "primitive a Dummy"}\n',
        _HEADER.replace(b'"live",', b'"x\\ncommit",') + b'{"line": "primitive a Dummy"}\n',
    ],
)
def test_a_file_of_something_else_is_left_alone(folder: Path, content: bytes) -> None:
    """A file of another version, or one that nobody understands, is neither offered nor removed."""
    folder.mkdir(parents=True)
    (folder / "1-a.jsonl").write_bytes(content)
    assert left_behind() == []
    assert (folder / "1-a.jsonl").exists()


def test_a_journal_without_lines_is_swept_up(folder: Path) -> None:
    """A header alone is nobody's work."""
    written("one").close()
    (path,) = folder.iterdir()
    header = path.read_bytes().split(b"\n")[0]
    assert json.loads(header)["target"] == HERE
    path.write_bytes(header + b"\n")
    assert left_behind() == []
    assert not path.exists()
