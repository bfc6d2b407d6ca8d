"""Plan of a cluster script, made by crm on a copy of the CIB."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crmtui.backend.process.run import put
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.trial import equip
from crmtui.cib import scripts
from crmtui.crmsh.words import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.backend.process.target import Target
    from crmtui.cib.scripts import ScriptPlan

TIMEOUT = 60.0
"""Seconds for crm, which loads the metadata of every agent in its scripts."""


def script_plan(target: Target, name: str, given: Mapping[str, str]) -> ScriptPlan:
    """Return the plan of a script.

    Args:
        target: Target with crm and its scripts.
        name: Name of the script.
        given: Values by parameter name, each with its step in front: ``virtual-ip:ip``.

    Raises:
        ScriptRefused: crm refuses the parameters.
        Unwritable: A value has a control character that JSON leaves as it is.
        ClusterUnavailable: The target does not answer.
        ProgramMissing: crm is not installed.
    """
    request = json.dumps(["verify", name, _nested(given)], ensure_ascii=False)
    line = line_of(("script", "json", request))
    copy = Copy(target)
    try:
        equip(copy)
        copy.take()
        path = f"{copy.folder}/lines"
        put(copy, f"{line}\n".encode(), path)
        done = copy.run(("crm", "-D", "plain", "-f", path), timeout=TIMEOUT)
    finally:
        copy.close()
    return scripts.plan(done.output)


def _nested(given: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in given.items():
        *steps, last = name.split(":")
        inner = values
        for step in steps:
            inner = inner.setdefault(step, {})  # type: ignore[assignment]
        inner[last] = value
    return values
