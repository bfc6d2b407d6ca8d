"""Effects outside of the configuration are told by crm's own words, and else not claimed."""

from __future__ import annotations

import pytest

from crmtui.backend.session.evidence import question, seen

COROSYNC = ("corosync",)
REFUSED = "Could not initialize corosync configuration API error CS_ERR_LIBRARY\n"


@pytest.mark.parametrize(
    ("level", "line", "asked"),
    [
        ((), "corosync set totem.token 5000", "corosync get totem.token"),
        (COROSYNC, "set totem.token 5000", "get totem.token"),
        (COROSYNC, "add_node 10.0.0.9 n9", "get nodelist.node.ring0_addr"),
        ((), "corosync del-node 10.0.0.9", "corosync get nodelist.node.ring0_addr"),
        (COROSYNC, "set totem.token", ""),
        (COROSYNC, "reload", ""),
        ((), "cluster start", ""),
        ((), "", ""),
    ],
)
def test_the_line_that_shows_whether_it_was_done(
    level: tuple[str, ...], line: str, asked: str
) -> None:
    """If crm says nothing and its configuration file does, that is asked for."""
    assert question(level, line) == asked


@pytest.mark.parametrize(
    ("line", "output", "answer", "found"),
    [
        ("cluster start", "INFO: Cluster services started on n1\n", "", "done"),
        ("cluster start", "INFO: The cluster stack started on n1\n", "", "done"),
        ("cluster start", "INFO: Cluster services already started on n1\n", "", "no effect"),
        (
            "cluster start --all",
            "INFO: Cluster services already started on n1\nINFO: Cluster services started on n2\n",
            "",
            "done",
        ),
        ("cluster start", "", "", None),
        ("cluster stop", "INFO: Cluster services stopped on n1\n", "", "done"),
        ("cluster restart", "INFO: Cluster services stopped on n1\n", "", None),
        ("cluster enable --now", "INFO: Cluster services enabled and started on n1\n", "", "done"),
        ("corosync set totem.token 5000", "", "5000\n", "done"),
        ("corosync set nosuch.foo 5", "", "", "no effect"),
        ("corosync set totem.token 5000", "Traceback (most recent call last):\n", "", "failed"),
        ("corosync add-node 10.0.0.9 n9", "", "10.0.0.1\n10.0.0.9\n", "done"),
        ("corosync add-node n1", "WARNING: n1 already in corosync.conf\n", "n1\n", "no effect"),
        ("corosync del-node 10.0.0.9", "", "10.0.0.1\n", "done"),
        ("corosync del-node 10.0.0.9", "", "10.0.0.9\n", "no effect"),
        ("corosync push", "INFO: n2\n", "", "done"),
        ("corosync push", "", "", None),
        ("corosync reload", "", "", "done"),
        ("corosync reload", REFUSED, "", "failed"),
        ("corosync reload", "something else\n", "", None),
        ("corosync pull n2", "Retrieving n2:/c...\nNo change.\n", "", "no effect"),
        ("resource cleanup web", "Cleaned up web on n1\n", "", None),
        (
            "resource cleanup web",
            "Cleaned up web on n1\nWaiting for 1 reply from the controller\n... got reply (done)\n",
            "",
            "done",
        ),
        (
            "resource cleanup web",
            "Error performing operation: No such device or address\n",
            "",
            "failed",
        ),
        (
            "resource cleanup",
            "Cleared the failed operations of all resources on all nodes from the sandbox's copy.\n",
            "",
            "done",
        ),
        ("node fence n1", "", "", None),
    ],
)
def test_what_can_be_seen(line: str, output: str, answer: str, found: str | None) -> None:
    """A success is told as done, what had nothing to do as no effect, and silence proves nothing."""
    assert seen((), line, output, answer) == found
