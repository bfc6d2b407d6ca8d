"""The reason that is told where a cluster or its CIB cannot be read names what is to blame."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.refusals import refuse_unread
from crmtui.backend.process.run import Completed, run
from crmtui.backend.queries.cib_query import (
    configuration_text,
    query_cib,
    query_version,
    version_if_known,
)
from crmtui.backend.queries.scene import read_scene
from crmtui.backend.queries.wizard_facts import gather
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.undo import ConfigurationHistory
from crmtui.backend.session.judge import Judge
from crmtui.backend.session.version_query import VersionQuery
from crmtui.cib import scores
from crmtui.cib.document import Cib
from crmtui.cib.version import CibVersion
from crmtui.cib.xml import root
from crmtui.errors import CibUnreadable, ClusterUnavailable, CrmtuiError, PermissionRefused
from tests.unit.backend.test_knowledge import FileTarget
from tests.unit.completion_world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.backend.process.target import Invocation


class Pretended(FileTarget):
    """A target on which some programs are scripts of ours."""

    def __init__(self, folder: Path, **programs: str) -> None:
        super().__init__(folder)
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name, text in programs.items():
            (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
            (self.bin / name).chmod(0o755)

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return what runs here, with our programs first."""
        return super().invocation(argv, {**(env or {}), "PATH": f"{self.bin}:{os.environ['PATH']}"})


@pytest.mark.parametrize("program", ["cibadmin", "crm_mon", "crm_simulate", "stonith_admin"])
@pytest.mark.parametrize("xml", ["", "<cib", "<!DOCTYPE x><x/>"])
def test_the_program_that_printed_it_is_named(program: str, xml: str) -> None:
    """XML that cannot be read is blamed on the program that printed it."""
    with pytest.raises(CibUnreadable) as told:
        root(xml, program)
    assert program in told.value.what
    assert "crm_mon" not in told.value.what or program == "crm_mon"


@pytest.mark.parametrize(
    ("reads", "program"), [(scores.parse, "crm_simulate"), (Cib.parse, "cibadmin")]
)
def test_each_reader_knows_whose_xml_it_reads(reads: Callable[[str], object], program: str) -> None:
    """A reader of the XML of one program does not blame another."""
    with pytest.raises(CibUnreadable, match=f"^{program} printed XML that cannot be read"):
        reads("<cib")


@pytest.mark.parametrize(
    ("done", "kind", "what"),
    [
        (Completed(4, "", ""), PermissionRefused, "may not read the CIB"),
        (Completed(1, "", "Insufficient privileges"), PermissionRefused, "may not read the CIB"),
        (Completed(126, "", "sh: crm_mon: Permission denied"), ClusterUnavailable, "not execute"),
        (Completed(102, "", "no such device"), ClusterUnavailable, "status 102: no such device"),
    ],
)
def test_why_nothing_was_told(done: Completed, kind: type[CrmtuiError], what: str) -> None:
    """Rights on the CIB, rights on the program, and a cluster that is not there are told apart."""
    with pytest.raises(kind, match=what):
        refuse_unread(done, "crm_mon")


def test_words_of_an_operation_are_no_refusal() -> None:
    """An operation that failed with these words does not make the cluster unreadable."""
    refuse_unread(Completed(0, '<x exit-reason="Permission denied"/>', ""), "crm_mon")


def test_a_program_that_may_not_be_executed_is_named(tmp_path: Path) -> None:
    """A program without the right to execute it is not taken for a missing right on the CIB."""
    target = Pretended(tmp_path, crm_mon="")
    (target.bin / "crm_mon").chmod(0o644)
    with pytest.raises(
        ClusterUnavailable, match="crm_mon is installed, but you may not execute it"
    ):
        run(target, (str(target.bin / "crm_mon"), "-1"))


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    """A CIB that could not be written is no broken CIB."""
    copy = Copy(Pretended(tmp_path, cibadmin="echo 'No space left on device' >&2; exit 1"))
    try:
        with pytest.raises(ClusterUnavailable, match="no room for a copy of the CIB") as told:
            copy.take()
        assert "df -h" in (told.value.hint or "")
    finally:
        copy.close()


