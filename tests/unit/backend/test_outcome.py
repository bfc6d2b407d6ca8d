"""The outcome of a line is told by its errors and by what changed, and never only claimed."""

from __future__ import annotations

import pytest

from crmtui.backend.session.outcome import changes_cib, outcome

CONFIGURE = ("configure",)


@pytest.mark.parametrize(
    ("level", "line", "changes"),
    [
        ((), "node standby n1", True),
        (("node",), "standby n1", True),
        (("resource",), "stop web", True),
        (("resource",), "status", False),
        ((), "resource", False),
        ((), "resource cleanup web", False),
        ((), "configure primitive a Dummy", True),
        ((), "configure show", False),
        (CONFIGURE, "commit", True),
        (CONFIGURE, "primitive a Dummy", False),
        (CONFIGURE, "show", False),
        ((), "cluster stop", False),
        ((), "status", False),
        ((), "", False),
    ],
)
def test_lines_that_change_the_cib(level: tuple[str, ...], line: str, *, changes: bool) -> None:
    """Only where the configuration is to change at once its version is asked for before and after."""
    assert changes_cib(level, line) is changes


@pytest.mark.parametrize(
    ("level", "line", "facts", "found"),
    [
        ((), "status", {}, "done"),
        ((), "resource stop nosuch", {"has_errors": True, "moved": False}, "failed"),
        ((), "resource stop web", {"moved": True}, "done"),
        ((), "resource stop web", {"moved": False}, "no effect"),
        ((), "resource stop web", {"moved": None}, "unknown"),
        ((), "resource move web n9", {"moved": False, "complaints": "Node not found"}, "failed"),
        ((), "resource move web n2", {"moved": True, "complaints": "a warning"}, "done"),
        ((), "node standby n1", {"was_interrupted": True, "moved": True}, "unknown"),
        ((), "node fence n1", {}, "unknown"),
        ((), "cluster stop", {}, "unknown"),
        ((), "cluster status", {}, "done"),
        (("cluster",), "stop", {}, "unknown"),
        (("cluster",), "up", {}, "done"),
        (CONFIGURE, "primitive a Dummy", {"has_staged": True}, "done"),
        (CONFIGURE, "edit", {}, "no effect"),
        (CONFIGURE, "cd", {"was_declined": True}, "no effect"),
        (CONFIGURE, "filter cat", {"was_interrupted": True}, "no effect"),
        (CONFIGURE, "filter cat", {"was_interrupted": True, "has_staged": True}, "unknown"),
        (CONFIGURE, "primitive a Dummy", {"was_interrupted": True}, "unknown"),
        (CONFIGURE, "refresh", {}, "done"),
        (CONFIGURE, "commit", {"moved": True}, "done"),
        (CONFIGURE, "commit", {"moved": False}, "no effect"),
    ],
)
def test_what_came_of_it(
    level: tuple[str, ...], line: str, facts: dict[str, object], found: str
) -> None:
    """No error is no proof of an effect, and no effect is said where one was meant."""
    known: dict[str, object] = {
        "has_errors": False,
        "complaints": "",
        "was_interrupted": False,
        "was_declined": False,
        "has_staged": False,
        "moved": None,
    }
    assert outcome(level, line, **{**known, **facts}) == found  # type: ignore[arg-type]
