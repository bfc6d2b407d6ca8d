"""Rows, top line and ASCII mode of a cluster."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.segment import Segment
from textual.color import Color

from crmtui.cluster.crm_mon import parse
from crmtui.cluster.freshness import Freshness
from crmtui.cluster.verdict import Verdict
from crmtui.tui.presentation.headline import Piece, age, fitted, pieces, unseen
from crmtui.tui.presentation.rows import node_rows, resource_rows
from crmtui.tui.theming.ascii import AsciiFilter
from crmtui.tui.theming.marks import ASCII, UNICODE, in_ascii

XML = """<pacemaker-result api-version="2.25" request="crm_mon">
 <summary><stack type="corosync"/>
  <current_dc present="true" name="n1" id="1" with_quorum="true" version="2.1.5"/>
  <nodes_configured number="2"/><resources_configured number="3" disabled="0" blocked="0"/>
  <cluster_options stonith-enabled="true" maintenance-mode="false" no-quorum-policy="stop"/></summary>
 <nodes>
  <node name="n1" id="1" online="true" standby="false" standby_onfail="false" maintenance="false"
   pending="false" unclean="false" health="green" shutdown="false" expected_up="true" is_dc="true"
   resources_running="2" type="member"/>
  <node name="[b]n2" id="2" online="true" standby="true" standby_onfail="false" maintenance="false"
   pending="false" unclean="false" health="red" shutdown="false" expected_up="true" is_dc="false"
   resources_running="0" type="member"/>
 </nodes>
 <resources>
  <clone id="c" multi_state="false" unique="false" managed="true" failed="false" failure_ignored="false">
   <resource id="p" resource_agent="ocf:pacemaker:ping" role="Started" active="true" orphaned="false"
    blocked="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="1">
    <node name="n1" id="1" cached="true"/></resource>
   <resource id="p" resource_agent="ocf:pacemaker:ping" role="Stopped" active="false" orphaned="false"
    blocked="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="0"/>
  </clone>
 </resources><status code="0" message="OK"/></pacemaker-result>"""

CLUSTER = parse.parse(XML, name="lab")


def test_a_node_is_word_and_glyph() -> None:
    """A node's row has its glyph and name, crm_mon's word for its state, and what is special."""
    first, second = node_rows(CLUSTER, UNICODE)

    assert [cell.text for cell in first.cells] == ["● n1", "online", "2 running", "DC"]
    assert second.key == "[b]n2"
    assert second.cells[0].text.endswith("[b]n2")
    assert second.cells[3].text == "health red"


def test_ascii_glyphs() -> None:
    """In ASCII the same states have signs that every terminal shows."""
    assert all(row.cells[0].text.isascii() for row in node_rows(CLUSTER, ASCII))


def test_instances_have_keys_of_their_own() -> None:
    """Two instances of a clone share their id, yet their rows are told apart."""
    rows = resource_rows(CLUSTER, UNICODE)

    assert [row.depth for row in rows] == [0, 1, 1]
    assert rows[0].is_parent
    assert len({row.key for row in rows}) == 3


def test_the_top_line_says_it_all() -> None:
    """Badge, name, verdict, reason, DC, quorum, counts and age stand in the top line."""
    parts = pieces("LAB", "n1", CLUSTER, Verdict("WARN", "n2 is standby."), Freshness(age=3.0))

    assert [part.text for part in parts][:4] == ["LAB", "lab", "WARN", "n2 is standby."]
    assert "DC n1" in [part.text for part in parts]
    assert "quorum" in [part.text for part in parts]
    assert parts[-1].text == "3 s old"


def test_the_verdict_stays_when_there_is_no_room() -> None:
    """On a narrow screen counts go first; badge and verdict stay."""
    parts = pieces("SANDBOX", "demo", CLUSTER, Verdict("CRIT", "x" * 60), Freshness(age=3.0))

    kept = [part.text for part in fitted(parts, 40)]

    assert "SANDBOX" in kept
    assert "CRIT" in kept
    assert "2/2 nodes" not in kept


def test_without_a_snapshot() -> None:
    """Before the first snapshot there is the target, and that nothing is known."""
    parts = pieces("LIVE", "n1", None, None, Freshness("BLIND", "looking"))

    assert [part.text for part in parts] == ["LIVE", "n1", "BLIND", "looking"]
    assert isinstance(parts[0], Piece)


def test_an_old_snapshot_has_no_verdict() -> None:
    """A stale snapshot says how old it is and why, however good it was, and nothing of it stands out."""
    stale = Freshness("STALE", "crm_mon gave no answer.", 67.0)

    parts = pieces("LIVE", "n1", CLUSTER, Verdict("OK", "all runs"), stale)

    assert [part.text for part in parts][2:4] == ["STALE 01:07", "crm_mon gave no answer."]
    assert "verdict-ok" not in {part.tone for part in parts}
    assert {part.tone for part in parts[4:]} == {"dim"}


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.9, "59 s"), (61, "1 min"), (7300, "2 h")]
)
def test_ages(seconds: float, text: str) -> None:
    """An age is a few characters."""
    assert age(seconds) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("┏━┓│", "+-+|"), ("n1 → n2…", "n1 > n2~"), ("größe", "gr??e"), ("ok", "ok")],
)
def test_ascii_text(text: str, expected: str) -> None:
    """Lines become lines, and what has no likeness a question mark."""
    assert in_ascii(text) == expected


def test_the_filter_keeps_the_width() -> None:
    """A wide character is replaced by as many as it had columns."""
    (segment,) = AsciiFilter().apply([Segment("日本")], Color(0, 0, 0))

    assert segment.text == "????"


def test_fencing_that_is_off_is_always_said() -> None:
    """The top line tells of fencing that is off, whatever else is wrong and however narrow it is."""
    off = replace(CLUSTER, is_fencing_enabled=False)
    parts = pieces(
        "LAB", "n1", off, Verdict("CRIT", "n2 is UNCLEAN (offline)."), Freshness(age=3.0)
    )

    assert "no fencing" in [part.text for part in fitted(parts, 80)]


@pytest.mark.parametrize(
    ("faults", "said"), [(0, []), (1, ["1 new fault: 5"]), (12, ["12 new faults: 5"])]
)
def test_new_faults_name_the_key_that_shows_them(faults: int, said: list[str]) -> None:
    """Faults that nobody has looked at are counted, with the key to look."""
    assert [part.text for part in unseen(faults, "5")] == said
