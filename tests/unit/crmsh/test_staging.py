"""Lines that wait for a commit are counted, and leaving them behind is seen coming."""

from __future__ import annotations

import pytest

from crmtui.backend.session.job import plan
from crmtui.crmsh.staging import (
    Leaving,
    has_failed,
    is_doubtful,
    leaving,
    may_be_in_vain,
    settle,
    stages,
)

CONFIGURE = ("configure",)


@pytest.mark.parametrize(
    ("level", "line", "is_staged"),
    [
        (CONFIGURE, "primitive p1 Dummy", True),
        (CONFIGURE, "delete p1", True),
        (CONFIGURE, "edit p1", True),
        (CONFIGURE, "load update file", True),
        (CONFIGURE, "filter 'sed s/a/b/'", True),
        (CONFIGURE, "set p1.ip 10.0.0.1", True),
        (CONFIGURE, "modgroup g add p1", True),
        (CONFIGURE, "resource p1 Dummy", True),
        (CONFIGURE, "schema pacemaker-3.5", True),
        (CONFIGURE, "schema", False),
        (CONFIGURE, "show p1", False),
        (CONFIGURE, "commit", False),
        (CONFIGURE, "ra", False),
        (CONFIGURE, "ra list ocf", False),
        (CONFIGURE, "# primitive p1 Dummy", False),
        (CONFIGURE, "", False),
        (CONFIGURE, "template apply web", True),
        (("configure", "template"), "apply", True),
        (("configure", "template"), "new web", False),
        (("configure", "ra"), "primitive", False),
        ((), "configure primitive p1 Dummy", False),
        (("resource",), "stop p1", False),
    ],
)
def test_lines_that_stage(level: tuple[str, ...], line: str, is_staged: bool) -> None:
    """All that changes the CIB in memory stages; reads and one-line commits from outside do not."""
    assert stages(level, line) is is_staged


