"""Attributes of nodes and resources are offered by name and by value to be shown or set again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.cib.document import Cib
from crmtui.cluster.model import NodeAttribute
from crmtui.completion import complete
from tests.unit.completion_world import SMALL, World

_CIB = """<cib><configuration><crm_config/><nodes>
<node uname="n1" id="1">
<instance_attributes id="i1"><nvpair id="i11" name="rack" value="left"/></instance_attributes>
<utilization id="u1"><nvpair id="u11" name="memory" value="4096"/></utilization></node>
<node uname="n2" id="2">
<instance_attributes id="i2"><nvpair id="i21" name="rack" value="right"/></instance_attributes>
<utilization id="u2"><nvpair id="u21" name="licences" value="3"/></utilization></node>
</nodes><resources><primitive id="d" class="ocf" provider="heartbeat" type="Dummy">
<utilization id="u3"><nvpair id="u31" name="memory" value="512"/></utilization>
</primitive></resources><constraints/></configuration></cib>"""
_WORLD = World(
    replace(
        SMALL,
        attributes=(
            NodeAttribute("n1", "pingd", "1000"),
            NodeAttribute("n2", "pingd", "0"),
            NodeAttribute("n2", "master-db", "10"),
        ),
    ),
    objects=Cib.parse(_CIB).objects,
)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (
            "node status-attr n1 set ",
            {"pingd": "now 1000 on n1, 0 on n2", "master-db": "now 10 on n2"},
        ),
        ("node status-attr n1 show ", {"pingd": "now 1000 on n1"}),
        ("node status-attr n2 delete m", {"master-db": "now 10 on n2"}),
        ("node status-attr n1 set pingd ", {"1000": "now on n1", "0": "now on n2"}),
        ("node status-attr n1 show pingd ", {}),
        ("node attribute n1 show ", {"rack": "now left"}),
        ("node attribute n1 set ra", {"rack": "now left on n1, right on n2"}),
        ("node attribute n2 set rack ", {"left": "now on n1", "right": "now on n2"}),
        ("node attribute n2 delete rack ", {}),
        ("node utilization n2 show ", {"licences": "now 3"}),
        ("node utilization n1 set li", {"licences": "now 3 on n2"}),
        ("node utilization n1 set licences ", {"3": "now on n2"}),
        ("node utilization n1 delete memory ", {}),
        ("resource utilization d delete ", {"memory": "now 512"}),
        ("resource utilization d set licences ", {"3": "now on n2"}),
        ("resource failcount d set n1 ", {}),
        ("resource secret d set password ", {}),
    ],
)
def test_what_is_set_is_offered(line: str, offered: dict[str, str]) -> None:
    """All that is set of a kind can be set again; shown and deleted only what the object has."""
    assert {each.text: each.meta for each in complete((), line, _WORLD)} == offered


def test_usual_values_come_before_those_in_use() -> None:
    """The usual sizes are offered, and behind them what else is in use, with the one who uses it."""
    found = complete((), "node utilization n1 set memory ", _WORLD)
    assert [(each.text, each.meta) for each in found] == [
        ("1024", ""),
        ("4096", ""),
        ("512", "now on d"),
    ]
