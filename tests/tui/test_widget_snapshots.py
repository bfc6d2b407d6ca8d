"""Each widget looks as it was recorded: its own snapshot, without the rest of the screen."""

from __future__ import annotations

import importlib
import pkgutil
import time
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from textual.widget import Widget

from crmtui.cluster.details.page import Item, Page, PageSection, Reference
from crmtui.cluster.freshness import Freshness
from crmtui.cluster.timeline import Timeline, TimelineEntry
from crmtui.cluster.verdict import judge
from crmtui.completion.usage import Usage
from crmtui.crmsh.prompt import CrmQuestion
from crmtui.editor.view import LineView, MenuItem, Remarks
from crmtui.forecast.model import Forecast, ScheduledAction, World
from crmtui.lint import LintFinding
from crmtui.tui import widgets
from crmtui.tui.presentation.headline import pieces
from crmtui.tui.theming.marks import ASCII, UNICODE
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.crm_lines import CrmLines
from crmtui.tui.widgets.dialogs import Options, Reading
from crmtui.tui.widgets.feed import Feed
from crmtui.tui.widgets.filter_bar import FilterBar
from crmtui.tui.widgets.forecast_line import ForecastLine
from crmtui.tui.widgets.header import Header
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.tui.widgets.listing import Listing
from crmtui.tui.widgets.long_help import LongHelp
from crmtui.tui.widgets.menu import Menu
from crmtui.tui.widgets.output import Output
from crmtui.tui.widgets.page_pane import PagePane
from crmtui.tui.widgets.panes import NodesPane, ObjectsPane, ResourcesPane
from crmtui.tui.widgets.row_list import Rows
from crmtui.tui.widgets.sheet import Sheet
from crmtui.tui.widgets.timeline_pane import TimelinePane
from crmtui.tui.widgets.usage_line import UsageLine
from tests.tui import svg_snapshot
from tests.tui.svg_snapshot import Stage
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SMALL, _WIDE = (80, 24), (160, 50)
_SEEN, _STALE = Freshness(age=3.0), Freshness("STALE", "n1 does not answer", 99.0)
_NOW = 1_704_597_255.0  # 2024-01-07 03:14:15 UTC
_BASES = {Listing, ObjectsPane, Rows, Sheet}
"""Classes that are never on a screen themselves."""

_CLUSTER = cluster(
    primitive("webip", "Started", "n1"),
    holder(
        "clone",
        "db-clone",
        primitive("db", "Promoted", "n1"),
        primitive("db", "Unpromoted", "n2"),
        primitive("db", "Stopped"),
        flags=("promotable",),
    ),
    holder(
        "group",
        "shop",
        primitive("shop-fs", "FAILED", "n2", flags=("blocked",)),
        primitive("shop-app", "Stopped", flags=("disabled",)),
    ),
    nodes=(
        node("n1", running=2),
        node("n2", "standby", running=2),
        node("n3", "UNCLEAN (offline)"),
    ),
)
_ITEM = MenuItem("ip", "IPv4 address", type="string", is_required=True, matches=(0,))
_NIC = MenuItem(
    "nic", "Interface", "string", "eth0", detail="The interface that gets the address.\n\nOptional."
)
_TYPED = "primitive ip1 ocf:heartbeat:IPaddr2 params i"
_WRONG = LintFinding(10, 13, "error", 'There is a resource "ip1" already.')
_LINE = LineView(
    _TYPED,
    len(_TYPED),
    "p=10.0.0.1",
    (_ITEM, _NIC),
    1,
    remarks=Remarks(
        (_WRONG,),
        Usage("primitive <rsc> <class:provider:type> [params name=value ...]", 39, 62),
        "params",
        "Instance parameters.\n\n* one = two\n* long words that go on, and on, and wrap at last"
        * 2,
    ),
)
_FORECAST = Forecast(
    "node standby n1",
    "webip stops for good, db is promoted on n2",
    (ScheduledAction("stop", "webip", "n1", source="n1"),),
    lost=("webip",),
    before=World(_CLUSTER.nodes, _CLUSTER.resources),
    after=World(_CLUSTER.nodes, (primitive("webip", "Stopped"), *_CLUSTER.resources[1:])),
)


@dataclass(frozen=True)
class _Scene:
    """Widget with what it shows."""

    make: Callable[[], Widget]
    show: Callable[[Any], None] = lambda _widget: None
    size: tuple[int, int] = _SMALL
    theme: str = "dark"
    is_plain: bool = False
    has_focus: bool = False
    keys: tuple[str, ...] = ()


def _nodes() -> NodesPane:
    return NodesPane(marks=UNICODE, empty="No nodes", id="nodes")


def _resources(marks: Any = UNICODE) -> ResourcesPane:
    return ResourcesPane(marks=marks, empty="No resources", id="resources")


