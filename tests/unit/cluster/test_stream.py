"""Events of a cluster, told as lines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from crmtui.cluster.freshness import Freshness
from crmtui.cluster.state_words import ASSUMPTION
from crmtui.cluster.stream import Teller, to_json, to_text
from tests.unit.cluster_values import cluster, node, primitive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.cluster.stream import Event

_BEFORE = cluster(primitive("db", "Started", "n1"), nodes=(node("n1"), node("n2")))
_AFTER = cluster(primitive("db", "Started", "n2"), nodes=(node("n1"), node("n2")))
_LOST = cluster(primitive("db", "Stopped"), nodes=(node("n1"), node("n2")))


def _told(events: Iterable[Event]) -> list[str]:
    return [event.text for event in events]


def test_the_state_comes_first() -> None:
    """The first snapshot is told whole, in words and as the JSON of a snapshot."""
    (event,) = Teller("LIVE", "n1").see(_BEFORE, 1000.5)

    assert event.kind == "state"
    assert to_text(event).startswith("OK: ")
    told = json.loads(to_json(event))
    assert told["target"] == {"kind": "LIVE", "name": "n1"}
    assert told["state"]["resources"][0]["id"] == "db"
    when = datetime.fromisoformat(told["when"])
    assert (when.timestamp(), when.tzinfo is None) == (1000.5, False)


def test_each_change_is_a_sentence_that_can_be_read_aloud() -> None:
    """A move has no arrow in it as text; in JSON it is the sentence of the timeline."""
    teller = Teller("LIVE", "n1")
    list(teller.see(_BEFORE, 1.0))

    (event,) = teller.see(_AFTER, 2.0)

    assert event.text.endswith("  moved          db moved n1 to n2\n")
    told = json.loads(to_json(event))
    assert told["event"] == "change"
    assert (told["kind"], told["subject"], told["tone"]) == ("moved", "db", "ok")
    assert told["sentence"] == "db moved n1 → n2"


def test_the_verdict_is_told_when_it_changes_only() -> None:
    """The verdict, for somebody on call, is told when it is another one."""
    teller = Teller("LIVE", "n1")
    list(teller.see(_BEFORE, 1.0))

    bad = _told(teller.see(_LOST, 2.0))
    again = _told(teller.see(replace(_LOST, last_updated="later"), 3.0))
    good = _told(teller.see(_BEFORE, 4.0))

    assert bad[-1].endswith("  CRIT  verdict        CRIT: db is stopped.\n")
    assert again == []
    assert "verdict        OK: " in good[-1]


def test_that_the_state_is_assumed_is_told_when_it_changes_only() -> None:
    """A file whose status section goes or comes back says so, before what is another because of it."""
    teller = Teller("SANDBOX", "cib.xml")
    list(teller.see(_BEFORE, 1.0))

    gone = list(teller.see(replace(_AFTER, is_assumed=True), 2.0))
    again = _told(teller.see(replace(_AFTER, is_assumed=True), 3.0))
    (back,) = teller.see(_AFTER, 4.0)

    assert f"  WARN  status         {ASSUMPTION}\n" in gone[0].text
    assert json.loads(to_json(gone[0]))["event"] == "status"
    assert json.loads(to_json(gone[0]))["assumed"] is True
    assert "db moved" in gone[1].text
    assert again == []
    assert "status         This CIB has a status now" in back.text
    assert json.loads(to_json(back))["assumed"] is False


def test_another_host_is_told_once() -> None:
    """Through which host the cluster is seen is told when it is another one."""
    teller = Teller("SSH", "n1")
    list(teller.see(_BEFORE, 1.0))

    told = [_told(teller.reached(name, 2.0)) for name in ("n1", "n2", "n2")]

    assert told[0] == told[2] == []
    assert "WARN  host           n1 is unreachable: n2 answers instead" in told[1][0]


def test_being_blind_is_told_once_and_so_is_seeing_again() -> None:
    """The word is told with its reason when it changes, not at every second of it."""
    teller = Teller("LIVE", "n1")
    list(teller.see(_BEFORE, 1.0))

    assert _told(teller.freshness(Freshness(age=1.0), 1.5)) == []
    (lost,) = teller.freshness(Freshness("STALE", "crm_mon hangs.", 4.0), 2.0)
    assert _told(teller.freshness(Freshness("STALE", "crm_mon hangs still.", 5.0), 3.0)) == []
    (found,) = teller.freshness(Freshness(age=0.0), 4.0)

    assert "CRIT  sight          STALE: crm_mon hangs." in lost.text
    assert json.loads(to_json(lost))["word"] == "STALE"
    assert "the cluster is seen again" in found.text
    assert json.loads(to_json(found))["word"] == ""
