"""Two configurations, as crm prints them, are told apart object by object."""

from __future__ import annotations

from crmtui.cib.text_diff import differences

OLD = """\
node 1: n1
node 2: n2 \\
	attributes standby=on
primitive vip IPaddr2 \\
	params ip=10.0.0.1 \\
	op monitor interval=10s
primitive web systemd:nginx
location vip-on-n1 vip 100: n1
property cib-bootstrap-options: \\
	stonith-enabled=false
"""
NEW = """\
node 1: n1
node 2: n2
primitive vip IPaddr2 \\
	params ip=10.0.0.2 \\
	op monitor interval=10s
property cib-bootstrap-options: \\
	stonith-enabled=false
fencing_topology \\
	n1: a
xml <acl_role id="r"/>
"""


def test_objects_that_came_went_and_changed() -> None:
    """Each object stands there once, deletions first, with the lines that differ marked."""
    found = differences(OLD, NEW)
    assert [(each.kind, each.name) for each in found] == [
        ("removed", "primitive web"),
        ("removed", "location vip-on-n1"),
        ("changed", "node n2"),
        ("changed", "primitive vip"),
        ("added", "fencing_topology"),
        ("added", "xml r"),
    ]
    assert found[3].text == (
        "primitive vip: changed\n"
        "    primitive vip IPaddr2\n"
        "  -     params ip=10.0.0.1\n"
        "  +     params ip=10.0.0.2\n"
        "        op monitor interval=10s"
    )
    assert found[2].lines == ((" ", "node 2: n2"), ("-", "    attributes standby=on"))


def test_the_order_of_objects_is_no_difference() -> None:
    """A configuration printed in another order is the same one."""
    lines = OLD.replace("\\\n", "\x00").splitlines()
    turned = "\n".join(reversed(lines)).replace("\x00", "\\\n")
    assert differences(OLD, turned) == ()
    assert differences(OLD, OLD) == ()
