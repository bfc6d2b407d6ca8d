"""Taking back one change of a configuration, whatever happened since."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from crmtui.cib.document import Cib
from crmtui.cib.invert import ConfigurationChange, Overtaken, inverted
from crmtui.cib.version import CibVersion
from crmtui.forecast.lasting import lasting

NOTHING = "<status/>"


def cib(resources: str = "", *, epoch: int = 1, properties: str = "", constraints: str = "") -> str:
    """Return a CIB with what a test speaks of."""
    return (
        f'<cib admin_epoch="0" epoch="{epoch}" num_updates="7" cib-last-written="Tue" '
        'update-user="root" update-client="crm_resource" update-origin="n1"><configuration>'
        f'<crm_config><cluster_property_set id="cib-bootstrap-options">{properties}'
        f"</cluster_property_set></crm_config><nodes/><resources>{resources}</resources>"
        f"<constraints>{constraints}</constraints></configuration>{NOTHING}</cib>"
    )


def pair(name: str, value: str) -> str:
    """Return a property."""
    return f'<nvpair id="p-{name}" name="{name}" value="{value}"/>'


def dummy(name: str, role: str = "") -> str:
    """Return a resource, perhaps with a target role."""
    meta = (
        f'<meta_attributes id="{name}-m">{pair("target-role", role)}</meta_attributes>'
        if role
        else ""
    )
    return (
        f'<primitive id="{name}" class="ocf" provider="pacemaker" type="Dummy">{meta}</primitive>'
    )


def undone(before: str, after: str, now: str) -> str | Overtaken:
    """Return ``now`` with the change from ``before`` to ``after`` taken back."""
    change = ConfigurationChange.between(Cib.parse(before), Cib.parse(after))
    return inverted(change, Cib.parse(now))


def ids(text: str | Overtaken, section: str = "resources") -> list[str]:
    """Return the ids of a section."""
    assert isinstance(text, str)
    found = ElementTree.fromstring(text).find(f"configuration/{section}")
    assert found is not None
    return [each.get("id", "") for each in found]


def test_a_changed_object_is_what_it_was_and_others_stay() -> None:
    """Only what the change touched goes back; what came later stays."""
    now = cib(dummy("a", "Stopped") + dummy("b") + dummy("c"), epoch=5)
    text = undone(cib(dummy("a") + dummy("b")), cib(dummy("a", "Stopped") + dummy("b")), now)
    assert ids(text) == ["a", "b", "c"]
    assert "Stopped" not in str(text)


def test_what_was_deleted_comes_back_in_its_place() -> None:
    """A deleted object stands where it stood."""
    text = undone(
        cib(dummy("a") + dummy("b") + dummy("c")), cib(dummy("a") + dummy("c")),
        cib(dummy("a") + dummy("c") + dummy("d")),
    )  # fmt: skip
    assert ids(text) == ["a", "b", "c", "d"]


def test_what_was_added_goes() -> None:
    """A new object is removed, with what was made with it."""
    place = '<rsc_location id="l" rsc="b" score="1" node="n1"/>'
    text = undone(cib(dummy("a")), cib(dummy("a") + dummy("b"), constraints=place),
                  cib(dummy("a") + dummy("b"), constraints=place))  # fmt: skip
    assert ids(text) == ["a"]
    assert ids(text, "constraints") == []


def test_a_later_change_of_the_same_object_is_in_the_way() -> None:
    """Nothing is taken back that somebody has changed since; the objects are named."""
    refused = undone(cib(dummy("a")), cib(dummy("a", "Stopped")), cib(dummy("a", "Started")))
    assert isinstance(refused, Overtaken)
    assert refused.objects == ("a",)
    assert "a" in str(refused)


def test_properties_are_taken_back_one_by_one() -> None:
    """A property that the cluster writes meanwhile is not in the way of another."""
    text = undone(
        cib(properties=pair("maintenance-mode", "false")),
        cib(properties=pair("maintenance-mode", "true")),
        cib(properties=pair("maintenance-mode", "true") + pair("last-lrm-refresh", "17")),
    )
    assert 'name="maintenance-mode" value="false"' in str(text)
    assert "last-lrm-refresh" in str(text)


def test_members_of_a_group_go_back_to_where_they_were() -> None:
    """A new group gives its members back."""
    group = f'<group id="g">{dummy("a")}{dummy("b")}</group>'
    text = undone(cib(dummy("a") + dummy("b")), cib(group), cib(group + dummy("c")))
    assert ids(text) == ["a", "b", "c"]


def test_line_breaks_in_other_objects_stay() -> None:
    """Undo writes nothing of what the change did not touch, and puts back what it was to the letter."""
    two = dummy("b").replace("<primitive", '<primitive description="one&#10;two"')
    text = undone(cib(two), cib(two + dummy("a")), cib(two + dummy("a")))
    assert isinstance(text, str)
    assert 'description="one&#10;two"' in text
    back = undone(cib(two), cib(), cib())
    assert isinstance(back, str)
    assert 'description="one&#10;two"' in back


def test_the_version_is_the_next_one() -> None:
    """The result is newer than the CIB that there is, as a versioned patch must be."""
    text = undone(cib(dummy("a")), cib(""), cib("", epoch=41))
    assert isinstance(text, str)
    assert Cib.parse(text).version == CibVersion(0, 42, 0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("node standby n1", None),
        ("configure delete db", None),
        ("resource stop db", None),
        ("status", None),
        ("node standby n1 reboot", "no part of the configuration"),
        ("node fence n1", "switched off or restarted"),
        ("resource cleanup db", "failures are forgotten"),
        ("resource stop db\nresource cleanup db", "failures are forgotten"),
        ("cluster stop", "cluster stop acts outside"),
        ("nosuch", "is not known"),
    ],
)
def test_what_cannot_be_undone_says_so_beforehand(line: str, words: str | None) -> None:
    """Of each line it is known before it runs whether undo takes back all of it."""
    said = lasting(line)
    assert (said is None) if words is None else (said is not None and words in said)
