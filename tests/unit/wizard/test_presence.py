"""On which nodes an agent is installed, as far as one node can know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.cib.document import Cib
from crmtui.wizard.facts import Facts
from crmtui.wizard.presence import presence

AGENT = "ocf:heartbeat:nginx"


def _facts(*results: tuple[str, str, int], here: str = "n1") -> Facts:
    """Return a cluster of three nodes with results of operations: node, return code, when."""
    states = "".join(
        f'<node_state uname="{node}"><lrm><lrm_resources><lrm_resource id="r{at}" class="ocf" '
        f'provider="heartbeat" type="nginx"><lrm_rsc_op rc-code="{code}" last-rc-change="{when}"/>'
        "</lrm_resource></lrm_resources></lrm></node_state>"
        for at, (node, code, when) in enumerate(results)
    )
    cib = f"<cib><configuration/><status>{states}</status></cib>"
    return Facts(nodes=("n1", "n2", "n3"), here=here, cib=Cib.parse(cib))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (_facts(), "Installed on n1. Unknown on n2, n3: no resource of it was tried there. "
                   f"To be sure, there: crm_resource --show-metadata={AGENT}"),
        (_facts(("n2", "7", 1)), "Installed on n1, n2. Unknown on n3"),
        (_facts(("n2", "5", 1), ("n3", "0", 1)),
         "Not installed on n2, the agent or what it needs. Installed on n1, n3."),
        (_facts(("n2", "7", 1), ("n3", "0", 1)), "Installed on every node: n1, n2, n3."),
        (_facts(("n2", "193", 1)), "Installed on n1. Unknown on n2, n3"),
        (_facts(("n2", "7", 1), ("n2", "5", 2)), "Installed on n1, n2."),
        (_facts(here=""), "Unknown on n1, n2, n3"),
    ],
)  # fmt: skip
def test_what_is_known_of_each_node_is_said(facts: Facts, words: str) -> None:
    """The node that was asked is sure, others by what was tried there; of the rest it says unknown."""
    assert presence(facts, AGENT, is_here=True).sentences().startswith(words)


def test_the_last_result_counts() -> None:
    """A program installed after it had been missing is no longer called missing."""
    facts = _facts()
    ops = (
        '<lrm_rsc_op rc-code="5" last-rc-change="9"/><lrm_rsc_op rc-code="0" last-rc-change="10"/>'
    )
    cib = _facts(("n2", "5", 9)).cib.text.replace(
        '<lrm_rsc_op rc-code="5" last-rc-change="9"/>', ops
    )

    assert presence(replace(facts, cib=Cib.parse(cib)), AGENT, is_here=True).of("n2") == "installed"
    assert presence(_facts(("n2", "5", 9)), AGENT, is_here=True).note == "not on n2"
