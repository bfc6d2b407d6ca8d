"""Details of real nodes of both releases: what is asked, who changed what, and the feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.queries.object_details import DetailsQuestion, find_out
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cluster.details.page_facts import PageFacts
from crmtui.cluster.details.resource_page import resource_page
from crmtui.cluster.feed_options import FLAGS, FeedOptions
from crmtui.cluster.timeline import configuration_entries
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.cluster.feed_options import Toggle
    from crmtui.lab import Lab

COMBINATIONS: tuple[tuple[Toggle, ...], ...] = (
    (),
    tuple(FLAGS),
    *((name,) for name in FLAGS),
    ("by_node", "brief"),
    ("by_node", "detail", "failcounts"),
    ("operations", "attributes", "bans", "no_headers"),
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


def _is_what_crm_mon_prints(target: Target, options: FeedOptions) -> None:
    """Compare the feed with crm_mon itself, but for the time of day."""
    feed = take_snapshot(target, command=options.command).feed
    printed = run(target, options.command)

    assert printed.status == 0
    assert printed.errors == ""  # as it would be for an option on its way out
    assert _without_clock(feed) == _without_clock(printed.output.expandtabs(8).rstrip())


def _without_clock(text: str) -> list[str]:
    return [line for line in text.splitlines() if "last updated" not in line.lower()]


def _options(names: tuple[Toggle, ...]) -> FeedOptions:
    options = FeedOptions(frozenset())
    for name in names:
        options = options.toggled(name)
    return options


@pytest.mark.parametrize("names", COMBINATIONS)
def test_the_feed_on_a_file(sandbox: Sandbox, names: tuple[Toggle, ...]) -> None:
    """With any options the feed is what ``crm_mon -1`` prints with them."""
    _is_what_crm_mon_prints(sandbox, _options(names))


@pytest.mark.parametrize("level", range(4))
def test_the_feed_with_fencing_history(sandbox: Sandbox, level: int) -> None:
    """At each level of fencing history the feed is what crm_mon prints."""
    _is_what_crm_mon_prints(sandbox, FeedOptions(fence_history=level))


@pytest.mark.lab
def test_the_feed_on_real_nodes(each_lab: Lab) -> None:
    """Both releases take every option, without a word of warning, and print what is shown."""
    target = each_lab.target("n1")
    for names in ((), tuple(FLAGS), ("by_node", "brief"), ("timing", "detail")):
        _is_what_crm_mon_prints(target, _options(names))
    _is_what_crm_mon_prints(target, FeedOptions(fence_history=3))


@pytest.mark.lab
def test_a_resource_of_a_real_cluster(each_lab: Lab) -> None:
    """Scores, the agent's words, constraints, history, and who changed the configuration are known."""
    target = each_lab.target("n1")
    made = ("crm_resource", "--resource", "closer", "--meta", "--set-parameter")
    create = "primitive closer ocf:pacemaker:Dummy op monitor interval=10s"
    fencing = ("crm_attribute", "--name", "stonith-enabled")
    assert run(target, [*fencing, "--update", "false"]).status == 0
    try:
        assert run(target, ["crm", "configure", *create.split()], timeout=60).status == 0
        before = find_out(target, None, DetailsQuestion(None, 0.0)).cib
        changed = run(target, [*made, "migration-threshold", "--parameter-value", "3"])
        assert changed.status == 0, changed
        run(target, ["crm_resource", "--ban", "--resource", "closer", "--node", "n2"], timeout=60)
        run(target, ["crm_resource", "--wait"], timeout=60)
        knowledge = LiveKnowledge(target)
        learnt = find_out(target, knowledge, DetailsQuestion(None, 0.0, resource="closer"))
        cluster = take_snapshot(target).cluster
    finally:
        run(target, ["crm_resource", "--clear", "--resource", "closer"], timeout=60)
        run(target, ["crm", "--force", "configure", "delete", "closer"], timeout=60)
        run(target, [*fencing, "--delete"])

    assert learnt.troubles == ()
    assert before is not None
    assert learnt.cib is not None
    (entry,) = configuration_entries(before, learnt.cib, 1.0)
    assert re.search(r"by root via \w+ on n1", entry.sentence)  # 3.0.0 has no better word than root
    assert any("migration-threshold=3" in line for line in (entry.sentence, *entry.details))
    page = resource_page("closer", PageFacts(cluster, learnt.cib, learnt.scores, learnt.agents))
    said = {section.title: section for section in page.sections}
    assert [item.clears for item in said["Constraints"].items] == ["closer"]
    assert ("n2", "score -INFINITY") in [
        (item.name, item.value) for item in said["Where it may run"].items
    ]
    assert any("start on n1" in item.name for item in said["Operation history"].items)
    assert said["Agent"].items[0].below
