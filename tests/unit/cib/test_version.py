"""The version of a CIB, and which part of it the configuration raises."""

from __future__ import annotations

import pytest

from crmtui.cib.version import CibVersion
from crmtui.cib.xml import root


def test_a_version_is_read_from_text_and_from_the_parsed_cib() -> None:
    """Both ways give the same numbers; what is not written counts as 0."""
    cib = '<?xml version="1.0"?>\n<cib epoch="12" num_updates="3"><status/></cib>'
    assert CibVersion.of_text(cib) == CibVersion(0, 12, 3)
    assert CibVersion.of(root('<cib epoch="12" num_updates="3"/>', "cibadmin")) == CibVersion(
        0, 12, 3
    )
    assert CibVersion.of_text("Could not connect") is None


def test_a_version_is_written_as_it_is_read() -> None:
    """The action log keeps it as text."""
    assert str(CibVersion(1, 2, 3)) == "1.2.3"
    assert CibVersion.parse("1.2.3") == CibVersion(1, 2, 3)


@pytest.mark.parametrize(
    "text", ["", "1.2", "1.2.3.4", "1.-2.3", "1.2.x", "1.².3", f"1.2.{'9' * 5000}"]
)
def test_what_is_no_version_is_none(text: str) -> None:
    """A damaged log, or a number that nobody counts to, is no version and no error."""
    assert CibVersion.parse(text) is None


@pytest.mark.parametrize("number", ["-1", "x", "²", "9" * 5000])
def test_hostile_numbers_count_as_zero(number: str) -> None:
    """A CIB file can say anything."""
    assert CibVersion.of_text(f'<cib epoch="{number}"/>') == CibVersion()


def test_results_of_operations_leave_the_configuration_as_it_is() -> None:
    """The configuration has its own part, which compares as numbers and not as text."""
    assert CibVersion(0, 9, 1).configuration == CibVersion(0, 9, 8).configuration
    assert CibVersion(0, 9, 1).configuration < CibVersion(0, 10, 0).configuration
    assert CibVersion(0, 10, 0).configuration < CibVersion(1, 0, 0).configuration
