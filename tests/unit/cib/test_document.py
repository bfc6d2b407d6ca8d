"""A CIB, parsed once."""

from __future__ import annotations

import pytest

from crmtui.cib.document import EMPTY_CIB, Cib
from crmtui.cib.version import CibVersion
from crmtui.errors import CibUnreadable

CIB = (
    '<cib epoch="5" num_updates="7" cib-last-written="Tue" {written}><configuration><resources>'
    '<primitive id="web" class="ocf" provider="pacemaker" type="Dummy"/></resources><constraints>'
    '<rsc_location id="l" rsc="web" score="1" node="n1"/></constraints></configuration></cib>'
)
BY_ROOT = 'update-user="root" update-client="crm_resource" update-origin="n1"'


def test_it_knows_its_version_and_what_is_configured() -> None:
    """Parts that are read often are parsed once: the same value comes each time."""
    cib = Cib.parse(CIB.format(written=""))
    assert cib.version == CibVersion(0, 5, 7)
    assert list(cib.objects.objects) == ["web", "l"]
    assert [each.id for each in cib.constraints] == ["l"]
    assert cib.objects is cib.objects
    assert cib.configuration_text.startswith("<configuration><resources>")


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ("", ""),
        (BY_ROOT, "by root via crm_resource on n1"),
        ('update-client="crmd"', "via crmd"),
        ('update-user="a&#10;b"', "by a b"),
    ],
)
def test_it_knows_who_wrote_it_last(written: str, by: str) -> None:
    """A change is put down to whoever made it, in crm_mon's words, and on one line."""
    cib = Cib.parse(CIB.format(written=written))
    assert (cib.changed_by, cib.last_written) == (by, "Tue")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<cib",
        "\0",
        "<x/>",
        "<status/>",
        "<cib><status/></cib>",
        "<!DOCTYPE cib><cib/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><cib>&b;</cib>',
    ],
)
def test_what_is_no_cib_is_refused(text: str) -> None:
    """Broken or foreign XML, or a bomb, is an error with a sentence, before anybody works with it."""
    with pytest.raises(CibUnreadable):
        Cib.parse(text)


def test_nothing_is_configured_in_an_empty_cib() -> None:
    """A form that knows no CIB has one without objects."""
    assert not EMPTY_CIB.objects.objects
    assert not EMPTY_CIB.constraints
