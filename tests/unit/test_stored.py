"""Values read back from files of ours have the types that they should have, or are not taken."""

from __future__ import annotations

import json

import pytest

from crmtui.stored import Damaged, Record, parsed

WRONG: tuple[object, ...] = (None, True, [], {}, "x", -1, 1e300, float("nan"), float("inf"))


@pytest.mark.parametrize("value", [None, True, 5, 1.5, [], ["x"], {}])
def test_a_text_is_a_text(value: object) -> None:
    """Nothing is turned into one."""
    with pytest.raises(Damaged, match="it has to be a text"):
        Record({"it": value}).text("it")


@pytest.mark.parametrize("value", [*WRONG, 253_402_300_800])
def test_a_time_is_one_that_a_clock_can_show(value: object) -> None:
    """No year behind 9999, none before 1970, and no flag."""
    with pytest.raises(Damaged):
        Record({"it": value}).time("it")


@pytest.mark.parametrize("value", [*WRONG, 1.5])
def test_a_whole_number_is_one(value: object) -> None:
    """No flag, no fraction, none below zero."""
    with pytest.raises(Damaged):
        Record({"it": value}).whole("it")


@pytest.mark.parametrize("value", [None, 5, "x", ["x", 5], [["x"]], {"x": "y"}])
def test_texts_are_a_list_of_texts(value: object) -> None:
    """A text is not taken for a list of its letters."""
    with pytest.raises(Damaged):
        Record({"it": value}).texts("it", ())


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", "[" * 100_000, "\x00", b"\xff\xfe"])
def test_what_is_no_object_is_damaged(text: str | bytes) -> None:
    """One kind of error tells of it, however broken it is."""
    with pytest.raises(Damaged):
        Record.parse(text)


def test_what_is_right_is_taken() -> None:
    """Each value comes back as it was written; one that is missing is the default."""
    values = {"text": "x", "texts": ["x", "y"], "whole": 5, "time": 7, "table": {"x": "y"}}
    found = Record.parse(json.dumps({**values, "records": [{"a": "b"}, 5]}))
    assert (found.text("text"), found.texts("texts"), found.whole("whole")) == ("x", ("x", "y"), 5)
    assert (found.time("time"), found.table("table")) == (7.0, {"x": "y"})
    assert [each.text("a") for each in found.records("records")] == ["b"]
    assert (found.text("none", "z"), found.texts("none", ())) == ("z", ())
    assert parsed("[1]") == [1]
    for ask in (found.text, found.texts, found.whole, found.time, found.table, found.records):
        with pytest.raises(Damaged):
            ask("none")
