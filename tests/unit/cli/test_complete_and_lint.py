"""``crmtui complete`` and ``crmtui lint``: crm's language without a screen."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from crmtui.cli.program import crmtui
from tests.unit.completion_world import DATA

pytestmark = pytest.mark.skipif(
    shutil.which("cibadmin") is None, reason="Pacemaker's command line tools are not installed"
)
CIB = str(DATA / "cib.xml")


def test_candidates_are_printed_as_json() -> None:
    """Each candidate has a text, how it is shown, described and replaced; a level can be given."""
    done = CliRunner().invoke(
        crmtui, ["complete", "--cib", CIB, "--level", "configure", "--", "location x vip inf: "]
    )
    assert done.exit_code == 0
    found = json.loads(done.output)
    assert [known["text"] for known in found] == ["n1", "n2"]
    assert all("online" in known.pop("meta") for known in found)
    assert found[0] == {"text": "n1", "display": "n1", "required": False, "start": 20}


def test_required_parameters_are_marked() -> None:
    """A parameter without which the agent refuses to start comes first and is marked."""
    line = "configure primitive x stonith:fence_sbd params "
    if shutil.which("fence_sbd") is None:
        pytest.skip("fence-agents are not installed")
    done = CliRunner().invoke(crmtui, ["complete", "--cib", CIB, "--", line])
    assert json.loads(done.output)[0]["required"] is True


def test_a_level_that_is_none_is_refused() -> None:
    """A level that crm does not have is said to be none."""
    done = CliRunner().invoke(crmtui, ["complete", "--cib", CIB, "--level", "configure site", "x"])
    assert done.exit_code == 2
    assert "there is no level site in configure" in done.output


def test_findings_are_printed_as_json_and_end_in_a_status() -> None:
    """Each finding has a place, a severity and a sentence; an error makes the status 1."""
    line = "configure group g d"
    done = CliRunner().invoke(crmtui, ["lint", "--cib", CIB, "--", line])
    assert done.exit_code == 1
    (found,) = json.loads(done.output)
    assert found == {
        "start": 16,
        "end": 17,
        "severity": "error",
        "sentence": 'The id "g" is taken: group a b.',
        "fix": "",
    }


def test_several_lines_are_read_from_standard_input() -> None:
    """A whole configuration is checked line by line; without a finding the status is 0."""
    text = "primitive x ocf:pacemaker:Dummy\ngroup y x\n"
    command = ["lint", "--cib", CIB, "--level", "configure", "-"]
    done = CliRunner().invoke(crmtui, command, input=text)
    assert (done.exit_code, json.loads(done.output)) == (0, [])
