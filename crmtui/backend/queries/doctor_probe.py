"""Probe of everything that crmtui needs on a target, for ``crmtui doctor``; the probe only reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.queries.cib_query import query_cib
from crmtui.backend.targets.wakeups.pacemaker_log import LOG, LOG_OF_PACEMAKER
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cib.xml import is_true
from crmtui.cluster.verdict import judge
from crmtui.doctor.doctor_finding import DoctorFinding, State
from crmtui.doctor.programs import PROGRAMS, Family, family, programs
from crmtui.doctor.rights import HACLIENT, User, rights
from crmtui.errors import CrmtuiError, PermissionRefused
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from crmtui.backend.process.target import Target

_TIMEOUT = 20.0
_PROBE = f"""\
{LOG_OF_PACEMAKER}
shift
say() {{ printf '%s\\t%s\\n' "$1" "$2"; }}
say user "$(id -un)"
say groups "$(id -Gn)"
say enlisted "$(getent group {HACLIENT} 2>/dev/null | cut -d: -f4)"
say system "$(. /etc/os-release 2>/dev/null; echo "$ID $ID_LIKE")"
say log "$log"
test -e "$log" || {{ test -d "${{log%/*}}" && ! test -x "${{log%/*}}"; }} && say has_log yes
test -r "$log" && say reads_log yes
for program; do
  where=$(command -v "$program") && say "at $program" "$where"
done
say "version crm" "$(crm --version 2>/dev/null | head -n1)"
say "version crm_mon" "$(crm_mon --version 2>/dev/null | head -n1)"
say "version corosync-quorumtool" "$(corosync -v 2>/dev/null | head -n1)"
"""
"""Script that prints one ``name<tab>value`` a line, all in one round trip over ssh."""


@dataclass(frozen=True, slots=True)
class _ProbeOutput:
    """Output of the probe."""

    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def under(self, word: str) -> dict[str, str]:
        """Return the values of ``word NAME``, by name."""
        begins = f"{word} "
        return {n[len(begins) :]: v for n, v in self.values.items() if n.startswith(begins) and v}

    @property
    def user(self) -> User:
        name = self.get("user")
        enlisted = name in self.get("enlisted").split(",")
        return User(name, tuple(self.get("groups").split()), enlisted)

    @property
    def family(self) -> Family:
        return family(self.get("system").split())


def examine(target: Target) -> Iterator[DoctorFinding]:
    """Yield a finding for each thing that crmtui needs on ``target``, present or missing.

    Raises:
        ClusterUnavailable: The target itself cannot be reached.
    """
    is_node = target.kind != "sandbox"
    names = [program.name for program in PROGRAMS]
    done = run(target, ["sh", "-c", _PROBE, "probe", LOG, *names], timeout=_TIMEOUT)
    lines = (line.partition("\t") for line in done.output.splitlines())
    probe = _ProbeOutput({name: plain_line(value) for name, _, value in lines})
    yield from programs(probe.under("at"), probe.under("version"), probe.family, is_node=is_node)
    if "crm_mon" in probe.under("at"):
        yield from _cluster(target, probe.user, is_node=is_node)
    if is_node:
        yield _changes(target, probe)


def _cluster(target: Target, user: User, *, is_node: bool) -> Iterator[DoctorFinding]:
    costs = "everything that shows or changes a cluster"
    reads, properties = True, dict[str, str]()
    try:
        cluster = take_snapshot(target).cluster
    except CrmtuiError as error:
        reads = False
        # Not "bad" without rights: the cluster may be well, and "Rights" tells the way in.
        state: State = "off" if isinstance(error, PermissionRefused) else "bad"
        yield DoctorFinding("Cluster", "cluster", state, plain_line(error.what), costs, error.hint)
    else:
        verdict = judge(cluster)
        properties = dict(cluster.properties)
        said = f"{cluster.name or 'it has no name'}: {verdict.word}, {plain_line(verdict.reason)}"
        yield DoctorFinding("Cluster", "cluster", "ok", said)
    if is_node:
        has_acls = is_true(properties, "enable-acl")
        acls = _acls(target) if has_acls else None
        yield from rights(user, reads=reads, acls=acls, has_acls=has_acls)


def _acls(target: Target) -> Element | None:
    try:
        return query_cib(target, _TIMEOUT).configuration.find("acls")
    except CrmtuiError:  # the snapshot met the same error, and its finding reports it
        return None


def _changes(target: Target, probe: _ProbeOutput) -> DoctorFinding:
    """Return the finding about Pacemaker's log, by which changes are noticed."""
    log, area, name = probe.get("log"), "Changes", "Pacemaker's log"
    wakeup = target.wakeup()
    way = wakeup.way
    wakeup.close()
    if probe.get("reads_log"):
        return DoctorFinding(area, name, "ok", f"{log} is readable: {way}")
    costs = f"following changes at once: {way}, which takes up to 2 s more"
    if probe.get("has_log"):
        fix = f"usermod -aG {HACLIENT} {probe.user.name}"
        return DoctorFinding(area, name, "off", f"{log} may not be read", costs, fix)
    fix = (
        "Start Pacemaker, or set PCMK_logfile in /etc/default/pacemaker (/etc/sysconfig/pacemaker)."
    )
    return DoctorFinding(area, name, "off", f"there is no {log}", costs, fix)
