"""The panes of text by themselves: what they keep, how they scroll, and what they do not lay out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from textual.app import App
from textual.screen import Screen

from crmtui.backend.process.parallel import FEED
from crmtui.tui.presentation.table import Cell, Row
from crmtui.tui.textual_ext.mailbox import Mailbox
from crmtui.tui.theming.marks import ASCII, UNICODE
from crmtui.tui.widgets import output as output_module
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.output import Output
from crmtui.tui.widgets.row_list import Rows
from tests.tui.quiet import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult
    from textual.pilot import Pilot

_SIZE = (40, 30)


class _Panes(App[None]):
    CSS = """
    Output, Feed, Rows { height: 10; scrollbar-size: 1 1; scrollbar-gutter: stable; }
    .output--error { color: red; }
    """

    def compose(self) -> ComposeResult:
        yield Output(glyphs=UNICODE.severity, id="output")
        yield Feed(mark="|", id="feed")
        yield Rows(empty="none", marks=ASCII, id="rows")


@pytest.fixture
async def pilot() -> AsyncIterator[Pilot[None]]:
    """Open the panes, ten lines each."""
    async with _Panes().run_test(size=_SIZE) as pilot:
        yield pilot


def _output(pilot: Pilot[None]) -> Output:
    return pilot.app.query_one(Output)


async def test_long_lines_are_wrapped_and_wrapped_anew_in_another_width(
    pilot: Pilot[None],
) -> None:
    """A line wider than the pane goes on in the next row; nothing of it is lost."""
    output = _output(pilot)
    text = "primitive webip ocf:heartbeat:IPaddr2 params ip=192.0.2.1 cidr_netmask=24"
    output.say(text)
    assert len(output.rows) == 2
    assert " ".join(output.rows) == text
    await pilot.resize_terminal(100, 30)
    await until(pilot, lambda: list(output.rows) == [text])


async def test_output_follows_its_end_unless_scrolled_back(pilot: Pilot[None]) -> None:
    """A reader who has scrolled back keeps the same lines in sight."""
    output = _output(pilot)
    for number in range(30):
        output.say(f"line {number}")
    await pilot.pause()
    assert output.is_vertical_scroll_end
    output.scroll_to(y=5, animate=False)
    output.say("one more")
    assert output.scroll_offset.y == 5
    output.scroll_end(animate=False, immediate=True)
    output.say("another")
    assert output.is_vertical_scroll_end


async def test_old_lines_go_and_those_in_sight_stay(
    pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is bounded; when its oldest lines go, what is in sight does not move."""
    monkeypatch.setattr(output_module, "_LINES", 50)
    output = _output(pilot)
    output.stream("".join(f"line {number}\n" for number in range(50)))
    output.scroll_to(y=20, animate=False)
    output.stream("new\nnew\nnew\n")
    assert len(output.rows) == 50
    assert output.rows[output.scroll_offset.y] == "line 20"
    assert output.rows[-1] == "new"


async def test_an_unfinished_line_is_seen_and_goes_on(pilot: Pilot[None]) -> None:
    """The dots with which crm shows that it waits are seen one by one."""
    output = _output(pilot)
    output.stream("waiting")
    assert list(output.rows) == ["waiting"]
    output.stream(" ....")
    assert list(output.rows) == ["waiting ...."]
    output.stream(" done\nERROR: but")
    assert list(output.rows) == ["waiting .... done", "ERROR: but"]
    output.say("a note", "note")
    assert list(output.rows) == ["waiting .... done", "ERROR: but", "a note"]


async def test_each_command_folds_by_itself(pilot: Pilot[None]) -> None:
    """Output of one command is folded and unfolded, chosen among all; so it is copied."""
    output = _output(pilot)
    for name in ("first", "second", "third"):
        output.say(f"# {name}", "command")
        output.say(f"{name} said\nthis")
        output.finish("", "done", 0.1)
    output.focus()
    await pilot.press("left_curly_bracket", "left_curly_bracket", "enter")
    assert [row.split("   ")[0] for row in output.rows] == [
        *("# first", "first said", "this"),
        *("# second", "# third", "third said", "this"),
    ]
    assert output.rows[3].endswith("+2 lines")
    assert output.last_said == "second said\nthis"
    await pilot.press("enter", "z", "right_curly_bracket", "enter")
    assert [row.split("   ")[0] for row in output.rows] == [
        *("# first", "# second", "# third", "third said", "this"),
    ]
    await pilot.press("z")
    assert len(output.rows) == 9


async def test_content_that_changes_lays_nothing_out(pilot: Pilot[None]) -> None:
    """To lay the screen out takes longer than all else between a change and its picture."""
    output, feed, rows = _output(pilot), pilot.app.query_one(Feed), pilot.app.query_one(Rows)
    many = [Row(str(number), (Cell(f"node {number}"),)) for number in range(20)]
    output.stream("line\n" * 20)
    feed.show("line\n" * 20, FEED)
    rows.show_rows(many)
    await pilot.pause()
    with mock.patch.object(Screen, "_refresh_layout", autospec=True) as layout:
        output.stream("more\n" * 5)
        output.say("a note", "note")
        feed.show("line\n" * 19 + "another, longer line\n" * 5, FEED)
        rows.show_rows(many[3:])
        await pilot.pause(0.1)
    assert layout.call_count == 0
    assert output.is_vertical_scroll_end
    assert rows.virtual_size.height == 17


def test_a_mailbox_rings_once_for_what_comes_together() -> None:
    """Events that come before the first is taken are handed over with it, in their order."""
    rings: list[None] = []
    box: Mailbox[int] = Mailbox(lambda: rings.append(None))
    box.put(1)
    box.put(2)
    assert len(rings) == 1
    assert box.take() == [1, 2]
    box.put(3)
    assert len(rings) == 2
    assert box.take() == [3]
    assert box.take() == []
