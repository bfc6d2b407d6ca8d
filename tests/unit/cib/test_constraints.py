"""Constraints as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui.cib import constraints

if TYPE_CHECKING:
    from crmtui.cib.constraints import Constraint

_SET = '<resource_set id="s{n}" {more}><resource_ref id="a"/><resource_ref id="b"/></resource_set>'


def parsed(xml: str) -> Constraint:
    """Return the one constraint in ``xml``."""
    root = ElementTree.fromstring(
        f"<cib><configuration><constraints>{xml}</constraints></configuration></cib>"
    )
    (found,) = constraints.parse(root)
    return found


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        ('<rsc_location id="l" rsc="a" node="n1" score="100"/>', "a prefers n1 (100)"),
        (
            '<rsc_location id="l" rsc="a" node="n1" score="-INFINITY"/>',
            "a is banned from n1 (-INFINITY)",
        ),
        (
            '<rsc_location id="l" rsc="a" role="Master" node="n1" score="5"/>',
            "Promoted a prefers n1 (5)",
        ),
        ('<rsc_location id="l" rsc-pattern="^a" node="n1" score="5"/>', "/^a/ prefers n1 (5)"),
        (
            '<rsc_location id="l" rsc="a"><rule id="r" score="-INFINITY" boolean-op="or">'
            '<expression id="e" attribute="pingd" operation="lt" value="1"/>'
            '<expression id="f" attribute="pingd" operation="not_defined"/></rule></rsc_location>',
            "a (-INFINITY) where pingd lt 1 or not_defined pingd",
        ),
        (
            '<rsc_location id="l" rsc="a"><rule id="r" score-attribute="weight" role="Promoted">'
            '<rule id="r2" boolean-op="and"><expression id="e" attribute="#uname" operation="eq"'
            ' value="n1"/><date_expression id="d" operation="date_spec"><date_spec id="ds"'
            ' hours="9-16"/></date_expression></rule></rule></rsc_location>',
            "a (weight) where Promoted (#uname eq n1 and date spec hours=9-16)",
        ),
        (
            '<rsc_colocation id="c" rsc="a" with-rsc="b" with-rsc-role="Master" score="INFINITY"/>',
            "a runs with Promoted b (INFINITY)",
        ),
        (
            '<rsc_colocation id="c" rsc="a" with-rsc="b" score="-1"/>',
            "a does not run with b (-1)",
        ),
        (
            f'<rsc_colocation id="c" score="10">{_SET.format(n=1, more="")}</rsc_colocation>',
            "a b together (10)",
        ),
        (
            '<rsc_order id="o" first="a" then="b" first-action="promote" then-action="start"/>',
            "promote a, then start b (Mandatory)",
        ),
        (
            '<rsc_order id="o" first="a" then="b" kind="Optional" symmetrical="false"/>',
            "start a, then start b (Optional, not symmetrical)",
        ),
        (
            '<rsc_order id="o" kind="Serialize">'
            + _SET.format(n=1, more='sequential="false"')
            + _SET.format(n=2, more='sequential="false" require-all="false"')
            + "</rsc_order>",
            "(a b), [a b] in order (Serialize)",
        ),
        (
            '<rsc_ticket id="t" rsc="a" ticket="T" loss-policy="stop"/>',
            "a needs ticket T, when lost: stop",
        ),
    ],
)
def test_a_sentence(xml: str, sentence: str) -> None:
    """A constraint says what it does, with its score or kind."""
    assert parsed(xml).sentence == sentence


def test_what_a_move_left_behind() -> None:
    """Constraints made by crm_resource are told from configured ones, with their end if any."""
    ban = parsed(
        '<rsc_location id="cli-ban-a-on-n1" rsc="a"><rule id="r" score="-INFINITY">'
        '<expression id="e" attribute="#uname" operation="eq" value="n1" type="string"/>'
        '<date_expression id="d" operation="lt" end="2026-11-24 12:00:00Z"/></rule></rsc_location>'
    )

    assert ban.is_leftover
    assert ban.until == "2026-11-24 12:00:00Z"
    assert ban.score == "-INFINITY"
    assert not parsed('<rsc_location id="l" rsc="a" node="n1" score="1"/>').is_leftover


def test_which_constraints_touch_a_resource() -> None:
    """Those that name it, what holds it, or a tag that it carries; sets included."""
    root = ElementTree.fromstring(
        f"""<configuration><tags><tag id="all"><obj_ref id="a"/></tag></tags><constraints>
        <rsc_location id="one" rsc="a" node="n1" score="1"/>
        <rsc_colocation id="two" score="1">{_SET.format(n=1, more="")}</rsc_colocation>
        <rsc_order id="three" first="group" then="other"/>
        <rsc_location id="four" rsc="all" node="n1" score="1"/>
        <rsc_location id="five" rsc="other" node="n1" score="1"/>
        </constraints></configuration>"""
    )
    names = ("a", "group", *constraints.tags_of(root, ("a", "group")))

    found = constraints.touching(constraints.parse(root), names)

    assert [each.id for each in found] == ["one", "two", "three", "four"]
