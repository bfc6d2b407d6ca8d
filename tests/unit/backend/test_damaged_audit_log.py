"""A damaged action log never ends what reads it, and no text in it becomes a command."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from crmtui.backend.gate.audit_entry import AuditEntry, parse, to_json, to_script, to_text
from crmtui.backend.gate.audit_log import AuditLog, file, read
from crmtui.cli.program import crmtui

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = AuditEntry(
    "1", 1.0, "root", "n1", "LIVE c", "key", (), ("resource stop web",), outcome="done"
)
WRONG: dict[str, tuple[object, ...]] = {
    "lines": (5, "resource stop db", [5], None, {}),
    "id": (["x"], 5, None),
    "when": ("x", 1e300, float("nan"), None, True, -1e300),
    "level": ("configure", [None]),
    "outcome": (None, 5),
    "who": (5,),
    "before": (5,),
}


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def _broken() -> list[str]:
    whole = json.loads(to_json(WHOLE))
    return [
        json.dumps({**whole, name: value}) for name, values in WRONG.items() for value in values
    ]


@pytest.mark.parametrize("form", ["text", "json", "script"])
def test_what_is_broken_is_left_out_and_counted(form: str) -> None:
    """Wrong types, rubbish and half lines end nothing; the rest is printed."""
    broken = [*_broken(), "{", "\x00\x01", "[" * 100_000, '{"id": "2"}']
    data = "\n".join([*broken, to_json(WHOLE)]).encode() + b"\n\xff\xfe\n"
    file().write_bytes(data)
    done = CliRunner().invoke(crmtui, ["log", "--format", form])
    assert done.exit_code == 0, done.output
    assert "resource stop web" in done.stdout
    assert "resource stop db" not in done.stdout
    assert f"{len(broken) + 1} lines of {file()} cannot be read and are left out." in done.stderr


@pytest.mark.parametrize(
    "version", ["1.2", "a.b.c", "1.2.3.4", "9" * 5000 + ".1.1", "².1.1", "-1.2.3"]
)
def test_a_version_that_is_none_is_unknown(version: str) -> None:
    """A version that cannot be compared reaches nothing."""
    assert not replace(WHOLE, before=version, after="0.9.1").reached((0, 5))
    assert "CIB" in to_text([replace(WHOLE, before=version, after="0.9.1")])


def test_a_change_is_logged_whatever_text_it_has() -> None:
    """A line that came in as no UTF-8 is written, comes back as it was, and is printed."""
    complaints: list[str] = []
    log = AuditLog(lambda: "x", file(), complaints.append)
    line = "primitive x Dummy params a=\udce9t\udce9"
    log.end(log.begin((line,), origin="typed"), "done", said="\udcff")
    assert complaints == []
    (entry,) = read().entries
    assert entry.lines == (line,)
    for form in ("text", "json", "script"):
        assert CliRunner().invoke(crmtui, ["log", "--format", form]).exit_code == 0
    assert parse([to_json(entry)]).entries == (entry,)


@pytest.mark.parametrize(
    "name", ["where", "said", "forecast", "who", "host", "settled", "compared"]
)
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"])
def test_no_text_becomes_a_command(tmp_path: Path, name: str, end: str) -> None:
    """A new line in a comment of the script stays in the comment."""
    touched = tmp_path / "touched"
    stored = {**json.loads(to_json(WHOLE)), "outcome": "failed", "said": "y", name: "x"}
    other = {**stored, name: f"x{end}touch {touched}{end}y"}
    clean, dirty = (parse([json.dumps(each)]).entries for each in (stored, other))
    subprocess.run(["sh"], input=to_script(dirty).encode(), check=True, capture_output=True)
    assert not touched.exists()
    assert len(to_text(dirty).splitlines()) == len(to_text(clean).splitlines())


@pytest.mark.parametrize("name", ["lines", "level"])
def test_a_line_in_a_line_is_not_repeated(name: str) -> None:
    """Characters that could end the text for crm, or begin a line of their own, are left out."""
    value = ("resource stop web\nCRM\ntouch x",)
    script = to_script([replace(WHOLE, **{name: value})])  # type: ignore[arg-type]
    assert "left out: it holds what cannot be typed" in script
    assert "\ntouch x" not in script
