"""Cluster scripts of crmsh, as ``crm script json`` describes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from crmtui.cib.agents import Parameter
from crmtui.errors import ScriptRefused
from crmtui.text import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Script:
    """Cluster script, which crm also calls a wizard."""

    name: str
    shortdesc: str = ""
    longdesc: str = ""
    parameters: tuple[Parameter, ...] = ()
    """Parameters, each with its step in front: ``virtual-ip:ip``."""


def parse(output: str) -> tuple[Script, ...]:
    """Read the output of ``crm script json '["list"]'`` or ``'["show", NAME]'``: an object a line.

    Other lines, and scripts that crm could not load, are left out.
    """
    found = (_script(line) for line in output.splitlines())
    return tuple(script for script in found if script is not None)


def _script(line: str) -> Script | None:
    try:
        known = json.loads(line)
    except ValueError:
        return None
    if not isinstance(known, dict) or not isinstance(known.get("name"), str) or "error" in known:
        return None
    return Script(
        name=plain_line(known["name"]),
        shortdesc=plain_line(str(known.get("shortdesc") or "")),
        longdesc=plain(str(known.get("longdesc") or "")).strip(),
        parameters=tuple(_parameters(known.get("steps"), "", is_needed=True)),
    )


def _parameters(steps: Any, prefix: str, *, is_needed: bool) -> Iterator[Parameter]:
    for step in steps if isinstance(steps, list) else ():
        name = str(step.get("name") or "")
        scope = f"{prefix}{name}:" if name else prefix
        is_required = is_needed and bool(step.get("required"))
        for known in step.get("parameters") or ():
            yield _parameter(known, scope, is_needed=is_required)
        yield from _parameters(step.get("steps"), scope, is_needed=is_required)


def _parameter(known: Any, scope: str, *, is_needed: bool) -> Parameter:
    value = known.get("value")
    return Parameter(
        name=plain_line(f"{scope}{known.get('name', '')}"),
        type=plain_line(str(known.get("type") or "string")).lower(),
        default=_text(value),
        shortdesc=plain_line(str(known.get("shortdesc") or "")),
        longdesc=plain(str(known.get("longdesc") or "")).strip(),
        is_required=is_needed and bool(known.get("required")),
        is_unique=bool(known.get("unique")),
        is_advanced=bool(known.get("advanced")),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else plain_line(str(value))


@dataclass(frozen=True, slots=True)
class ScriptPlan:
    """Plan of a script with certain parameters."""

    text: str = ""
    """Additions to the configuration, in crm's language, a statement a line."""
    others: tuple[str, ...] = ()
    """Other actions, each in a few words: packages, services, commands on nodes."""
    steps: tuple[str, ...] = ()
    """All actions in their order, each with the words that crm prints while it runs."""

    @property
    def is_configuration_only(self) -> bool:
        """True if the script does nothing but configure."""
        return not self.others


def plan(output: str) -> ScriptPlan:
    """Read the output of ``crm script json '["verify", NAME, {…}]'``: an action a line.

    Raises:
        ScriptRefused: crm refuses the parameters, or prints something else.
    """
    actions = [action for line in output.splitlines() if (action := _action(line))]
    if not actions:
        raise ScriptRefused("crm does not tell the plan of this recipe.")
    for action in actions:
        if "error" in action:
            raise ScriptRefused(_refusal(plain(str(action["error"]))))
    texts = [_joined(action) for action in actions if action.get("name") == "cib"]
    others = (action for action in actions if action.get("name") != "cib")
    steps = tuple(map(_called, actions))
    return ScriptPlan("\n".join(texts), tuple(map(_entry, others)), steps)


StepState = Literal["done", "failed", "running", "to come"]


def progress(steps: Sequence[str], said: str) -> tuple[tuple[str, StepState], ...]:
    """Return the state of each step of a run.

    crm writes ``STEP...`` when a step begins, ``INFO: STEP`` when it is done and ``ERROR: STEP
    (rc=...)`` when it failed (crmsh, ``ConsolePrinter``).

    Args:
        steps: Steps of the plan.
        said: Output of crm so far.
    """
    found: list[tuple[str, StepState]] = []
    at = 0
    for step in steps:
        ended = re.compile(rf"(INFO|ERROR): {re.escape(step)}(?: \(rc=.*\))?\s*$", re.MULTILINE)
        state: StepState = "to come"
        if match := ended.search(said, at):
            state, at = "done" if match[1] == "INFO" else "failed", match.end()
        elif f"{step}..." in said[at:]:
            state = "running"
        found.append((step, state))
    return tuple(found)


def _refusal(said: str) -> str:
    """Return the errors in crm's output, or all of it if no line is marked as an error."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return "\n".join(errors or lines) or "crm refuses it."


def _action(line: str) -> dict[str, Any] | None:
    try:
        known = json.loads(line)
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


def _joined(action: dict[str, Any]) -> str:
    """Return the text with each statement on one line; its further lines begin with blanks."""
    joined = re.sub(r"\s*\n[ \t]+", " ", str(action.get("text") or ""))
    return "\n".join(plain_line(line) for line in joined.splitlines() if line.strip())


def _called(action: dict[str, Any]) -> str:
    return plain_line(str(action.get("shortdesc") or action.get("name") or ""))


def _entry(action: dict[str, Any]) -> str:
    words = _called(action)
    what = plain_line(str(action.get("text") or ""))
    return f"{words}: {what}" if what else f"{words}."
