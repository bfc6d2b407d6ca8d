"""Effects of a line: a list of harmless commands, and everything else counts as a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.crmsh import command_table
from crmtui.crmsh.line import levels_passed, parse

if TYPE_CHECKING:
    from crmtui.crmsh.policy import Effect

ROOT: tuple[str, ...] = ()
CONFIGURE = ("configure",)


@pytest.mark.parametrize(
    ("level", "line", "effect"),
    [
        (ROOT, "", "read"),
        (ROOT, "# rm -rf", "read"),
        (ROOT, "configure", "read"),
        (ROOT, "status", "read"),
        (ROOT, "configure show xml", "read"),
        (CONFIGURE, "show", "read"),
        (CONFIGURE, "ra info ocf:heartbeat:IPaddr2", "read"),
        (CONFIGURE, "up", "read"),
        (CONFIGURE, "back", "read"),
        (CONFIGURE, "refresh", "read"),
        (CONFIGURE, "schema", "read"),
        (ROOT, "quit", "read"),
        (ROOT, "?", "read"),
        (ROOT, "resource param web show ip", "read"),
        (("resource",), "failcount web show n1", "read"),
        (ROOT, "site ticket show t", "read"),
        (ROOT, "history transition 12 nograph", "read"),
        (ROOT, "history transition save 12", "own"),
        (ROOT, "cib new plan", "own"),
        (ROOT, "options wait yes", "own"),
        (CONFIGURE, "save /tmp/x", "own"),
        (CONFIGURE, "primitive x Dummy", "stage"),
        (CONFIGURE, "delete x", "stage"),
        (CONFIGURE, "erase", "stage"),
        (CONFIGURE, "schema pacemaker-3.7", "stage"),
        (CONFIGURE, "nonsense", "write"),
        (("configure", "template"), "apply update x", "stage"),
        (("configure", "assist"), "weak_bond a b", "stage"),
        (CONFIGURE, "commit", "commit"),
        (CONFIGURE, "commit force", "commit"),
        (CONFIGURE, "delete --force x", "write"),
        (CONFIGURE, "rm -f x", "write"),
        (CONFIGURE, "rsctest x", "write"),
        (CONFIGURE, "cib commit plan", "write"),
        (ROOT, "configure primitive x Dummy", "write"),
        (ROOT, "configure erase", "write"),
        (ROOT, "configure commit", "write"),
        (ROOT, "configure schema pacemaker-3.7", "write"),
        (("resource",), "param web set ip 1", "write"),
        (("resource",), "param show delete show", "write"),
        (ROOT, "resource stop web", "write"),
        (ROOT, "cib commit plan", "write"),
        (ROOT, "cluster run reboot", "write"),
        (ROOT, "script json x", "write"),
        (ROOT, "frobnicate", "write"),
        (ROOT, "resource 'stop' web", "write"),
        (ROOT, "node 'standby", "write"),
    ],
)
def test_what_a_line_changes(level: tuple[str, ...], line: str, effect: Effect) -> None:
    """A line is understood as crm would: levels, aliases, and the level that it is typed at."""
    assert parse(level, line).effect == effect


def test_a_line_is_resolved() -> None:
    """Levels are entered on the way, and an alias is the command that it stands for."""
    found = parse(("configure",), "cib use live")
    assert (found.path, found.command, found.arguments) == (("configure", "cib"), "use", ("live",))
    assert parse((), "resource migrate web n2").name == "resource move"


CHANGING = {
    "cib": "commit",
    "cluster": "copy crash_test disable enable geo_init geo_init_arbitrator geo_join init join"
    " remove rename restart run start stop",
    "corosync": "add-node del-node edit pull push reload set",
    "link": "add remove update",
    "maintenance": "action off on",
    "node": "attribute clearstate delete fence maintenance online ready standby status-attr"
    " utilization",
    "ra": "validate",
    "resource": "ban cleanup clear demote failcount maintenance manage meta move param promote"
    " refresh restart secret start stop trace unmanage untrace utilization",
    "sbd": "configure device purge",
    "script": "json run verify",
    "site": "ticket",
    "template": "apply",
    "assist": "template weak-bond",
}
"""Every command of the table that changes the cluster, or runs something on it, by level."""


@pytest.mark.parametrize("level", [name for name in command_table.levels() if name != "configure"])
def test_every_command_that_changes_the_cluster_counts_as_one(level: str) -> None:
    """Of the whole table exactly the known ones change the cluster: a new row has to be sorted in."""
    stack = () if level == command_table.ROOT else (level,)
    found = {
        row.name
        for row in command_table.rows(level)
        if not row.is_level and parse(stack, row.name).effect not in ("read", "own")
    }
    assert found == set(CHANGING.get(level, "").split())


@pytest.mark.parametrize(
    ("level", "line", "passed"),
    [
        ((), "configure", (("configure",),)),
        ((), "status", ()),
        (("configure",), "up", ((),)),
        (("configure", "ra"), "back", (("configure",),)),
        ((), "cd configure", (("configure",),)),
        (("configure",), "cd ../resource", ((), ("resource",))),
        (("configure", "ra"), "cd", (("configure",),)),
        ((), "cd ..", ((),)),
        (("configure",), "# up", (("configure",),)),
    ],
)
def test_levels_are_walked_as_crm_does(
    level: tuple[str, ...], line: str, passed: tuple[tuple[str, ...], ...]
) -> None:
    """Each step of ``cd`` counts: what is left on the way is left."""
    assert levels_passed(parse(level, line)) == passed