@pytest.mark.parametrize(
    ("level", "line", "kind"),
    [
        (CONFIGURE, "up", "up"),
        (CONFIGURE, "end", "up"),
        (CONFIGURE, "back", "up"),
        (CONFIGURE, "cd", "up"),
        (CONFIGURE, "cd ..", "up"),
        (CONFIGURE, "cd ../resource", "up"),
        (CONFIGURE, "cd ra", None),
        (CONFIGURE, "cd ra/..", None),
        (CONFIGURE, "quit", "quit"),
        (CONFIGURE, "ra quit", "quit"),
        (CONFIGURE, "ra up", None),
        (CONFIGURE, "ra cd ../..", "up"),
        (CONFIGURE, "cib use live", "switch"),
        (("configure", "cib"), "new test", "switch"),
        (("configure", "ra"), "up", None),
        (("configure", "ra"), "cd ../..", "up"),
        (("configure", "ra"), "bye", "quit"),
        (CONFIGURE, "help quit", None),
        (CONFIGURE, "primitive quit Dummy", None),
        (("resource",), "up", None),
        ((), "cib use live", None),
        ((), "exit", "quit"),
        ((), "resource quit", "quit"),
    ],
)
def test_lines_that_leave(level: tuple[str, ...], line: str, kind: str | None) -> None:
    """A line that leads out of configure, out of crm or to another CIB is known before it is sent."""
    found = leaving(level, line)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("line", "output", "answer", "level_after", "left"),
    [
        ("primitive p2 Dummy", "", "", CONFIGURE, ("a", "primitive p2 Dummy")),
        ("primitive p2", "ERROR: syntax in primitive", "", CONFIGURE, ("a",)),
        ("delete x y", "ERROR: object y does not exist\n", "", CONFIGURE, ("a", "delete x y")),
        ("group g nope", "ERROR: g refers\nERROR: syntax in x\n", "", CONFIGURE, ("a", "group g nope")),
        ("nope", "ERROR: configure.nope: No such command\n", "", CONFIGURE, ("a",)),
        ("commit", "", "", CONFIGURE, ()),
        ("commit", "ERROR: (unpack_config) \terror: no fencing\n", "", CONFIGURE, ()),
        ("commit", "ERROR: could not patch cib (rc=54)\n", "", CONFIGURE, ("a",)),
        ("commit", "", "n", CONFIGURE, ("a",)),
        ("commit", "", "y", CONFIGURE, ()),
        ("refresh", "", "y", CONFIGURE, ()),
        ("refresh", "", "n", CONFIGURE, ("a",)),
        ("edit p1", "", "n", CONFIGURE, ("a",)),
        ("property x=1", "", "n", CONFIGURE, ("a", "property x=1")),
        ("show", "", "", CONFIGURE, ("a",)),
        ("sho", 'INFO: "sho" is accepted as "show"\n', "", CONFIGURE, ("a",)),
        ("ra", "", "", ("configure", "ra"), ("a",)),
        ("up", "", "n", (), ()),
    ],
)  # fmt: skip
def test_what_is_left_to_commit(
    line: str, output: str, answer: str, level_after: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """A line counts once crm has taken it; a commit, a refresh and leaving empty the list."""
    assert (
        settle(("a",), CONFIGURE, line, output=output, answer=answer, level_after=level_after)
        == left
    )


@pytest.mark.parametrize(
    ("before", "after", "level", "output", "was_interrupted", "doubtful"),
    [
        ((), ("a",), CONFIGURE, "ERROR: object y does not exist\n", False, True),
        ((), ("a",), CONFIGURE, "", False, False),
        ((), ("a",), CONFIGURE, "", True, True),
        (("b",), ("b", "a"), CONFIGURE, "ERROR: object y does not exist\n", False, False),
        ((), ("a",), ("configure", "template"), "ERROR: no\n", True, False),
        ((), (), CONFIGURE, "ERROR: no\n", False, False),
    ],
)
def test_crm_is_asked_only_where_an_error_leaves_it_open_whether_anything_waits(
    before: tuple[str, ...],
    after: tuple[str, ...],
    level: tuple[str, ...],
    output: str,
    was_interrupted: bool,
    doubtful: bool,
) -> None:
    """Only the first staged line can be in doubt, and only ``configure`` itself can be asked."""
    found = is_doubtful(before, after, level, output, was_interrupted=was_interrupted)
    assert found is doubtful


@pytest.mark.parametrize(
    ("level", "line", "silent"),
    [
        (CONFIGURE, "filter 'sed s/a/b/'", True),
        (CONFIGURE, "edit", True),
        (CONFIGURE, "load update x", True),
        (CONFIGURE, "delete a", False),
        (CONFIGURE, "template load x", False),
        ((), "configure filter cat", False),
        (("configure", "template"), "edit", False),
    ],
)
def test_lines_that_may_stage_nothing_without_a_word(
    level: tuple[str, ...], line: str, silent: bool
) -> None:
    """Only what runs programs or reads files of the user's has to be held against what was before."""
    assert may_be_in_vain(level, line) is silent


def test_an_error_of_the_cib_is_no_failure_of_the_line() -> None:
    """Messages of crm_verify name their function in brackets; crm's own errors do not."""
    assert not has_failed("WARNING: x\nERROR: (unpack_resources) \terror: NOTE\n")
    assert has_failed("INFO: x\nERROR: object p9 does not exist\n")


@pytest.mark.parametrize(
    ("way", "level", "line", "commit", "lines"),
    [
        (Leaving("up"), CONFIGURE, "up", True, ["commit", "up"]),
        (Leaving("up"), CONFIGURE, "cd ../node", False, ["refresh", "cd ../node"]),
        (Leaving("up"), ("configure", "ra"), "cd ../..", True, ["up", "commit", "ra", "cd ../.."]),
        (
            Leaving("quit"),
            ("configure", "cib", "cibstatus"),
            "quit",
            False,
            ["up", "up", "refresh", "up"],
        ),
        (
            Leaving("switch"),
            ("configure", "cib"),
            "use live",
            True,
            ["up", "commit", "cib", "use live"],
        ),
    ],
)
def test_changes_are_settled_in_configure_before_they_are_left(
    way: Leaving, level: tuple[str, ...], line: str, commit: bool, lines: list[str]
) -> None:
    """The way out leads through configure, where crm does not lose changes without a word."""
    steps = plan(way, level, line, commit=commit)
    assert [step.line for step in steps] == lines
