"""What a configuration would be to crm and to the scheduler, tried out on a copy of the CIB."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.crm.copy import Copy
from crmtui.crm.lines import readable
from crmtui.crm.process import TIMEOUT, put, run
from crmtui.crm.simulating import Simulating
from crmtui.crm.trial import equip
from crmtui.forecast.compare import compare
from crmtui.forecast.sentence import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crm.target import Target
    from crmtui.forecast.model import Forecast
    from crmtui.wizard.forms import Command

CRM_TIMEOUT = 60.0
"""Seconds for crm to start, to read the metadata of what it verifies, and to write the copy."""

_COMPLAINT = re.compile(r"(?P<kind>ERROR|WARNING): (?P<words>.*)")
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


def rehearse(target: Target, commands: Sequence[Command], staged: Sequence[str] = ()) -> Rehearsed:
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
        before = _complaints(_crm(copy, list(staged), "verify")) if staged else ([], [])
        lines = [*staged, *(_line(copy, number, each) for number, each in enumerate(commands))]
        said = _crm(copy, lines, "verify", "commit")
        errors, warnings = _complaints(said)
        errors = [line for line in errors if line not in before[0]]
        if errors:
            return Rehearsed(tuple(errors), tuple(warnings))
        without = Simulating(copy, "cib.xml", TIMEOUT).outcome()
        with_it = Simulating(copy, "copy.xml", TIMEOUT).outcome()
        made = compare("configure commit", without, with_it)
        return Rehearsed((), tuple(warnings), replace(made, summary=summary(made)))
    finally:
        copy.close()


def _line(copy: Copy, number: int, command: Command) -> str:
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
