"""The one gate: every line passes it in the moment it is sent to crm, typed or made by a key.

Whatever may change something needs leave: somebody has seen the forecast and confirmed it. With the
leave the state is read once more, and if the forecast does not hold any longer, nothing runs. While
the cluster cannot be seen, and while the gate is locked (read-only), there is no leave.

Several crm run at once, and each has `SessionRules` of its own: a crm's level and the CIB that it was
switched to are known of that one only.
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

    from crmtui.backend.approval.approval import Verdict
    from crmtui.backend.process.cancellation import Cancellation
    from crmtui.backend.process.target import Target
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.prompt import CrmPrompt

READ_ONLY = "Read-only: this would change something, so it was not run."


class Gate:
    """Says of each line whether it may run now.

    Args:
        target: What the lines would change.
        blindness: Says why the cluster cannot be seen now, as a sentence; empty where it can.
        is_read_only: Says whether nothing that changes anything may pass.
        is_attended: Whether there is somebody to ask. A script that is read from a pipe was decided
            on before it began.
        installed: Says what the installed crm has; None while that is not known.
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
        """Makes forecasts, for whoever else wants them too: there is one copy, and one crm on it."""
        self._withheld = ""
        self._is_warm = False
        self._warming = threading.Lock()

    def for_session(self) -> SessionRules:
        """Return the rules for the lines of one crm."""
        return SessionRules(self, self._target)

    @property
    def is_locked(self) -> bool:
        """Whether nothing that changes anything may pass."""
        return self._is_read_only()

    @property
    def blindness(self) -> str:
        """Why the cluster cannot be seen now, as a sentence; empty where it can."""
        return self._blindness()

    @property
    def withheld(self) -> str:
        """Why nothing may be committed, as a sentence; empty where it may."""
        return self._withheld

    def withhold_commits(self, why: str) -> None:
        """Let nothing be committed from here on; ``why`` is the sentence that is said instead."""
        self._withheld = why

    def is_shut(self, level: Sequence[str], line: str) -> bool:
        """Say whether the lock would turn ``line`` back, for whoever is still typing it."""
        what = parse(level, line)
        return self._is_read_only() and what.is_known and what.effect != "read"

    def objection(self, line: str) -> str:
        """Say why a line that is meant for crm's root could get no leave at all; empty if it could."""
        if self._is_read_only():
            return READ_ONLY
        return self.refusal((), line) or ""

    def refusal(self, level: Sequence[str], line: str) -> str | None:
        """Say why ``line``, typed at ``level``, gets no leave from anybody; None where it may."""
        return refusal(self._target.kind, level, line, self._installed())

    def is_unheard_of(self, level: Sequence[str], line: str) -> bool:
        """Say whether no crm that is known here has the command of ``line``, typed at ``level``."""
        return is_unheard_of(level, line, self._installed())

    def forecast(
        self, request: ChangeRequest, cancellation: Cancellation | None = None
    ) -> Forecast:
        """Return what the lines of ``request`` would do; where that fails, why it cannot be known."""
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
        """Return what it would do to give the cluster another configuration.

        Args:
            wanted: Makes the CIB.
            request: What it is asked for by.
            cancellation: Ends it.
        """
        name = f"{request.origin}: {'; '.join(request.lines)}"
        try:
            return self.forecaster.forecast_of(wanted(), name, cancellation)
        except CrmtuiError as error:
            return unforeseeable(name, error.what)

    def objection_to_patch(self, approval: Approval, foresee: Callable[[], Forecast]) -> str:
        """Say why a configuration must not be put in place that somebody gave leave for.

        Args:
            approval: The leave.
            foresee: Makes the forecast once more, in case the cluster has changed.
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
        """Let go of what forecasts are made with."""
        self.forecaster.close()

    def expect_commit(self) -> None:
        """Start what a commit will be tried on: that takes as long as the rest of the forecast."""
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
            self._is_warm = False  # the forecast meets the same trouble, and says so


class SessionRules:
    """The gate as one crm has to pass it.

    Args:
        gate: What holds for every crm.
        target: What the lines would change.
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
    ) -> Verdict:
        """Say whether ``line`` may be sent at ``prompt``; see `LinePolicy`."""
        held = self._gate.refusal(prompt.level, line)
        if held is not None:
            return held
        if approval is not None and prompt.level != approval.request.level:
            return "crm is at another level than what was confirmed is meant for: not run."
        what = parse(prompt.level, line)
        self._note_switch(prompt, what)
        if what.effect == "read":
            return None
        if self._gate.is_locked:
            return READ_ONLY
        if what.effect == "stage":
            self._gate.expect_commit()
        if what.effect in ("own", "stage"):
            return None
        if _is_commit(what) and self._gate.withheld:
            return self._gate.withheld
        if approval is not None:
            return self._renewed(prompt, line, approval, seen)
        if self._is_on_shadow(prompt, what):
            return None
        if self._needs_sight(what) and (blind := self._gate.blindness):
            return not_run(blind)
        if not self._gate.is_attended:
            return None
        waits = tuple(staged) if what.effect == "commit" else ()
        is_unheard_of = self._gate.is_unheard_of(prompt.level, line)
        return ChangeRequest((line,), prompt.level, "typed", waits, is_unheard_of)

    def _needs_sight(self, what: CrmLine) -> bool:
        return self._target.kind != "sandbox" and not what.has("repairs")

    def _note_switch(self, prompt: CrmPrompt, what: CrmLine) -> None:
        """Take note of a CIB that is switched inside ``configure``.

        crm goes on with the configuration that it has read already, that of the CIB before. crmsh 4.4.0
        and 5.0.0 commit it to the CIB in their prompt (tried out); a crm that would commit it to the
        cluster looks the same from outside, so such a commit is asked for. Leaving ``configure`` drops
        what was read, and ends the doubt.
        """
        if "configure" not in prompt.level:
            self._has_switched_inside = False
        elif what.level == "cib" and what.command in ("use", "new", "import"):
            self._has_switched_inside = True

    def _is_on_shadow(self, prompt: CrmPrompt, what: CrmLine) -> bool:
        is_shadow = prompt.cib != LIVE and not self._has_switched_inside
        return is_shadow and what.level != "cib" and what.has("cib")

    def _renewed(
        self, prompt: CrmPrompt, line: str, approval: Approval, seen: SeenAgain | None
    ) -> str | SecondLook | None:
        """Say why a leave does not hold for ``line``, or no longer, or how to find that out."""
        request = approval.request
        if line not in request.lines:
            return "This is not what was confirmed: not run."
        if request.origin == "key" and prompt.cib != LIVE:
            return f"crm is on the shadow CIB {prompt.cib}, not on the cluster: not run."
        if self._checked is approval:
            return None  # what has changed since, the lines before have
        first = parse(request.level, request.lines[0])
        if self._needs_sight(first) and (blind := self._gate.blindness):
            return not_run(blind)
        confirmed = approval.forecast.version
        if seen is None and confirmed is not None:
            return SecondLook(partial(self._look_again, approval, confirmed))
        if seen is not None and seen.objection:
            return seen.objection
        self._checked = approval
        return None

    def _look_again(self, approval: Approval, confirmed: CibVersion) -> SeenAgain:
        """Read the state again, and say what does not hold any longer of what was confirmed."""
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


def _is_commit(what: CrmLine) -> bool:
    """Say whether ``what`` makes one CIB take what was prepared elsewhere, shadow CIBs included."""
    return what.effect == "commit" or (what.path[-1:] == ("cib",) and what.command == "commit")


def unforeseeable(line: str, reason: str) -> Forecast:
    """Return the forecast of a line of which nothing can be said."""
    what = reason.rstrip(".")
    return Forecast(line, f"cannot be forecast: {what}", unforeseeable=what)


def difference(confirmed: Forecast, now: Forecast) -> str | None:
    """Say how a forecast differs from the one that was confirmed; None where it is the same."""
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
