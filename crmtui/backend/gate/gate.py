"""Gate of all lines: checks each line, typed or made by a key, as it is sent to crm.

Lines that may change the cluster need an approval: a user has seen the forecast and confirmed it.
The gate then reads the state once more, and runs nothing if the forecast has changed. While the
cluster is out of sight, and while the gate is locked (read-only), no line is approved.

Each running crm has `SessionRules` of its own, since level and shadow CIB differ between sessions.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval, ChangeRequest, SecondLook, SeenAgain
from crmtui.backend.approval.held_line import not_run
from crmtui.backend.approval.sandbox_rules import is_unheard_of, refusal
from crmtui.backend.queries.cib_query import query_version
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.crmsh.line import CrmLine, parse
from crmtui.crmsh.prompt import LIVE
from crmtui.errors import CrmtuiError
from crmtui.forecast.model import Forecast
from crmtui.text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import GateVerdict
    from crmtui.backend.process.cancellation import Cancellation
    from crmtui.backend.process.target import Target
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.prompt import CrmPrompt

READ_ONLY = "Read-only: this would change something, so it was not run."


class Gate:
    """Decides for each line whether it may run now.

    Args:
        target: The cluster that the lines would change.
        blindness: Returns the reason, as a sentence, why the cluster is out of sight; else empty.
        is_read_only: Returns True while no change may pass.
        is_attended: True if a user can confirm. A script from a pipe was decided on before its start.
        installed: Returns the commands of the installed crm; None while unknown.
    """

    def __init__(
        self,
        target: Target,
        *,
        blindness: Callable[[], str] = str,
        is_read_only: Callable[[], bool] = bool,
        is_attended: bool = True,
        installed: Callable[[], Crmsh | None] = lambda: None,
    ) -> None:
        self._target = target
        self._installed = installed
        self._blindness = blindness
        self._is_read_only = is_read_only
        self.is_attended = is_attended
        self.forecaster = Forecaster(target)
        """The one forecaster, shared with other callers: it owns one CIB copy and one crm."""
        self._withheld = ""
        self._is_warm = False
        self._warming = threading.Lock()

    def for_session(self) -> SessionRules:
        """Return the rules for the lines of one crm."""
        return SessionRules(self, self._target)

    @property
    def is_locked(self) -> bool:
        """True while no change may pass."""
        return self._is_read_only()

    @property
    def blindness(self) -> str:
        """Reason, as a sentence, why the cluster is out of sight; else empty."""
        return self._blindness()

    @property
    def withheld(self) -> str:
        """Reason, as a sentence, why commits are refused; else empty."""
        return self._withheld

    def withhold_commits(self, why: str) -> None:
        """Refuse all commits from here on, with the sentence ``why``."""
        self._withheld = why

    def is_shut(self, level: Sequence[str], line: str) -> bool:
        """Return True if the lock would refuse ``line``; for hints while a user types."""
        crm_line = parse(level, line)
        return self._is_read_only() and crm_line.is_known and crm_line.effect != "read"

    def objection(self, line: str) -> str:
        """Return the reason why a line of crm's root can never be approved; empty if it can."""
        if self._is_read_only():
            return READ_ONLY
        return self.refusal((), line) or ""

    def refusal(self, level: Sequence[str], line: str) -> str | None:
        """Return the reason why ``line`` at ``level`` can never be approved; None if it can."""
        return refusal(self._target.kind, level, line, self._installed())

    def is_unheard_of(self, level: Sequence[str], line: str) -> bool:
        """Return True if no known crm has the command of ``line`` at ``level``."""
        return is_unheard_of(level, line, self._installed())

    def forecast(
        self, request: ChangeRequest, cancellation: Cancellation | None = None
    ) -> Forecast:
        """Return the forecast of the lines, or if that fails a forecast with the reason."""
        lines = "\n".join(request.lines)
        try:
            return self.forecaster.forecast(lines, request.level, request.staged, cancellation)
        except CrmtuiError as error:
            return unforeseeable("; ".join(request.lines), error.what)

    def forecast_cib(
        self,
        wanted: Callable[[], str],
        request: ChangeRequest,
        cancellation: Cancellation | None = None,
    ) -> Forecast:
        """Return the forecast of another configuration for the cluster.

        Args:
            wanted: Returns the other CIB, as XML.
            request: The request for the other configuration, for the name of the forecast.
            cancellation: Ends the forecast.
        """
        name = f"{request.origin}: {'; '.join(request.lines)}"
        try:
            return self.forecaster.forecast_of(wanted(), name, cancellation)
        except CrmtuiError as error:
            return unforeseeable(name, error.what)

    def objection_to_patch(self, approval: Approval, foresee: Callable[[], Forecast]) -> str:
        """Return the reason why an approved configuration must not be applied now; else empty.

        Args:
            approval: The approval of the configuration.
            foresee: Makes the forecast once more; called if the cluster has changed.
        """
        if self._is_read_only():
            return READ_ONLY
        if self._target.kind != "sandbox" and (blind := self._blindness()):
            return blind
        if approval.forecast.unforeseeable is not None:
            return f"What it would do is not known: {sentence(approval.forecast.unforeseeable)}"
        seen = approval.forecast.version
        try:
            is_same = seen is not None and query_version(self._target) == seen
        except CrmtuiError as error:
            return error.what
        return "" if is_same else difference(approval.forecast, foresee()) or ""

    def close(self) -> None:
        """End the crm and remove the CIB copy of the forecaster."""
        self.forecaster.close()

    def expect_commit(self) -> None:
        """Start the crm for trials early, as its start takes as long as the rest of a forecast."""
        if not self.is_attended:
            return
        with self._warming:
            was_warm, self._is_warm = self._is_warm, True
        if not was_warm:
            threading.Thread(target=self._warm_up, name="crmtui warm-up", daemon=True).start()

    def _warm_up(self) -> None:
        try:
            self.forecaster.warm_up()
        except CrmtuiError:
            self._is_warm = False  # the forecast fails alike and reports the reason


