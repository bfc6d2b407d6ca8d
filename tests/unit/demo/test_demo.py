"""The demo cluster that is shipped."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from crmtui.cluster.crm_mon.parse import parse
from crmtui.cluster.verdict import judge
from crmtui.demo import demo_cib

COMMANDS = Path(__file__).parents[2] / "data" / "demo.crm"

needs_pacemaker = pytest.mark.skipif(
    shutil.which("crm_simulate") is None, reason="Pacemaker's tools are not installed"
)


def test_the_demo_is_what_its_commands_configure() -> None:
    """Every node, resource and constraint of the crm text is in the shipped CIB, and no other."""
    configuration = ElementTree.fromstring(demo_cib()).find("configuration")
    assert configuration is not None
    kinds = "primitive|group|clone|location|colocation|order"
    wanted = re.findall(rf"^(?:{kinds}) (\S+)", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
    top = [*configuration.iterfind("resources//*"), *configuration.iterfind("constraints/*")]
    kept = ("primitive", "group", "clone", "rsc_location", "rsc_colocation", "rsc_order")

    assert sorted(each.get("id", "") for each in top if each.tag in kept) == sorted(wanted)
    assert [node.get("uname") for node in configuration.iterfind("nodes/node")] == [
        "alpha",
        "beta",
        "gamma",
    ]


def test_the_demo_holds_no_secret() -> None:
    """The shipped CIB has no password and names no private place."""
    assert re.findall(rb"(?i)passw|secret|/home|/tmp", demo_cib()) == []


@needs_pacemaker
def test_the_demo_runs_where_expected(tmp_path: Path) -> None:
    """All nodes are online, everything runs, and one recovered failure is on record."""
    cluster = parse(tool(tmp_path, "crm_mon", "--output-as=xml"), name="demo")
    places = {each.id: each.nodes for each in cluster.resources}

    assert [(node.name, node.state) for node in cluster.nodes] == [
        ("alpha", "online"),
        ("beta", "online"),
        ("gamma", "online"),
    ]
    assert places["webservice"] == ("alpha",)
    assert places["gateway-clone"] == ("alpha", "beta", "gamma")
    assert set(places["database-clone"]) == {"alpha", "beta"}
    assert all(places.values())
    assert [(f.resource, f.node) for f in cluster.failures] == [("backup", "beta")]
    assert (cluster.dc, cluster.has_quorum, judge(cluster).word) == ("alpha", True, "WARN")


@needs_pacemaker
def test_the_demo_is_settled(tmp_path: Path) -> None:
    """The scheduler finds nothing to do: carried forward, the demo stays as it is."""
    tool(tmp_path, "crm_simulate", "-Q", "-x", "{cib}", "-S", "-O", "{cib}")

    assert (tmp_path / "cib.xml").read_bytes() == demo_cib()


def tool(folder: Path, *argv: str) -> str:
    """Return what a program prints about a copy of the demo in ``folder``."""
    cib = folder / "cib.xml"
    cib.write_bytes(demo_cib())
    env = {**os.environ, "CIB_file": str(cib)}
    command = [each.format(cib=cib) for each in argv]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
