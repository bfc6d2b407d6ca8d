"""The objects of a configuration, committed and staged."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from crmtui.cib import objects
from crmtui.cib.document import Cib
from crmtui.cib.objects import Configuration, NvPair, Operation
from crmtui.cib.staged_objects import with_staged
from tests.unit.completion_world import DATA

if TYPE_CHECKING:
    from pathlib import Path

CIB = (DATA / "cib.xml").read_text(encoding="utf-8")


@pytest.fixture
def configuration() -> Configuration:
    """The configuration of the scratch CIB that crm wrote."""
    return Cib.parse(CIB).objects


def test_reads_every_kind(configuration: Configuration) -> None:
    """Each object of the CIB has crm's word for its kind."""
    kinds = {known.id: known.kind for known in configuration.objects.values()}
    assert kinds == {
        "cib-bootstrap-options": "property",
        "n1": "node",
        "n2": "node",
        "t": "rsc_template",
        "d": "primitive",
        "vip": "primitive",
        "fe": "primitive",
        "bu": "bundle",
        "g": "group",
        "a": "primitive",
        "b": "primitive",
        "cl": "clone",
        "c": "primitive",
        "l1": "location",
        "c1": "colocation",
        "o1": "order",
        "rt": "rsc_ticket",
        "tg": "tag",
        "fencing_topology": "fencing_topology",
        "rsc-options": "rsc_defaults",
        "op-options": "op_defaults",
        "r1": "role",
        "u1": "acl_target",
        "al": "alert",
    }


def test_reads_what_holds_what(configuration: Configuration) -> None:
    """Groups and clones know their members, members their parent, constraints what they name."""
    objects = configuration.objects
    assert objects["g"].members == ("a", "b")
    assert objects["a"].parent == "g"
    assert objects["d"].parent == ""
    assert objects["c1"].members == ("d", "g")
    assert objects["tg"].members == ("a", "b")


def test_reads_agents_and_settings(configuration: Configuration) -> None:
    """A primitive's agent may come from its template, and its settings say where they belong."""
    assert configuration.agent_of("fe") == "stonith:fence_sbd"
    assert configuration.agent_of("vip") == "ocf:heartbeat:IPaddr2"
    assert configuration.agent_of("nothing") == ""
    assert configuration.objects["b"].settings == (NvPair("meta", "target-role", "Stopped"),)


def test_staged_lines_add_objects(configuration: Configuration) -> None:
    """Lines of configure make objects: their kind, agent, members and parents."""
    staged = with_staged(
        configuration,
        [
            "primitive web systemd:nginx op monitor interval=10s",
            'primitive v2 @t params ip="10.0.0.81"',
            "group h web d meta target-role=Stopped",
            "clone hc h meta interleave=true",
        ],
    ).objects
    assert staged["web"].agent == "systemd:nginx"
    assert (staged["v2"].template, staged["v2"].agent) == ("t", "")
    assert staged["h"].members == ("web", "d")
    assert (staged["web"].parent, staged["h"].parent) == ("h", "hc")


@pytest.mark.parametrize("line", ["", "# group x y", "group", 'group x "', "show", "nonsense x"])
def test_lines_that_are_not_understood_stage_no_objects(
    configuration: Configuration, line: str
) -> None:
    """A comment, a broken line and a command that stages nothing leave other objects alone."""
    staged = with_staged(configuration, [line]).objects
    assert {name: staged[name] for name in configuration.objects} == configuration.objects


@pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed")
@pytest.mark.parametrize(
    "line",
    [
        "primitive web ocf:pacemaker:Dummy",
        "group h d vip",
        "clone gc g",
        "delete g",
        "delete a",
        "delete a b",
        "delete d",
        "rename g gg",
        "rename d dd",
        "modgroup g add d after a",
        "modgroup g add d",
        "modgroup g remove a",
    ],
)
def test_staging_is_what_crm_does(configuration: Configuration, line: str, tmp_path: Path) -> None:
    """The resources, constraints and tags after a staged line are those after crm committed it."""
    file = tmp_path / "cib.xml"
    file.write_text(CIB, encoding="utf-8")
    env = {**os.environ, "CIB_file": str(file), "HOME": str(tmp_path)}
    done = subprocess.run(
        ["crm", "-F", "configure", *line.split()], env=env, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    committed = Cib.parse(file.read_text(encoding="utf-8")).objects
    assert _shape(with_staged(configuration, [line])) == _shape(committed)


def _shape(configuration: Configuration) -> set[tuple[str, str, str, tuple[str, ...]]]:
    kinds = (*objects.RESOURCES, "location", "colocation", "order", "rsc_ticket", "tag")
    return {(o.id, o.kind, o.parent, o.members) for o in configuration.of_kind(*kinds)}


def test_reads_operations_tickets_and_sets(configuration: Configuration) -> None:
    """Operations, a constraint's ticket and the ids that others can refer to are known."""
    known = configuration.objects
    assert known["a"].operations == (Operation("monitor", "10s", (("timeout", "20s"),)),)
    assert known["rt"].ticket == "T1"
    assert known["vip"].sets == (("params", "vip-instance_attributes"),)


def test_staged_lines_bring_their_settings(configuration: Configuration) -> None:
    """Settings and operations of a staged primitive are as those of a committed one."""
    line = "primitive w Dummy params state=/x meta priority=1 op monitor interval=5s timeout=9s"
    known = with_staged(configuration, [line, "rsc_ticket x T2: w"]).objects
    assert known["w"].settings == (
        NvPair("params", "state", "/x"),
        NvPair("meta", "priority", "1"),
    )
    assert known["w"].operations == (Operation("monitor", "5s", (("timeout", "9s"),)),)
    assert known["x"].ticket == "T2"


def test_meta_attributes_are_inherited() -> None:
    """A meta attribute holds for what is inside, and the defaults for whatever sets none."""
    dummy = 'class="ocf" provider="pacemaker" type="Dummy"'
    pair = '<meta_attributes id="{0}"><nvpair id="{0}-t" name="failure-timeout" value="{1}"/>'
    found = Cib.parse(
        f'<cib><configuration><resources><primitive id="vip" {dummy}/><group id="site">'
        f'{pair.format("site-meta", "10min")}</meta_attributes><primitive id="web" {dummy}/></group>'
        f"</resources><rsc_defaults>{pair.format('o', '60s')}</meta_attributes></rsc_defaults>"
        "</configuration></cib>"
    ).objects

    assert found.meta("web", "failure-timeout") == "10min"
    assert found.meta("vip", "failure-timeout") == "60s"
    assert found.meta("vip", "target-role") is None
    assert found.family("web") == ("web", "site")
    assert found.family("site") == ("site", "web")
