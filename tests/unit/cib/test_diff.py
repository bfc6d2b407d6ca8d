"""Differences between two configurations."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui.cib.diff import differences
from crmtui.cib.secrets import MASK, is_secret, shown
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element


@pytest.fixture
def before() -> Element:
    """Return the configuration of the demo cluster."""
    found = ElementTree.fromstring(demo_cib()).find("configuration")
    assert found is not None
    return found


def _find(root: Element, path: str) -> Element:
    found = root.find(path)
    assert found is not None
    return found


def _new_address(root: Element) -> None:
    _find(root, ".//nvpair[@value='10.0.0.80']").set("value", "10.0.0.81")


def _new_ids_only(root: Element) -> None:
    for pair in root.iter("nvpair"):
        pair.set("id", f"new-{pair.get('id')}")


def _longer_timeout(root: Element) -> None:
    _find(root, ".//op[@id='webip-monitor-10s']").set("timeout", "40s")


def _no_backup(root: Element) -> None:
    resources = _find(root, "resources")
    resources.remove(_find(resources, "primitive[@id='backup']"))


def _one_more(root: Element) -> None:
    made = {"id": "mail", "class": "ocf", "provider": "pacemaker", "type": "Dummy"}
    ElementTree.SubElement(_find(root, ".//group"), "primitive", made)


def _ban(root: Element) -> None:
    made = {"id": "cli-ban-webip-on-alpha", "rsc": "webip", "node": "alpha", "score": "-INFINITY"}
    ElementTree.SubElement(_find(root, "constraints"), "rsc_location", made)


def _password(root: Element) -> None:
    pair = {"id": "pw", "name": "password", "value": "sesame"}
    ElementTree.SubElement(
        _find(root, ".//primitive[@id='fence-alpha']/instance_attributes"), "nvpair", pair
    )


def _standby(root: Element) -> None:
    held = ElementTree.SubElement(
        _find(root, ".//node[@uname='beta']"), "instance_attributes", {"id": "x"}
    )
    ElementTree.SubElement(held, "nvpair", {"id": "y", "name": "standby", "value": "on"})


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (_new_ids_only, []),
        (_new_address, ["~ webip params ip=10.0.0.80 → 10.0.0.81"]),
        (
            _longer_timeout,
            [
                "~ webip op monitor interval=10s timeout=20s → monitor interval=10s timeout=40s",
            ],
        ),
        (_no_backup, ["- primitive backup ocf:pacemaker:Dummy"]),
        (
            _one_more,
            [
                "~ webservice members=webip webserver → webip webserver mail",
                "+ primitive mail ocf:pacemaker:Dummy",
            ],
        ),
        (_ban, ["+ location cli-ban-webip-on-alpha rsc=webip node=alpha score=-INFINITY"]),
        (_password, [f"+ fence-alpha params password={MASK}"]),
        (_standby, ["+ beta params standby=on"]),
    ],
)
def test_a_difference(before: Element, change: Callable[[Element], None], lines: list[str]) -> None:
    """A change is one short line that names the object; secrets are not part of it."""
    after = copy.deepcopy(before)
    change(after)

    assert [str(each) for each in differences(before, after)] == lines


def test_another_password_is_told_but_not_shown(before: Element) -> None:
    """That a secret became another one is worth knowing, what it is or was is not."""
    _password(before)
    after = copy.deepcopy(before)
    _find(after, ".//nvpair[@id='pw']").set("value", "open")

    (found,) = differences(before, after)

    assert str(found) == f"~ fence-alpha params password={MASK} → {MASK}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("passwd", True),
        ("password", True),
        ("snmp_priv_passwd", True),
        ("secret_key", True),
        ("token", True),
        ("passwd_script", False),
        ("password_script", False),
        ("ip", False),
        ("pcmk_host_list", False),
    ],
)
def test_what_is_secret(name: str, expected: bool) -> None:
    """Parameters that hold a secret are told by their name, as crmsh does."""
    assert is_secret(name) is expected
    assert (shown(name, "x") == MASK) is expected
