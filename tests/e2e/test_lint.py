"""Findings in lines, held against what the real ``crm`` says of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from crmtui.completion import complete
from crmtui.lint import lint
from tests.e2e import test_completion
from tests.e2e.completion_lines import LINES
from tests.e2e.test_completion import CONFIGURE, put

if TYPE_CHECKING:
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from tests.unit.backend.test_knowledge import FileTarget

pytestmark = [
    pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed"),
    pytest.mark.timeout(120),
]

REFUSED = (
    "primitive vip Dummy",
    "primitive 1x Dummy",
    "primitive x NoSuch",
    "primitive x stonith:nosuch",
    "primitive x @nosuch",
    "primitive x IPaddr2",
    "primitive x IPaddr2 ip=1.2.3.4 foo=1",
    "primitive x IPaddr2 ip=1.2.3.4 foo",
    "primitive x IPaddr2 ip=1.2.3.4 meta foo=1",
    "primitive x IPaddr2 ip=1.2.3.4 meta target-role=Up",
    "primitive x Dummy op nap interval=10s",
    "primitive x Dummy op monitor depth=1 interval=10s",
    "primitive x Dummy op monitor interval=10s on-fail=foo",
    "primitive x Dummy params $id-ref=nosuch",
    "group x d d",
    "group x d nosuch",
    "clone x a",
    "clone x nosuch",
    "clone x d meta clone-max=many",
    "location x nosuch inf: n1",
    "location x d inf: nosuch",
    "location x d inf n1",
    "location x d rule #uname is n1",
    "colocation x d vip",
    "colocation x foo: d vip",
    "colocation x inf: d:start vip",
    "colocation x inf: d nosuch",
    "order x Maybe: d vip",
    "order x d:Promoted vip",
    "order x d nosuch",
    "property foo=1",
    "property stonith-enabled=maybe",
    "property no-quorum-policy=maybe",
    "rsc_defaults foo=1",
    "op_defaults foo=1",
    "acl_target x nosuch",
    "role x read everything",
    "bundle x chroot",
    "bundle x docker size=1",
    "rename d vip",
    "rename nosuch x",
    "rename d",
    "modgroup g add nosuch",
    "modgroup g remove d",
    "set nosuch.a 1",
    "refresh now",
    'primitive x Dummy description="y',
)
"""Lines of ``configure`` that crm, or its ``verify``, complains about."""


LEFT_TO_THE_SCHEDULER = (
    "primitive x IPaddr2 ip=1.2.3.4 meta target-role=Up",
    "clone x d meta clone-max=many",
    "colocation x foo: d vip",
    "property stonith-enabled=maybe",
    "property no-quorum-policy=maybe",
    "acl_target x nosuch",
)
"""Lines of which crmsh 5 says nothing; the scheduler of Pacemaker then does."""

target = test_completion.target
live = test_completion.live


def complaints(target: FileTarget, lines: tuple[str, ...]) -> dict[str, list[str]]:
    """Return what crm says against each line, and against the configuration with it."""
    script = target.cib.parent / "lines"
    said: dict[str, list[str]] = {}
    asked = [part for line in lines for part in (line, "verify", "refresh")]
    script.write_text("\n".join(["configure", "verify", *asked]) + "\n", encoding="utf-8")
    invocation = target.invocation(("crm", "-R", "-F", "-f", str(script)))
    done = subprocess.run(
        invocation.argv,
        env=invocation.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=False,
    )
    output = re.sub(r"\x1b\[[\d;]*m", "", done.stdout)
    rounds = re.split(r"^\.INP: refresh$", output, flags=re.M)
    rounds[0] = rounds[0].partition(".INP: verify")[2]
    known = set(_complaints(rounds[0].partition(".INP: ")[0]))
    for line, words in zip(lines, rounds, strict=False):
        said[line] = [sentence for sentence in _complaints(words) if sentence not in known]
    return said


def _complaints(output: str) -> list[str]:
    """Return crm's sentences without the numbers of lines."""
    return re.findall(r"^(?:ERROR|WARNING): (?:\d+: )?(.*)", output, re.M)


def test_crm_complains_of_what_is_found_wrong(live: LiveKnowledge, target: FileTarget) -> None:
    """Of each line something is found wrong, and crm has something against each."""
    said = complaints(target, REFUSED)
    crmsh = live.crmsh()
    is_new = crmsh is not None and "sbd" in crmsh.levels
    silent = LEFT_TO_THE_SCHEDULER if is_new else ()
    assert [line for line in REFUSED if not said[line]] == list(silent)
    assert [line for line in REFUSED if not lint(CONFIGURE, line, live)] == []


def test_crm_does_not_complain_of_the_rest(target: FileTarget) -> None:
    """The test above can fail: of right lines crm says nothing."""
    right = (
        "primitive x Dummy op monitor interval=10s timeout=20s",
        "group x d",
        "location x d 1: n1",
    )
    assert complaints(target, right) == {line: [] for line in right}


def test_nothing_that_is_offered_is_found_wrong(live: LiveKnowledge) -> None:
    """A word that the menu puts into a line of ``configure`` is no finding afterwards."""
    wrong = {
        whole: finding.sentence
        for line in LINES
        for found in complete(CONFIGURE, line, live)
        for whole in (put(line, found, live),)
        for finding in lint(CONFIGURE, whole, live, is_whole=False)
        if finding.severity == "error" and not whole.endswith("$id-ref=1")
    }
    assert wrong == {}
