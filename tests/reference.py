"""The reference of exit statuses and of the JSON formats, made from what really is printed."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from crmtui.backend.gate import audit_entry
from crmtui.backend.gate.audit_entry import AuditEntry
from crmtui.cli import complete_and_lint
from crmtui.cluster import report
from crmtui.cluster.freshness import Freshness
from crmtui.cluster.model import Ban, Failure, FenceEvent, Ticket
from crmtui.cluster.stream import Teller
from crmtui.cluster.stream import to_json as line
from crmtui.cluster.verdict import judge
from crmtui.completion import Candidate
from crmtui.doctor.doctor_finding import DoctorFinding, Report
from crmtui.doctor.doctor_finding import to_json as examined
from crmtui.errors import CrmtuiError
from crmtui.forecast.forecast_report import to_json as foreseen
from crmtui.forecast.model import Forecast, ScheduledAction
from crmtui.lint.lint_finding import LintFinding as Wrong
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster

_WIDTH = 100
_OTHERS = (
    (0, "success; also `crmtui watch` after Ctrl-C, or after its reader went away"),
    (
        1,
        "`crmtui lint` found a mistake; `crmtui doctor` found a fault to fix; `crmtui lab run` and "
        "`lab shell` end with the status of their command",
    ),
    (70, "a defect in crmtui: the message names the file to report"),
    (74, "a file or folder could not be used, as on a full disk"),
    (129, "the terminal was closed, or went away"),
    (130, "Ctrl-C"),
    (143, "ended by SIGTERM"),
)
"""Those that are no ``CrmtuiError``."""
_UNREAD = {
    2: "; the command line was not understood; `crmtui forecast` got a line that cannot be forecast"
}


def exit_table() -> str:
    """Return all exit statuses as a Markdown table."""
    rows = dict(_OTHERS)
    for error in (each for each in CrmtuiError.__subclasses__() if "exit_status" in vars(each)):
        words = (error.__doc__ or "").partition("\n")[0].rstrip(".").replace("``", "`")
        status = error.exit_status
        rows[status] = f"{words[:1].lower()}{words[1:]}{_UNREAD.get(status, '')}"
    rows = {status: words.replace("cIB", "CIB") for status, words in rows.items()}
    lines = [f"| {status} | {words} |" for status, words in sorted(rows.items())]
    return "\n".join(["| status | meaning |", "|---|---|", *lines]) + "\n"


def formats() -> str:
    """Return the members of everything that is printed as JSON, as Markdown."""
    parts = (f"`{command}`\n\n{_indented(value)}\n" for command, value in _samples())
    return "\n".join(["", *parts])


def _samples() -> Iterator[tuple[str, Any]]:
    before, after = _cluster("n1"), _cluster("n2")
    yield "crmtui snapshot --format json", report.to_json(before, judge(before))
    teller = Teller("LIVE", "n1")
    state, *_ = teller.see(before, 0.0)
    told = json.loads(line(state))
    yield "crmtui watch --format json, event state", {**told, "state": "as snapshot prints it"}
    (assumed,) = teller.see(replace(before, is_assumed=True), 0.0)
    yield "event status", json.loads(line(assumed))
    list(teller.see(before, 0.0))
    changes = [json.loads(line(event)) for event in teller.see(after, 0.0)]
    yield "event change", next(each for each in changes if each["event"] == "change")
    lost = teller.see(cluster(), 0.0)
    verdicts = [json.loads(line(event)) for event in lost if event.kind == "verdict"]
    yield "event verdict", verdicts[0]
    (blind,) = teller.freshness(Freshness("STALE", "why", 1.0), 0.0)
    yield "event sight", json.loads(line(blind))
    finding = DoctorFinding(
        "Programs", "crm_diff", "off", "not installed", "undo", "apt-get install …"
    )
    yield "crmtui doctor --format json", examined(Report("1", "LIVE", "n1", (finding,)))
    action = ScheduledAction("move", "db", "n2", "n1", "n2", "standby")
    yield "crmtui forecast --format json -- LINE", foreseen(Forecast("", "", (action,)))
    yield "crmtui complete -- LINE", [complete_and_lint._shown(Candidate("n1", 0, "n1", "a node"))]
    yield "crmtui lint -- LINE", [asdict(Wrong(0, 1, "error", ""))]
    done = AuditEntry("1", 0.0, "root", "n1", "LIVE", "key")
    yield "crmtui log --format json, one line each", json.loads(audit_entry.to_json(done))


def _cluster(where: str) -> Cluster:
    return cluster(
        holder("group", "g", primitive("db", "Started", where)),
        nodes=(node("n1"), node("n2")),
        failures=(Failure("db", "start", "n1", "Error", "error", "", ""),),
        fencing=(FenceEvent("n2", "reboot", "success", "controld", "n1", "n1", "now"),),
        tickets=(Ticket("t", "granted", is_standby=False, last_granted=""),),
        bans=(Ban("b", "db", "n1", "-1", promoted_only=False),),
    )


def _indented(value: Any) -> str:
    return "\n".join(f"    {each}" for each in _wrapped(shape(value)))


def shape(value: Any) -> str:
    """Return ``value`` with the names of its members, and what its lists hold."""
    if isinstance(value, dict):
        members = (
            f'"{name}": {shape(each)}' if isinstance(each, dict | list) else f'"{name}"'
            for name, each in value.items()
        )
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return f"[{shape(value[0])}]" if value and isinstance(value[0], dict | list) else "[]"
    return json.dumps(value)


def _wrapped(text: str) -> list[str]:
    """Break ``text`` behind commas, and indent what follows."""
    lines, indent = [""], ""
    for word in text.split(", "):
        piece = f"{word}, "
        if lines[-1].strip() and len(lines[-1]) + len(piece) > _WIDTH:
            lines[-1] = lines[-1].rstrip()
            lines.append(indent)
        lines[-1] += piece
        indent = " "
    lines[-1] = lines[-1].removesuffix(", ")
    return lines
