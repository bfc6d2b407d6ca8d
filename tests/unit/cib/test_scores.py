"""The scheduler's scores, as two releases print them."""

from __future__ import annotations

import pytest

from crmtui.cib import scores
from crmtui.errors import CibUnreadable

_XML = """<pacemaker-result><allocations>
<node_weight function="pcmk__group_assign" node="n1" score="110" id="ip"/>
<node_weight function="pcmk__primitive_assign" node="n1" score="140" id="ip"/>
<node_weight function="pcmk__primitive_assign" node="n2" score="-INFINITY" id="ip"/>
<node_weight function="{clone}" node="n1" score="120" id="db-clone"/>
<node_weight function="pcmk__primitive_assign" node="n1" score="20" id="db:0"/>
<node_weight function="pcmk__primitive_assign" node="n2" score="0" id="db:0"/>
<node_weight function="pcmk__primitive_assign" node="n1" score="-INFINITY" id="db:1"/>
<node_weight function="pcmk__primitive_assign" node="n2" score="15" id="db:1"/>
<promotion_score id="db:0" score="250" node="n1"/>
<promotion_score id="db:1" score="5" node="n2"/>
<promotion_score id="db:2" score="-INFINITY"/>
</allocations></pacemaker-result>"""


@pytest.mark.parametrize("clone", ["pcmk__clone_allocate", "pcmk__clone_assign"])
def test_the_last_score_decides(clone: str) -> None:
    """The score reckoned last counts, of a clone's instances the best on each node."""
    found = scores.parse(_XML.format(clone=clone))

    assert found.placing["ip"] == {"n1": "140", "n2": "-INFINITY"}
    assert found.placing["db-clone"] == {"n1": "120"}
    assert found.placing["db"] == {"n1": "20", "n2": "15"}
    assert found.promoting["db"] == {"n1": "250", "n2": "5"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("INFINITY", 1_000_000), ("-INFINITY", -1_000_000), ("+7", 7), ("-1000", -1000), ("x", 0)],
)
def test_a_score_is_a_number(text: str, number: int) -> None:
    """INFINITY is a million, to Pacemaker too."""
    assert scores.number(text) == number


def test_what_is_no_xml() -> None:
    """A tool that printed something else is an error, not an empty table."""
    with pytest.raises(CibUnreadable):
        scores.parse("crm_simulate: no")