def _command() -> CommandLine:
    return CommandLine(methods={}, outer_keys=frozenset(), id="command")


def _fill_header(header: Header, freshness: Freshness) -> None:
    header.parts = tuple(pieces("SSH", "n1", _CLUSTER, judge(_CLUSTER), freshness))


def _fill_feed(feed: Feed) -> None:
    lines = ["Cluster Summary:", "  * Stack: corosync", "  * [bold]no markup[/]", "Node List:"]
    feed.show("\n".join(lines), feed.command)
    feed.show("\n".join([*lines, "  * Online: [ n1 n2 ]"]), feed.command)
    feed.narrow("node")


def _fill_timeline(timeline: TimelinePane) -> None:
    kept = Timeline()
    kept.add(
        [
            TimelineEntry(_NOW - 86_400, "seen", "", "crmtui began to watch"),
            TimelineEntry(_NOW - 60, "node", "n3", "n3 is UNCLEAN", "crit", ("was online",)),
            TimelineEntry(_NOW - 5, "moved", "webip", "webip moved n3 → n1", "warn"),
        ]
    )
    timeline.show(kept)


def _fill_page(page: PagePane) -> None:
    page.display = True
    state = Item("state", "FAILED", "on n2: not running", "crit", Reference("node", "n2"))
    below = Item("score", "-INFINITY", "of a ban " * 12, "warn", clears="webip", below=(state,))
    sections = (PageSection("State", (state,), "now"), PageSection("Placement", (below,)))
    page.show_page(Page(Reference("resource", "webip"), "webip", sections))
    page.entitle()


def _fill_output(output: Output) -> None:
    output.say("crm(live/n1)# resource move webip n3", "command")
    output.stream("ERROR: node n3 is not [bold]online[/]\n", is_error=True)
    output.finish("resource move webip n3", "failed", 0.5)
    output.say("crm(live/n1)# status", "command")
    output.stream("Stack: corosync\nOnline: [ n1 n2 ]\n")
    output.finish("status", "done", 2.0)
    output.say("n3 was fenced.", "warning")


def _fill_bar(bar: FilterBar) -> None:
    class Pane:
        narrowed_by = ""

        def narrow(self, text: str) -> None:
            raise AssertionError(text)

    bar.cursor_blink = False
    bar.ask(Pane(), "a name, or column=value")


def _prompt(command: CommandLine) -> None:
    command.show_prompt("crm(live/n1)configure# ")


def _ask(command: CommandLine) -> None:
    command.ask(CrmQuestion("Do you want to commit? (y/n) ", "yes_no"))


def _show_by(view: Any) -> Callable[[ResourcesPane], None]:
    def show(pane: ResourcesPane) -> None:
        pane.view = view
        pane.show(_CLUSTER)

    return show


def _foresee(pane: ResourcesPane) -> None:
    pane.show(_CLUSTER)
    pane.foresee(_FORECAST)


def _filtered(pane: ResourcesPane) -> None:
    pane.show(_CLUSTER)
    pane.narrow("db")


