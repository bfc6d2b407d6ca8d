"""The sandbox on the real tools: a private copy in which resources move."""

from __future__ import annotations

import bz2
import gzip
import os
import shutil
import stat
import subprocess
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.settled import is_settled
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.demo import demo_cib
from crmtui.errors import CibUnreadable, PermissionRefused, TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster


@pytest.fixture
def demo() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    yield sandbox
    sandbox.close()


def _crm(sandbox: Sandbox, *line: str) -> str:
    done = run(sandbox, ["crm", *line], timeout=60)
    sandbox.after_command()
    return done.output + done.errors


def _snapshot(sandbox: Sandbox) -> Cluster:
    return take_snapshot(sandbox).cluster


def test_standby_moves_resources(demo: Sandbox) -> None:
    """After ``crm node standby`` the scheduler has moved what ran there, and the copy is settled."""
    before = _snapshot(demo)
    node = next(r.nodes[0] for r in before.walk() if r.id == "webip")

    _crm(demo, "node", "standby", node)

    after = _snapshot(demo)
    ip = next(r for r in after.walk() if r.id == "webip")
    assert ip.role == "Started"
    assert node not in ip.nodes
    assert [n.state for n in after.nodes if n.name == node] == ["standby"]
    assert is_settled(demo)


def test_online_again(demo: Sandbox) -> None:
    """``crm node online`` takes the node out of standby."""
    _crm(demo, "node", "standby", "alpha")
    _crm(demo, "node", "online", "alpha")

    node = _snapshot(demo).node("alpha")

    assert node is not None
    assert node.state == "online"


def test_cleanup_clears_failed_actions(demo: Sandbox) -> None:
    """``crm resource cleanup`` clears failures, where crm_resource itself would crash on a file."""
    failed = {failure.resource.split(":")[0] for failure in _snapshot(demo).failures}
    assert failed

    said = "".join(_crm(demo, "resource", "cleanup", name) for name in failed)

    assert "Cleared the failed operations" in said
    assert not _snapshot(demo).failures


def test_the_original_stays_as_it_was(tmp_path: Path) -> None:
    """Nothing done in a sandbox changes the file it was made from."""
    path = tmp_path / "cib.xml"
    path.write_bytes(demo_cib())
    sandbox = Sandbox(CibSource.open(str(path)))

    _crm(sandbox, "configure", "property", "no-quorum-policy=ignore")
    changed = sandbox.cib.read_bytes()
    sandbox.close()

    assert path.read_bytes() == demo_cib()
    assert b"no-quorum-policy" in changed


def test_files_are_private_and_removed(demo: Sandbox) -> None:
    """The copy is readable by its owner only, and gone when the sandbox is closed."""
    other = Sandbox(CibSource.parse("demo", demo_cib()))
    folder = other.cib.parent

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(other.cib.stat().st_mode) == 0o600
    other.close()
    assert not folder.exists()
    assert demo.cib.exists()


def test_a_compressed_input_opens(tmp_path: Path) -> None:
    """A pe-input-*.bz2, as the DC saves them, opens like a plain file."""
    path = tmp_path / "pe-input-7.bz2"
    path.write_bytes(bz2.compress(demo_cib()))

    sandbox = Sandbox(CibSource.open(str(path)))

    assert len(_snapshot(sandbox).nodes) == 3
    sandbox.close()


def test_a_shadow_opens_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shadow CIB is found by its name."""
    (tmp_path / "shadow.plan").write_bytes(demo_cib())
    monkeypatch.setenv("CIB_shadow_dir", str(tmp_path))

    assert CibSource.open("plan").name == "plan"


def test_a_saved_configuration_comes_up(tmp_path: Path) -> None:
    """A configuration without a status gets all of its nodes online, so that it can be tried."""
    path = tmp_path / "saved.xml"
    bare = demo_cib()[: demo_cib().index(b"<status>")] + b"</cib>"
    path.write_bytes(bare)

    sandbox = Sandbox(CibSource.open(str(path)))

    assert all(node.is_online for node in _snapshot(sandbox).nodes)
    sandbox.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"<cib", "not well-formed"),
        (b"<html/>", "no CIB"),
        (b"BZhnonsense", "cannot be unpacked"),
        (bz2.compress(demo_cib())[:200], "cut off"),
        # Without a time, so that every process that collects the tests finds the same.
        (gzip.compress(demo_cib(), mtime=0)[:200], "cut off"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><cib/>', "document type"),
        (
            b'<cib validate-with="pacemaker-9.9" epoch="1" num_updates="0" admin_epoch="0">'
            b"<configuration><crm_config/><nodes/><resources/><constraints/></configuration>"
            b"<status/></cib>",
            "newer",
        ),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    """A file that is no CIB, or too new for this Pacemaker, is refused in a sentence."""
    path = tmp_path / "bad.xml"
    path.write_bytes(content)

    with pytest.raises(CibUnreadable, match=sentence):
        _open_and_read(path)


def _open_and_read(path: Path) -> None:
    sandbox = Sandbox(CibSource.open(str(path)))
    try:
        _snapshot(sandbox)
    finally:
        sandbox.close()


def test_a_small_file_that_unpacks_to_a_huge_one(tmp_path: Path) -> None:
    """A compressed file is unpacked up to a limit, not up to the end of memory."""
    path = tmp_path / "bomb.bz2"
    packer = bz2.BZ2Compressor()
    block = bytes(16 << 20)
    with path.open("wb") as file:
        for _ in range(17):
            file.write(packer.compress(block))
        file.write(packer.flush())

    with pytest.raises(CibUnreadable, match="larger than"):
        CibSource.open(str(path))


def test_the_users_crm_conf_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: Sandbox
) -> None:
    """Options that crm saves in a sandbox go to a copy of the user's file."""
    monkeypatch.setenv("HOME", str(tmp_path))

    _crm(demo, "options", "set", "core.wait", "yes")

    assert not (tmp_path / ".config" / "crm" / "crm.conf").exists()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is refused by its name."""
    with pytest.raises(TargetInvalid, match="nosuch"):
        CibSource.open("nosuch")
    with pytest.raises(TargetInvalid, match="folder"):
        CibSource.open(str(tmp_path))


def test_what_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that this user may not read is refused for that reason."""
    path = tmp_path / "cib.xml"
    path.write_bytes(demo_cib())

    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)

    with pytest.raises(PermissionRefused, match="may not read"):
        CibSource.open(str(path))


def test_crm_works_on_a_copy_for_somebody_without_any_right() -> None:
    """No group, no right to crm's log, which stays as it is: a demo needs none."""
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o777)
        cib = folder / "cib.xml"
        cib.write_bytes(demo_cib())
        cib.chmod(0o666)
        stand_in = resources.files("crmtui.backend.targets").joinpath(
            "stand_ins", "python", "sitecustomize.py"
        )
        (folder / "sitecustomize.py").write_bytes(stand_in.read_bytes())
        nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
        done = subprocess.run(
            (*(nobody if os.geteuid() == 0 else ()), "crm", "configure", "show", "webip"),
            env={
                **os.environ,
                "HOME": str(folder),
                "CIB_file": str(cib),
                "PYTHONPATH": str(folder),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(folder)
    assert done.stdout.startswith("primitive webip "), done.stderr
