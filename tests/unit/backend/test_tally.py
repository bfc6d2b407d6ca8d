"""Changed objects are counted as the list of pending changes shows them, and a failed line is known."""

from __future__ import annotations

import pytest

from crmtui.backend.session.uncommitted.tally import Tally
from crmtui.cib.staged_objects import created
from crmtui.crmsh.prompt import CrmPrompt

BASE = "primitive a Dummy\nproperty cib-bootstrap-options: \\\n\tx=1\n"
ERROR = "ERROR: ocf:heartbeat:Dummi: got no meta-data, does this RA exist?\n"
REFUSED = "ERROR: Cannot create primitive with ID 'q1': Found existing primitive with same ID.\n"


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("primitive q1 Dummy", "q1"),
        ("resource q1 Dummy", "q1"),
        ("location $id=l1 q1 inf: n1", "l1"),
        ("order o1: a b", "o1"),
        ("property x=1", ""),
        ("node n1 standby=on", ""),
        ("set a.ip 10.0.0.1", ""),
        ("primitive", ""),
        ("delete q1", ""),
        ("# primitive q1 Dummy", ""),
        ("", ""),
    ],
)
def test_the_object_that_a_line_makes(line: str, made: str) -> None:
    """Only a line that makes an object anew can be replaced by a corrected one."""
    assert created(line) == made


def test_changes_are_counted_against_what_is_committed() -> None:
    """An object is added, changed twice and removed: it counts once, then not at all."""
    tally = Tally()
    tally.begin(BASE)
    assert tally.question == "show"
    assert tally.compare("primitive b Dummy", "", f"{BASE}primitive b Dummy\n") is True
    assert tally.count == 1
    assert tally.compare("set b.x 1", "", f"{BASE}primitive b Dummy params x=1\n") is True
    assert tally.count == 1
    tally.compare("delete b", "", BASE)
    assert tally.count == 0
    tally.compare("delete a", "", BASE.split("\n", 1)[1])
    assert tally.count == 1


def test_a_long_configuration_is_not_counted_but_failed_lines_are_known() -> None:
    """If crm would take long to show all, it shows what changed, and no number is claimed."""
    tally = Tally()
    tally.begin("".join(f"primitive r{number} ocf:pacemaker:Dummy\n" for number in range(3000)))
    assert tally.question == "show changed"
    assert tally.compare("primitive q1 Dummi", ERROR, "primitive q1 Dummi\n") is True
    assert tally.count is None
    assert tally.spoiled == {"q1"}
    assert tally.compare("primitive q1 Dummy", REFUSED, "primitive q1 Dummi\n") is False
    assert tally.compare("delete nosuch r1", ERROR, "primitive q1 Dummi\n") is None


def test_an_object_is_replaceable_until_another_line_names_it() -> None:
    """An object changed since, or there before the error, is never taken back."""
    tally = Tally()
    tally.begin(BASE)
    text = f"{BASE}primitive q1 Dummi\n"
    tally.compare("primitive q1 Dummi", ERROR, text)
    assert tally.spoiler("q1") == "primitive q1 Dummi"
    tally.compare("primitive b Dummy", "", f"{text}primitive b Dummy\n")
    assert tally.spoiled == {"q1"}
    tally.compare("group g b q1", "", f"{text}primitive b Dummy\ngroup g b q1\n")
    assert tally.spoiled == frozenset()
    tally.compare("primitive q1 Dummy", REFUSED, f"{text}primitive b Dummy\ngroup g b q1\n")
    assert tally.spoiled == frozenset()


def test_a_line_below_configure_makes_the_number_unknown() -> None:
    """Lines that crm cannot show are not counted; the next query counts again."""
    tally = Tally()
    tally.begin(BASE)
    tally.miss()
    assert tally.count is None
    assert tally.compare("primitive b Dummy", "", f"{BASE}primitive b Dummy\n") is None
    assert tally.count == 1


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "crm(live/n1)configure# "),
        (3, "crm(live/n1)configure [3 pending]# "),
        (None, "crm(live/n1)configure [uncommitted]# "),
    ],
)
def test_the_prompt_claims_no_number_that_is_not_known(count: int | None, text: str) -> None:
    """Something waits is said without a number where that is all that is known."""
    assert CrmPrompt("live", "n1", ("configure",)).with_count(count) == text
