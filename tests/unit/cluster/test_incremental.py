"""Snapshot after snapshot is read as each alone would be, and what did not change is the same object."""

from __future__ import annotations

import pytest

from crmtui.cluster.crm_mon import parse
from crmtui.cluster.crm_mon.incremental import CrmMonReader
from crmtui.errors import CibUnreadable, ClusterUnavailable
from tests.unit.cluster.test_crm_mon import DATA, RECORDED, document


def text(name: str) -> str:
    """Return recorded XML."""
    return (DATA / f"{name}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RECORDED)
def test_a_snapshot_is_what_it_is_alone(name: str) -> None:
    """Each snapshot gives the cluster that a reader of it alone gives, whatever was read before."""
    reader = CrmMonReader()
    for each in (*RECORDED, name, name):
        reader.read(text(each))

    assert reader.read(text(name)) == parse.parse(text(name))


def test_what_changed_is_read_anew() -> None:
    """After a change only what it touches is another object; a change of a probe is one."""
    reader = CrmMonReader()
    old = text("flags-3.0.0")
    first = reader.read(old)
    new = old.replace('id="unmanaged" resource_agent="ocf:pacemaker:Dummy" role="Started"',
                      'id="unmanaged" resource_agent="ocf:pacemaker:Dummy" role="Stopping"')  # fmt: skip
    second = reader.read(new)
    third = reader.read(new.replace('rc_text="Not installed"', 'rc_text="Gone"'))

    differing = [b.id for a, b in zip(first.resources, second.resources, strict=True) if a is not b]
    assert differing == ["unmanaged"]
    assert second == parse.parse(new)
    assert [each.flags for each in third.resources if each.id == "absent"] == [("Gone",)]


@pytest.mark.parametrize("name", ["flags-2.1.5", "nodes-3.0.0"])
def test_another_layout_is_read_all_the_same(name: str) -> None:
    """XML that is not laid out line by line is read as a whole."""
    flat = text(name).replace("\n    ", "\n").replace("\n  ", "\n")

    assert CrmMonReader().read(flat) == parse.parse(text(name))
    assert CrmMonReader().read(text(name).replace("\n", "")) == parse.parse(text(name))


def test_broken_output_is_an_error() -> None:
    """Truncated, empty and foreign output is refused as ever."""
    reader = CrmMonReader()
    for cut in ("", text("flags-3.0.0")[:2000], text("flags-3.0.0")[:-100], "<html/>"):
        with pytest.raises(CibUnreadable):
            reader.read(cut)
    with pytest.raises(ClusterUnavailable):
        reader.read(
            '<pacemaker-result><crm-mon-disconnected/><status code="102"/></pacemaker-result>'
        )
    assert reader.read(document("")).resources == ()
