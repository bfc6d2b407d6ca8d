"""Rehearsal of a configuration on a copy of the CIB: complaints of crm, and a forecast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.backend.process.run import TIMEOUT, put, run
from crmtui.backend.process.target import is_assumed
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.simulate import SchedulerRuns
from crmtui.backend.scheduler.trial import equip
from crmtui.backend.session.output_lines import readable
from crmtui.forecast.compare import assuming, compare
from crmtui.forecast.sentence import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.process.target import Target
    from crmtui.forecast.model import Forecast
    from crmtui.wizard.form import FormCommand

CRM_TIMEOUT = 60.0
"""Seconds for crm to start, to read the metadata that it verifies with, and to write the copy."""

_COMPLAINT = re.compile(r"(?P<kind>ERROR|WARNING): (?P<words>.*)")
_AGENT_COMPLAINT = re.compile(
    r"[\w.-]+:[^ ]+: (?:Cannot parse meta-data XML|got no meta-data, does this RA exist\?"
    r"|no such resource agent)"
)
"""Complaint of crm about an agent without readable metadata, or not installed (crmsh, ``ra.py``)."""
_WHOLE_CIB_COMPLAINT = re.compile(r"\((?:cluster_status|unpack_config|main)\)")
"""Complaint of crm_verify about quorum or fencing of the whole CIB, and not about the commands."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Outcome of a rehearsal."""

    errors: tuple[str, ...] = ()
    """Complaints of crm, one line each."""
    warnings: tuple[str, ...] = ()
    forecast: Forecast | None = None
    """Forecast of the scheduler; None if crm refused the configuration."""
    known: tuple[str, ...] = ()
    """Complaints that are no fault of the commands: older ones, and those about unreadable agents. In
    the real run crm repeats them, and asks whether to commit."""


def rehearse(
    target: Target, commands: Sequence[FormCommand], staged: Sequence[str] = ()
) -> Rehearsed:
    """Run commands on a private copy of the CIB, verify it, and forecast its effect.

    Args:
        target: Target with the CIB.
        commands: Commands of a form.
        staged: Staged ``configure`` lines, which run first.

    Raises:
        Unwritable: A value cannot be written.
        ProgramMissing: crm or a tool of Pacemaker is not installed.
        ClusterUnavailable: The cluster does not answer.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: The scheduler cannot work on this CIB.
    """
    copy = Copy(target)
    try:
        equip(copy)
        copy.take()
        lines = [*staged, *(_line(copy, number, each) for number, each in enumerate(commands))]
        errors, warnings = _complaints(_crm(copy, lines, "verify", "commit"))
        known: list[str] = []
        if errors or warnings:
            old_errors, old_warnings = _before(copy, staged, [*errors, *warnings])
            warnings = [line for line in warnings if line not in old_warnings]
            notes, known = _excused(copy, errors, old_errors)
            errors = [line for line in errors if line not in known]
            if errors:
                return Rehearsed(tuple(errors), tuple(warnings))
            warnings += notes
        if known:
            copy.restore()
            _crm(copy, lines, "commit force")
        without = SchedulerRuns(copy, "cib.xml", TIMEOUT).outcome()
        with_it = SchedulerRuns(copy, "copy.xml", TIMEOUT).outcome()
        made = compare("configure commit", without, with_it)
        made = assuming(made) if is_assumed(target) else made
        forecast = replace(made, summary=summary(made))
        return Rehearsed((), tuple(warnings), forecast, tuple(known))
    finally:
        copy.close()


def _before(
    copy: Copy, staged: Sequence[str], said: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the errors and warnings without the commands; none if all complaints are about agents."""
    if all(_AGENT_COMPLAINT.fullmatch(line) for line in said):
        return (), ()
    # In the same file, since crm's complaints contain its name.
    tried, kept = f"{copy.folder}/copy.xml", f"{copy.folder}/tried.xml"
    run(copy, ("cp", tried, kept))
    copy.restore()
    found = _complaints(_crm(copy, staged, "verify"))
    run(copy, ("mv", kept, tried))
    return found


def _excused(
    copy: Copy, errors: Sequence[str], before: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return notes that explain the errors without fault of the commands, and these errors."""
    notes: list[str] = []
    known = [line for line in errors if _AGENT_COMPLAINT.fullmatch(line)]
    for agent in dict.fromkeys(line.rpartition(": ")[0] for line in known):
        shown = run(copy, ("crm_resource", f"--show-metadata={agent}"))
        why = "cannot read its metadata" if shown.status == 0 else "does not find it here"
        notes.append(f"{agent}: crm {why}, and checks none of its parameters.")
    old = [line for line in errors if line in before and line not in known]
    notes += [f"Also without this change: {line}" for line in old]
    return notes, known + old


def _line(copy: Copy, number: int, command: FormCommand) -> str:
    if not command.is_from_file:
        return command.line()
    path = f"{copy.folder}/update-{number}"
    put(copy, f"{command.line()}\n".encode(), path)
    return f"load update {path}"


def _crm(copy: Copy, lines: Sequence[str], *ending: str) -> str:
    path = f"{copy.folder}/lines"
    put(copy, "\n".join(["configure", *lines, *ending, ""]).encode(), path)
    done = run(copy, ("crm", "-D", "plain", "-f", path), timeout=CRM_TIMEOUT)
    return readable(f"{done.output}\n{done.errors}")


def _complaints(said: str) -> tuple[list[str], list[str]]:
    errors: list[str] = []
    warnings: list[str] = []
    for line in said.splitlines():
        match = _COMPLAINT.match(line.strip())
        if match is None or _WHOLE_CIB_COMPLAINT.search(match["words"]):
            continue
        found = errors if match["kind"] == "ERROR" else warnings
        words = re.sub(r"^\d+: ", "", match["words"])
        if words not in found:
            found.append(words)
    return errors, warnings