class SessionRules:
    """Rules of the gate for the lines of one crm.

    Args:
        gate: The rules common to every crm.
        target: The cluster that the lines would change.
    """

    def __init__(self, gate: Gate, target: Target) -> None:
        self._gate = gate
        self._target = target
        self._checked: Approval | None = None
        self._has_switched_inside = False

    def check(
        self,
        prompt: CrmPrompt,
        line: str,
        staged: Sequence[str],
        approval: Approval | None = None,
        seen: SeenAgain | None = None,
    ) -> GateVerdict:
        """Return the verdict on sending ``line`` at ``prompt``; see `LinePolicy`."""
        held = self._gate.refusal(prompt.level, line)
        if held is not None:
            return held
        if approval is not None and prompt.level != approval.request.level:
            return "crm is at another level than what was confirmed is meant for: not run."
        crm_line = parse(prompt.level, line)
        self._note_switch(prompt, crm_line)
        if crm_line.effect == "read":
            return None
        if self._gate.is_locked:
            return READ_ONLY
        if crm_line.effect == "stage":
            self._gate.expect_commit()
        if crm_line.effect in ("own", "stage"):
            return None
        if _is_commit(crm_line) and self._gate.withheld:
            return self._gate.withheld
        if approval is not None:
            return self._renewed(prompt, line, approval, seen)
        if self._is_on_shadow(prompt, crm_line):
            return None
        if self._needs_fresh_state(crm_line) and (blind := self._gate.blindness):
            return not_run(blind)
        if not self._gate.is_attended:
            return None
        waits = tuple(staged) if crm_line.effect == "commit" else ()
        is_unheard_of = self._gate.is_unheard_of(prompt.level, line)
        return ChangeRequest((line,), prompt.level, "typed", waits, is_unheard_of)

    def _needs_fresh_state(self, crm_line: CrmLine) -> bool:
        return self._target.kind != "sandbox" and not crm_line.has("repairs")

    def _note_switch(self, prompt: CrmPrompt, crm_line: CrmLine) -> None:
        """Record a switch to another CIB inside ``configure``.

        crm then keeps the configuration of the previous CIB. crmsh 4.4.0 and 5.0.0 commit it to the
        CIB in their prompt (tried out). Another crm might commit it to the cluster and look the same
        from outside, so such a commit needs an approval. The way out of ``configure`` drops that
        configuration, and ends the doubt.
        """
        if "configure" not in prompt.level:
            self._has_switched_inside = False
        elif crm_line.has("switches"):
            self._has_switched_inside = True

    def _is_on_shadow(self, prompt: CrmPrompt, crm_line: CrmLine) -> bool:
        is_shadow = prompt.cib != LIVE and not self._has_switched_inside
        return is_shadow and crm_line.level != "cib" and crm_line.has("cib")

    def _renewed(
        self, prompt: CrmPrompt, line: str, approval: Approval, seen: SeenAgain | None
    ) -> str | SecondLook | None:
        """Return None if the approval holds for ``line``, else a reason or a `SecondLook`."""
        request = approval.request
        if line not in request.lines:
            return "This is not what was confirmed: not run."
        if request.origin == "key" and prompt.cib != LIVE:
            return f"crm is on the shadow CIB {prompt.cib}, not on the cluster: not run."
        if self._checked is approval:
            return None  # changes since then come from the lines before
        first = parse(request.level, request.lines[0])
        if self._needs_fresh_state(first) and (blind := self._gate.blindness):
            return not_run(blind)
        confirmed = approval.forecast.version
        if seen is None and confirmed is not None:
            return SecondLook(partial(self._look_again, approval, confirmed))
        if seen is not None and seen.objection:
            return seen.objection
        self._checked = approval
        return None

    def _look_again(self, approval: Approval, confirmed: CibVersion) -> SeenAgain:
        """Read the state again; return an objection if the confirmed forecast has changed."""
        try:
            now = query_version(self._target)
        except CrmtuiError as error:
            return SeenAgain(not_run(error.what))
        if now == confirmed:
            return SeenAgain(version=now)
        if approval.forecast.unforeseeable is not None:
            is_same = now is not None and now.configuration == confirmed.configuration
            changed = "The configuration has changed since: look again. Not run."
            return SeenAgain("" if is_same else changed, now)
        return SeenAgain(difference(approval.forecast, self._gate.forecast(approval.request)) or "")