@pytest.mark.parametrize("room", ["4k", "8k", "48k"])
def test_a_full_disk_of_which_cibadmin_says_nothing_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    """A copy that is cut off, or empty, on a full disk is no broken CIB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a full disk")
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setenv("TMPDIR", str(full))
    script = "(printf '<cib>'; head -c 65536 /dev/zero | tr '\\0' x; printf '</cib>') 2>&-; exit 0"
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", full], check=True)
    try:
        copy = Copy(Pretended(tmp_path, cibadmin=script))
        try:
            with pytest.raises(ClusterUnavailable, match="no room for a copy of the CIB"):
                copy.take()
        finally:
            copy.close()
    finally:
        subprocess.run(["umount", full], check=True)


@pytest.mark.parametrize(
    ("script", "printed"),
    [("printf '<cib><conf'", "a CIB without its end"), ("exit 0", "nothing")],
)
def test_a_cibadmin_that_prints_no_cib_is_named(tmp_path: Path, script: str, printed: str) -> None:
    """With room on the disk, a CIB that is not whole is not told as a full disk."""
    copy = Copy(Pretended(tmp_path, cibadmin=script))
    try:
        with pytest.raises(CibUnreadable, match=f"cibadmin printed {printed}, and no error"):
            copy.take()
    finally:
        copy.close()


def test_gate_and_judge_ask_the_same_node(tmp_path: Path) -> None:
    """The version of the CIB is that of the node that is asked, for all who compare it."""
    log = tmp_path / "asked"
    cib = '<cib admin_epoch="1" epoch="2" num_updates="3"><configuration/></cib>'
    script = f"echo \"$@\" >> {log}\necho '{cib}'"
    target = Pretended(tmp_path, cibadmin=script)
    assert version_if_known(target) == CibVersion(1, 2, 3)
    assert query_version(target) == CibVersion(1, 2, 3)
    query_cib(target)
    assert all("--local" in line for line in log.read_text().splitlines())


def test_no_cib_has_no_version(tmp_path: Path) -> None:
    """Without a CIB there is no version, not one of zeros."""
    target = Pretended(tmp_path, cibadmin="exit 1")
    assert query_version(target) is None
    assert version_if_known(target) is None


def test_a_warning_of_crm_is_no_configuration(tmp_path: Path) -> None:
    """Two places for crm's own files are warned of among the configuration, and are none of it."""
    said = "WARNING: both /root/.crmconf and /root/.config/crm/crmconf exist, please cleanup"
    target = Pretended(tmp_path, crm=f"echo '{said}'\necho 'node 1: n1'")
    assert configuration_text(target) == "node 1: n1\n"


def test_the_judge_asks_a_few_times(tmp_path: Path) -> None:
    """The effect of a line is asked for a few times, not by one program after the other."""
    log = tmp_path / "asked"
    asks = f'echo x >> {log}; echo \'<cib admin_epoch="0" epoch="3" num_updates="1"/>\''
    judge = Judge(VersionQuery(Pretended(tmp_path, cibadmin=asks)), is_comparing=True)
    judge.before = CibVersion(0, 3, 1)

    assert judge._has_moved() is False
    assert len(log.read_text().split()) == 4


@pytest.mark.parametrize(
    "reads",
    [
        read_scene,
        lambda target: ConfigurationHistory(target).update(),
        lambda target: gather(target, World()),
    ],
)
def test_an_unreadable_cib_is_a_missing_right(
    reads: Callable[[FileTarget], object], tmp_path: Path
) -> None:
    """A user who may not read the CIB hears that, and not that it is broken."""
    target = Pretended(tmp_path, cibadmin="echo 'Permission denied' >&2; exit 4")
    with pytest.raises(PermissionRefused, match="You may not read the CIB"):
        reads(target)
