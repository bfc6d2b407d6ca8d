"""Bytes that are not UTF-8, and escapes, where crmtui is told something."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.e2e.terminal import CRMTUI, SECONDS, Terminal, environment
from tests.e2e.test_bad_input import needs_crm
from tests.e2e.test_shell import TOP

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("_own_state")
SHOWN = "\N{REPLACEMENT CHARACTER}"


@pytest.fixture
def cib(tmp_path: Path) -> bytes:
    """Write the demo cluster to a file whose name is Latin-1; return the name."""
    path = os.fsencode(tmp_path / "cib") + b"\xe9.xml"
    with open(path, "wb") as file:  # noqa: PTH123 - the name is no text
        file.write(demo_cib())
    return path


def run(*words: bytes | str, given: bytes = b"") -> tuple[int, str, str]:
    """Run crmtui with arguments and input as they stand; return status, output and errors."""
    done = subprocess.run(
        [*CRMTUI, *words],
        input=given,
        env=environment(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    said, wrong = done.stdout.decode(), done.stderr.decode()  # ours are UTF-8, whatever comes in
    assert "Traceback" not in said + wrong
    assert "defect" not in said + wrong
    return done.returncode, said, wrong


@needs_crm()
def test_a_piped_line_that_is_not_utf8_changes_nothing(cib: bytes) -> None:
    """It is named with its number and not run, so that nothing of the script is committed after it."""
    status, said, wrong = run(
        "shell",
        "--cib",
        cib,
        given=b"configure\nprimitive x\xe9 Dummy\nprimitive y ocf:pacemaker:Dummy\ncommit\nshow y\n",
    )
    assert status == 13
    assert f"line 2 is not UTF-8 (bytes \\xe9, shown as {SHOWN}), and was not run: " in wrong
    assert "iconv" in wrong
    assert "primitive y ocf:pacemaker:Dummy" in said
    assert "so nothing is committed" in wrong
    assert "they are discarded:\nprimitive y ocf:pacemaker:Dummy" in wrong


@needs_crm()
def test_a_piped_comment_that_is_not_utf8_is_named_only(cib: bytes, tmp_path: Path) -> None:
    """It would change nothing, so it runs with marks, and all others run as before."""
    status, said, wrong = run(
        "shell",
        "--cib",
        cib,
        given=b"configure\n# K\xf6ln\nprimitive y \\\n  ocf:pacemaker:Dummy\ncommit\nshow y\n",
    )
    assert status == 0
    assert f"line 2 is not UTF-8 (bytes \\xf6, shown as {SHOWN}): # K{SHOWN}ln\n" in wrong
    assert "primitive y ocf:pacemaker:Dummy" in said
    log = (tmp_path / "state" / "crmtui" / "actions.jsonl").read_text("utf-8").splitlines()[-1]
    assert json.loads(log)["lines"] == ["primitive y ocf:pacemaker:Dummy", "commit"]
    assert json.loads(log)["where"].endswith(f"/cib{SHOWN}.xml")


@needs_crm()
def test_an_answer_that_is_not_utf8_is_none(cib: bytes) -> None:
    """The input ends there: an answer that was altered may change something."""
    status, _, wrong = run(
        "shell", "--cib", cib, given=b"configure\ndelete backup\nrefresh\ny\xe9\n"
    )
    assert status == 13
    assert "The answer in line 4 is not UTF-8" in wrong


@needs_crm()
def test_a_typed_line_that_is_not_utf8_is_given_back(cib: bytes) -> None:
    """The shell does not send it, says why, and lives on."""
    with Terminal([*CRMTUI, "shell", "--cib", os.fsdecode(cib)], size=(120, 40)) as shell:
        shell.shows(TOP)
        shell.send_bytes(b"node standby al\xe9pha\r")
        shell.shows(
            r"Not sent: it has bytes that are not UTF-8 \(\\xe9\)", "# node standby al.pha$"
        )
        shell.press("ctrl+c")
        shell.enter("configure show backup")
        shell.shows(r"^primitive backup")
        shell.shows(TOP)
        shell.press("ctrl+d")
        assert shell.ends() == 0


@pytest.mark.parametrize(
    "words",
    [
        ("lint", "--", b"\xe9"),
        ("complete", "--", b"node \xe9"),
        ("forecast", "--", "node", "standby", b"\xe9"),
        ("why", b"\xe9"),
        ("snapshot", "--host", b"\xe9"),
        ("help", b"\xe9"),
        (b"\xe9",),
    ],
)
def test_an_argument_that_is_not_utf8_is_refused(words: tuple[bytes | str, ...]) -> None:
    """It is named and nothing is done: what was meant is not known."""
    status, said, wrong = run(*words)

    assert status == 2
    assert not said
    assert f"crmtui: This argument is not UTF-8 (bytes \\xe9, shown as {SHOWN}): " in wrong


def test_a_file_may_have_any_name(cib: bytes) -> None:
    """A CIB whose name is not UTF-8 opens; one that is not there is named."""
    status, said, _ = run("snapshot", "--cib", cib)
    assert status == 0
    assert "alpha" in said

    status, _, wrong = run("snapshot", b"--cib=" + cib + b".no")
    assert status == 2
    assert f"There is no file {os.fsdecode(os.path.dirname(cib))}/cib{SHOWN}.xml.no" in wrong  # noqa: PTH120


def test_input_that_is_not_utf8_is_an_error_to_lint() -> None:
    """Its findings are JSON as ever, the line with the byte is named, and the status says it."""
    status, said, wrong = run("lint", "-", given=b"node show\n# K\xf6ln\n")

    assert (status, json.loads(said)) == (1, [])
    assert f"the input is not UTF-8 (bytes \\xf6, shown as {SHOWN}), line 2" in wrong


@pytest.mark.parametrize(
    "words",
    [
        ("snapshot", "--host", "\x1b[31mred\x07"),
        ("snapshot", "--cib", "\x1b[31mred\x07"),
        ("settings", "\x1b[31mred\x07"),
        ("help", "\x1b[31mred\x07"),
        ("lint", "--\x1b[31mred\x07"),
    ],
)
def test_an_error_repeats_no_escape(words: tuple[str, ...]) -> None:
    """An escape in the arguments does nothing to the terminal."""
    status, _, wrong = run(*words)

    assert status
    assert "red" in wrong
    assert "\x1b" not in wrong
    assert "\x07" not in wrong
