"""What a configuration would be to crm and to the scheduler, tried out on a copy of the CIB."""

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
"""Seconds for crm to start, to read the metadata of what it verifies, and to write the copy."""

_COMPLAINT = re.compile(r"(?P<kind>ERROR|WARNING): (?P<words>.*)")
_OF_AN_AGENT = re.compile(
    r"[\w.-]+:[^ ]+: (?:Cannot parse meta-data XML|got no meta-data, does this RA exist\?"
    r"|no such resource agent)"
)
"""What crm says of an agent that it cannot read, or that is not installed (crmsh, ``ra.py``)."""
_OF_THE_SCHEDULER = re.compile(r"\((?:cluster_status|unpack_config|main)\)")
"""What crm_verify says of the copy as a whole, quorum and fencing, and not of what was added."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How it went on the copy."""

    errors: tuple[str, ...] = ()
    """What crm complains of; each is one line."""
    warnings: tuple[str, ...] = ()
    forecast: Forecast | None = None
    """What the scheduler would do; None where crm did not take the configuration."""
    known: tuple[str, ...] = ()
    """What crm complains of although nothing of it stands against the commands: it did before, too,
    or cannot read an agent. It complains again when they are run, and asks whether to commit."""


def rehearse(
    target: Target, commands: Sequence[FormCommand], staged: Sequence[str] = ()
) -> Rehearsed:
    """Run commands on a private copy of the CIB, verify it, and ask the scheduler about it.

    Args:
        target: Whose CIB.
        commands: What is to be configured.
        staged: ``configure`` lines that wait for a commit, and go first.

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
    """Return the errors and warnings that there are without the commands, if that matters."""
    if all(_OF_AN_AGENT.fullmatch(line) for line in said):
        return (), ()
    # In the same file: crm names it in what it says.
    tried, kept = f"{copy.folder}/copy.xml", f"{copy.folder}/tried.xml"
    run(copy, ("cp", tried, kept))
    copy.restore()
    found = _complaints(_crm(copy, staged, "verify"))
    run(copy, ("mv", kept, tried))
    return found


def _excused(
    copy: Copy, errors: Sequence[str], before: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return which errors stand against nothing, after a sentence for each reason."""
    notes: list[str] = []
    known = [line for line in errors if _OF_AN_AGENT.fullmatch(line)]
    for agent in dict.fromkeys(line.rpartition(": ")[0] for line in known):
        shown = run(copy, ("crm_resource", f"--show-metadata={agent}"))
        why = (
            "cannot read what it says about itself"
            if shown.status == 0
            else "does not find it here"
        )
        notes.append(f"{agent}: crm {why}, and checks none of its parameters.")
    old = [line for line in errors if line in before and line not in known]
    notes += [f"Without this change, too: {line}" for line in old]
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
        if match is None or _OF_THE_SCHEDULER.search(match["words"]):
            continue
        found = errors if match["kind"] == "ERROR" else warnings
        words = re.sub(r"^\d+: ", "", match["words"])
        if words not in found:
            found.append(words)
    return errors, warnings