_SCENES = {
    "header": _Scene(lambda: Header(id="header"), lambda each: _fill_header(each, _SEEN), _WIDE),
    "header-small": _Scene(lambda: Header(id="header"), lambda each: _fill_header(each, _SEEN)),
    "header-stale": _Scene(lambda: Header(id="header"), lambda each: _fill_header(each, _STALE)),
    "key-line": _Scene(_nodes, has_focus=True),
    "nodes": _Scene(_nodes, lambda pane: pane.show(_CLUSTER), has_focus=True),
    "resources": _Scene(_resources, lambda pane: pane.show(_CLUSTER)),
    "resources-wide": _Scene(_resources, lambda pane: pane.show(_CLUSTER), _WIDE, has_focus=True),
    "resources-by-node": _Scene(_resources, _show_by("by node")),
    "resources-matrix": _Scene(_resources, _show_by("matrix")),
    "resources-foreseen": _Scene(_resources, _foresee, theme="light"),
    "resources-filtered": _Scene(_resources, _filtered, theme="high-contrast"),
    "resources-plain": _Scene(
        lambda: _resources(ASCII), lambda pane: pane.show(_CLUSTER), is_plain=True, has_focus=True
    ),
    "feed": _Scene(lambda: Feed(mark=UNICODE.changed, id="feed"), _fill_feed),
    "timeline": _Scene(lambda: TimelinePane(marks=UNICODE, id="timeline"), _fill_timeline),
    "page": _Scene(lambda: PagePane(marks=UNICODE, id="page"), _fill_page),
    "page-wide": _Scene(lambda: PagePane(marks=UNICODE, id="page"), _fill_page, _WIDE),
    "output": _Scene(lambda: Output(glyphs=UNICODE.severity, id="output"), _fill_output),
    "output-plain": _Scene(
        lambda: Output(glyphs=ASCII.severity, id="output"), _fill_output, is_plain=True
    ),
    "command-line": _Scene(_command, _prompt, has_focus=True),
    "command-line-question": _Scene(_command, _ask, has_focus=True),
    "menu": _Scene(lambda: Menu(id="menu"), lambda each: each.show(_LINE, is_telling=True)),
    "menu-wide": _Scene(
        lambda: Menu(id="menu"),
        lambda each: each.show(replace(_LINE, menu=[_ITEM] * 30, selected=None), is_telling=False),
        _WIDE,
    ),
    "long-help": _Scene(lambda: LongHelp(id="long-help"), lambda each: each.show(_LINE)),
    "long-help-of-the-place": _Scene(
        lambda: LongHelp(id="long-help"), lambda each: each.show(replace(_LINE, menu=()))
    ),
    "usage-line": _Scene(
        lambda: UsageLine("Tab completes", id="usage"), lambda each: each.show(_LINE)
    ),
    "usage-line-empty": _Scene(lambda: UsageLine("Tab completes", id="usage")),
    "filter-bar": _Scene(FilterBar, _fill_bar),
    "forecast-line": _Scene(lambda: ForecastLine(id="forecast"), lambda each: each.show(_FORECAST)),
    "forecast-line-refusal": _Scene(
        lambda: ForecastLine(id="forecast"), lambda each: each.refuse("Locked: press F9 first.")
    ),
    "crm-lines": _Scene(lambda: CrmLines("primitive ip1 IPaddr2 \\\n  params ip=10.0.0.1")),
    "options": _Scene(lambda: Options("Undo", "Redo", "Quit"), has_focus=True, keys=("down",)),
    "reading": _Scene(lambda: Reading(CrmLines("\n".join(f"line {at}" for at in range(40))))),
}


@pytest.fixture(autouse=True)
def _pinned_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stopped = SimpleNamespace(time=lambda: _NOW)
    monkeypatch.setattr("crmtui.tui.widgets.timeline_pane.time", stopped)
    monkeypatch.setattr(CommandLine, "view", _LINE)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", _SCENES)
async def test_a_widget_looks_as_it_was_recorded(name: str) -> None:
    """Text, colours and attributes are those of the snapshot."""
    scene = _SCENES[name]
    widget = scene.make()
    others = [KeyLine()] if name == "key-line" else []
    app = Stage(widget, *others, theme=scene.theme, is_plain=scene.is_plain)
    async with app.run_test(size=scene.size) as pilot:
        await pilot.pause()
        if scene.has_focus:
            app.screen.set_focus(widget)
        scene.show(widget)
        await pilot.press(*scene.keys)
        await pilot.pause()

        svg = svg_snapshot.picture(app)
    svg_snapshot.check(name, svg)


def _widget_classes() -> Iterator[type[Widget]]:
    for found in pkgutil.iter_modules(widgets.__path__, f"{widgets.__name__}."):
        module = importlib.import_module(found.name)
        for each in vars(module).values():
            if (
                isinstance(each, type)
                and issubclass(each, Widget)
                and each.__module__ == found.name
            ):
                yield each


def test_each_widget_has_a_snapshot() -> None:
    """A new widget is recorded, too, and no snapshot is left of one that has gone."""
    shown = {type(scene.make()) for scene in _SCENES.values()} | {KeyLine}

    assert set(_widget_classes()) == shown | _BASES
    assert {path.stem for path in svg_snapshot.FOLDER.glob("*.svg")} == set(_SCENES)


def test_a_widget_that_looks_otherwise_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Lines that differ are shown, and how to record them. Other versions are skipped, but not in CI."""
    monkeypatch.setattr(svg_snapshot, "FOLDER", tmp_path)
    monkeypatch.setattr(svg_snapshot, "VERSIONS", tmp_path / "versions.txt")
    svg_snapshot.check("some", "<svg>before</svg>", {"CRMTUI_SNAPSHOTS": "update"})

    svg_snapshot.check("some", "<svg>before</svg>", {})
    with pytest.raises(pytest.fail.Exception, match=r"(?s)<svg>after.*CRMTUI_SNAPSHOTS=update"):
        svg_snapshot.check("some", "<svg>after</svg>", {})
    (tmp_path / "versions.txt").write_text("textual 0.1\n")
    with pytest.raises(pytest.skip.Exception, match=r"made with textual 0\.1"):
        svg_snapshot.check("some", "<svg>after</svg>", {})
    with pytest.raises(pytest.fail.Exception, match=r"made with textual 0\.1"):
        svg_snapshot.check("some", "<svg>after</svg>", {"CI": "true"})