def _is_commit(crm_line: CrmLine) -> bool:
    """Return True for a commit of ``configure`` or of a shadow CIB.

    crm commits a whole ``configure primitive …`` typed outside of ``configure`` at once.
    """
    is_whole = crm_line.effect == "write" and crm_line.policy.effect in ("stage", "commit")
    is_of_shadow = crm_line.level == "cib" and crm_line.command == "commit"
    return crm_line.effect == "commit" or is_of_shadow or is_whole


def unforeseeable(line: str, reason: str) -> Forecast:
    """Return a forecast that gives only the reason why it is impossible."""
    what = reason.rstrip(".")
    return Forecast(line, f"cannot be forecast: {what}", unforeseeable=what)


def difference(confirmed: Forecast, now: Forecast) -> str | None:
    """Return the difference from the confirmed forecast, in words; None if there is none."""
    if _essence(confirmed) == _essence(now):
        return None
    return (
        f"The cluster has changed since you looked. Then: {confirmed.summary}. "
        f"Now: {now.summary}. Not run: look again."
    )


def _essence(forecast: Forecast) -> tuple[object, ...]:
    return (
        sorted((each.action, each.resource, each.node) for each in forecast.actions),
        sorted(forecast.fenced),
        sorted(forecast.lost),
        sorted(forecast.unpromoted),
        forecast.is_quorum_lost,
        forecast.unforeseeable is None,
    )
