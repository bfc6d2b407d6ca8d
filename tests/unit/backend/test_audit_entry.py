"""The action log: what is written, what is hidden, what comes back, and what becomes a script."""

from __future__ import annotations

import stat
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.gate.audit_entry import AuditEntry, parse, to_json, to_script, to_text
from crmtui.backend.gate.audit_log import AuditLog, read
from crmtui.cib.secrets import MASK, Secrets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("primitive f stonith:fence_ipmilan params passwd=geheim ip=1", f"passwd={MASK} ip=1"),
        ('primitive f fence_x params password="a b" login=x', f"password={MASK} login=x"),
        ("primitive f fence_x params password='a b'", f"password={MASK}"),
        ("primitive f fence_x params passwd_script=/bin/p", "passwd_script=/bin/p"),
        ("resource secret f set any geheim", f"set any {MASK}"),
        ("resource param f set passwd 'a b'", f"set passwd {MASK}"),
        ("param f set ip 10.0.0.1", "set ip 10.0.0.1"),
        ("configure set f.passwd geheim", f"set f.passwd {MASK}"),
        ('xml <nvpair id="x" name="passwd" value="geheim"/>', f'value="{MASK}"'),
        ('xml <nvpair value="geheim" name="passwd" id="x"/>', f'value="{MASK}"'),
        ("resource stop web", "resource stop web"),
    ],
)
def test_secrets_are_hidden(line: str, shown: str) -> None:
    """Secrets in a line are not in the log; everything else is."""
    told = Secrets().masked(line)
    assert shown in told
    assert "geheim" not in told
    assert "a b" not in told


def test_a_change_is_written_as_it_goes(tmp_path: Path) -> None:
    """The file has a change from its beginning, only its owner may read it, and it reads back."""
    path = tmp_path / "log.jsonl"
    log = AuditLog(lambda: "LIVE acme", path)
    one = log.begin(("resource stop web",), origin="key", forecast="web stops", before="0.1.2")
    assert read(path).entries[0].outcome == ""
    log.end(one, "done", said="INFO: fine", after="0.2.0")
    log.settle(one, "resource stop web, settled: web stopped on n1.", "As forecast")

    (entry,) = read(path).entries
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (entry.outcome, entry.has_changed, entry.where) == ("done", True, "LIVE acme")
    assert "settled" in entry.settled
    assert log.entries == (entry,)
    assert "0.1.2 → 0.2.0" in to_text([entry])
    assert "compared: As forecast" in to_text([entry])


def test_a_broken_line_is_left_out(tmp_path: Path) -> None:
    """Half a line, as a full disk leaves it, hides no other one."""
    log = AuditLog(lambda: "x", tmp_path / "log.jsonl")
    log.begin(("a",), origin="key")
    whole = to_json(log.entries[0])
    told = parse([whole[:20], whole, "{}", "[]", "null", "\n"])
    assert (told.entries, told.left_out) == (log.entries, 4)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """It is said once, and the changes of this run are known all the same."""
    complaints: list[str] = []
    log = AuditLog(lambda: "x", tmp_path / "none" / "log", complaints.append)
    log.end(log.begin(("a",), origin="key"), "done")
    assert len(complaints) == 1
    assert log.entries[0].outcome == "done"


def test_the_script_does_it_again(tmp_path: Path) -> None:
    """Lines go to crm as they were typed; what failed and what has a secret is left out."""
    path = tmp_path / "log.jsonl"
    log = AuditLog(lambda: "LIVE acme", path)
    log.end(log.begin(("param x set p 'a b'",), origin="typed", level=("resource",)), "done")
    log.end(
        log.begin(("primitive x Dummy", "commit"), origin="typed", level=("configure",)), "done"
    )
    log.end(log.begin(("resource stop nosuch",), origin="key"), "failed")
    log.end(log.begin(("primitive f x params passwd=geheim",), origin="typed"), "done")
    script = to_script(read(path).entries)

    crm = tmp_path / "crm"
    crm.write_text('#!/bin/sh\ncat; echo "--"\n')
    crm.chmod(0o700)
    done = subprocess.run(
        ["sh"],
        input=script,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": f"{tmp_path}:/bin:/usr/bin"},
    )
    assert done.stdout.split("--\n") == [
        "resource\nparam x set p 'a b'\n",
        "configure\nprimitive x Dummy\ncommit\n",
        "",
    ]
    assert "geheim" not in script


def test_which_configuration_came_of_a_change() -> None:
    """Changes between the versions before and after it are its doing; unknown ones are not."""
    entry = AuditEntry("1", 0.0, "root", "n1", "LIVE c", "typed", before="0.4.9", after="0.6.1")
    assert [entry.reached((0, epoch)) for epoch in (4, 5, 6, 7)] == [False, True, True, False]
    assert not replace(entry, after="").reached((0, 5))
