"""Knowledge of a cluster for completion, from the programs of the target when it is needed.

Agents and their metadata do not change while crmtui runs, so each is read once. The configuration is
read again after ``forget_configuration``. After a failure completion offers nothing, and the program
rests for a while.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from crmtui.backend.process.cancellation import Cancellation, heeding
from crmtui.backend.process.run import run
from crmtui.backend.queries import installed_crmsh
from crmtui.backend.queries.cib_query import query_cib
from crmtui.cib import agents, scripts, templates
from crmtui.cib.agents import AgentMetadata, Parameter, is_agent_name
from crmtui.cib.objects import Configuration
from crmtui.cib.staged_objects import with_staged
from crmtui.cluster.stack import corosync_keys
from crmtui.crmsh.words import quoted
from crmtui.errors import Cancelled, CrmtuiError
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crmtui.backend.process.target import Target
    from crmtui.cib.scripts import Script
    from crmtui.cib.templates import Template
    from crmtui.cluster.model import Cluster
    from crmtui.crmsh.installed_commands import Crmsh

RETRY = 30.0
"""Seconds after which a program that failed runs again."""

FRESH = 5.0
"""Seconds for which the listing of a folder holds."""

CRM_TIMEOUT = 15.0
"""Seconds that crm itself may take, which loads the metadata of many agents for its scripts."""

TIMEOUT = 5.0
"""Seconds that a program may take until completion offers nothing; some fence agents need one."""

_PAUSE = 0.02
_OPTIONS = ("crm_attribute", "--list-options=cluster", "--all", "--output-as=xml")
_DAEMONS = ("pacemaker-schedulerd", "pacemaker-controld", "pacemaker-based")
_FOLDERS = (
    "",  # on the PATH
    "/usr/libexec/pacemaker/",
    "/usr/lib/pacemaker/",
    "/usr/lib64/pacemaker/",
    "/usr/lib/x86_64-linux-gnu/pacemaker/",
    "/usr/lib/aarch64-linux-gnu/pacemaker/",
)
_NOT_RUN = ("lsb", "service", "systemd", "upstart")
"""Classes whose agents Pacemaker describes without running them; its lists lack some of their units."""
_COROSYNC = "/etc/corosync/corosync.conf"
_SHADOWS = "/var/lib/pacemaker/cib"

T = TypeVar("T")


class LiveKnowledge:
    """``Knowledge`` of the cluster of a target; any thread may use it.

    Args:
        target: Target that the programs run on.
        clock: Monotonic clock, in seconds.
    """

    def __init__(self, target: Target, clock: Callable[[], float] = time.monotonic) -> None:
        self._target = target
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, object] = {}
        self._failed: dict[str, float] = {}
        self._learning: set[str] = set()
        self._listed_since: dict[str, float] = {}
        """Times at which the agents of a class or a provider were listed."""
        self._closed = threading.Event()
        self._waits = Cancellation(reason="crmtui is quitting.")
        """Cancellation of all waits of these threads."""
        self._cluster: Cluster | None = None
        self._staged: tuple[str, ...] = ()
        self._replaceable = frozenset[str]()
        self._listed: dict[str, tuple[float, str]] = {}
        self._crmsh: Crmsh | None = None
        self._is_crmsh_asked = False
        self._committed = Configuration()
        self._forgotten = 0
        self._read = -1
        self._read_again = 0.0

    def see(self, cluster: Cluster | None) -> None:
        """Take the cluster of the newest snapshot."""
        self._cluster = cluster

    def stage(self, lines: Iterable[str], replaceable: frozenset[str] = frozenset()) -> None:
        """Take the staged ``configure`` lines, instead of the earlier ones.

        Args:
            lines: Staged lines, in order.
            replaceable: Ids of staged objects that a corrected line replaces.
        """
        self._staged, self._replaceable = tuple(lines), replaceable

    def forget_configuration(self) -> None:
        """Read the configuration again at its next use."""
        with self._lock:
            self._forgotten += 1
            self._known.pop("shadows", None)

    def close(self) -> None:
        """Stop the reading in the background."""
        self._closed.set()
        self._waits.cancel()

    def cluster(self) -> Cluster | None:
        """Return the cluster of the newest snapshot."""
        return self._cluster

    def configuration(self) -> Configuration:
        """Return the configuration with the staged lines; after an error, the last known one."""
        with self._lock:
            asked = self._forgotten
            is_fresh = self._read == asked and self._clock() < self._read_again
        if not is_fresh:
            self._read_configuration(asked)
        committed, staged = self._committed, self._staged
        if not staged:
            return committed
        return replace(with_staged(committed, staged), replaceable=self._replaceable)

    def _read_configuration(self, asked: int) -> None:
        """Read the configuration after ``asked`` calls of `forget_configuration`; the newest wins."""
        try:
            found = query_cib(self._target, TIMEOUT).objects
        except Cancelled:
            return  # no failure of the cluster
        except CrmtuiError:
            found = None
        with self._lock:
            if asked >= self._read:
                self._read = asked
                self._committed = found or self._committed
                self._read_again = float("inf") if found else self._clock() + RETRY

    def agent_classes(self) -> tuple[str, ...]:
        """Return the agent classes, from ``crm_resource --list-standards``."""
        return self._lines("crm_resource", "--list-standards")

    def providers(self, agent_class: str) -> tuple[str, ...]:
        """Return the providers of OCF agents, from ``crm_resource --list-ocf-providers``."""
        return self._lines("crm_resource", "--list-ocf-providers") if agent_class == "ocf" else ()

    def agents(self, agent_class: str, provider: str = "") -> tuple[str, ...]:
        """Return the agents of a class or provider, from ``crm_resource --list-agents``.

        The metadata of OCF agents is then read in the background, one agent at a time.
        """
        scope = f"{agent_class}:{provider}" if provider else agent_class
        found = self._lines("crm_resource", f"--list-agents={scope}")
        if agent_class == "ocf" and provider and found:
            self._learn(f"{scope}:", found)
        return found

    def metadata(self, agent: str) -> AgentMetadata | None:
        """Return the metadata of an agent, from ``crm_resource --show-metadata``.

        Fencing agents get the parameters pcmk_*, too. Only listed agents are read, as reading runs them.
        """
        if not self._is_listed(agent):
            return None
        found = self._metadata_of("crm_resource", f"--show-metadata={agent}")
        if found is None or not agent.startswith("stonith:"):
            return found
        known = {parameter.name for parameter in found.parameters}
        common = (p for p in self._daemon("pacemaker-fenced") if p.name not in known)
        return replace(found, parameters=(*found.parameters, *common))

    def _is_listed(self, agent: str) -> bool:
        """Return True if the installed Pacemaker has an agent of that name."""
        parts = agent.split(":")
        if len(parts) not in (2, 3) or not all(map(is_agent_name, parts)):
            return False
        scope, _, name = agent.rpartition(":")
        if parts[0] in _NOT_RUN:
            return True
        with self._lock:
            asked = self._listed_since.setdefault(scope, self._clock())
        listing = ("crm_resource", f"--list-agents={scope}")
        if name not in self._lines(*listing) and asked + RETRY <= self._clock():
            with self._lock:  # the agent may have been installed meanwhile
                self._listed_since[scope] = self._clock()
                self._known.pop(" ".join(listing), None)
        return name in self._lines(*listing)

    def silence(self, agent: str) -> str:
        """Return the reason for missing metadata of ``agent``, as a sentence."""
        if self._is_listed(agent):
            return f"The agent {agent} prints no metadata here."
        where = "on this machine" if self._target.kind == "sandbox" else "here"
        origin = " A file does not choose what runs." if self._target.kind == "sandbox" else ""
        return f"crm_resource does not list the agent {agent} {where}: it was not run.{origin}"

    def known_metadata(self, agent: str) -> AgentMetadata | None:
        """Return the metadata of an agent that was read already, else None."""
        with self._lock:
            found = self._known.get(f"crm_resource --show-metadata={agent}")
        return found if isinstance(found, AgentMetadata) else None

    def properties(self) -> tuple[Parameter, ...]:
        """Return the properties, from ``crm_attribute``, or from the daemons before Pacemaker 2.1.8."""
        found = self._metadata_of(*_OPTIONS)
        if found is not None:
            return found.parameters
        parts = (self._daemon(name) for name in _DAEMONS)
        known = {parameter.name: parameter for part in parts for parameter in part}
        return tuple(known[name] for name in sorted(known))

    def shadow_cibs(self) -> tuple[str, ...]:
        """Return the names of the shadow CIBs in crm_shadow's folder on the target."""
        folder = self._target.invocation(("ls",)).env.get("CIB_shadow_dir") or _SHADOWS
        names = self._once("shadows", lambda: self._output("ls", "--", folder).split()) or []
        return tuple(
            plain_line(name.removeprefix("shadow.")) for name in names if name.startswith("shadow.")
        )

    def crmsh(self) -> Crmsh | None:
        """Return the installed crmsh, listed once in the background; None until then."""
        with self._lock:
            is_first, self._is_crmsh_asked = not self._is_crmsh_asked, True
        if is_first:
            threading.Thread(target=self._learn_crmsh, name="crmsh", daemon=True).start()
        return self._crmsh

    def learn_crmsh(self) -> None:
        """List the installed crmsh in this thread, which takes half a second."""
        self._is_crmsh_asked = True
        self._crmsh = installed_crmsh.read(self._target)

    def _learn_crmsh(self) -> None:
        with heeding(self._waits):
            self.learn_crmsh()

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the files in a folder of the target, from ``ls``, not older than ``FRESH``."""
        output = self._for_a_while(f"ls {folder}", lambda: self._listing(folder))
        return tuple(name for name in output.splitlines() if name == plain_line(name))

    def _listing(self, folder: str) -> str:
        # ./ keeps a folder from being read as an option; busybox does not know --.
        path = folder if folder.startswith("/") else f"./{folder}"
        return self._output("ls", "-1Ap", path)

    def corosync_paths(self) -> tuple[tuple[str, str], ...]:
        """Return the keys and values in ``/etc/corosync/corosync.conf`` of the target."""
        return corosync_keys.paths(
            self._for_a_while(_COROSYNC, lambda: self._output("cat", _COROSYNC))
        )

    def scripts(self) -> tuple[Script, ...]:
        """Return the cluster scripts, from ``crm script json '["list"]'``."""
        return self._script_json("list")

    def script(self, name: str) -> Script | None:
        """Return one cluster script, from ``crm script json '["show", NAME]'``; None if unknown."""
        return next(iter(self._script_json("show", name)), None) if name else None

    def template(self, name: str) -> Template | None:
        """Return a template in crmsh's folder of templates; None if unknown."""
        folder = self._crmsh.templates if self._crmsh is not None else ""
        if not folder or not name or "/" in name:
            return None
        path = f"{folder}/{name}"
        return self._once(f"template {name}", lambda: templates.parse(self._output("cat", path)))

    def _script_json(self, *request: str) -> tuple[Script, ...]:
        words = json.dumps(request)
        # crm splits its arguments like a line, so the JSON is quoted; it has no control characters.
        argv = ("crm", "script", "json", quoted(words))
        found = self._once(
            f"script {words}", lambda: scripts.parse(self._output(*argv, timeout=CRM_TIMEOUT))
        )
        return found or ()

    def _daemon(self, name: str) -> tuple[Parameter, ...]:
        for folder in _FOLDERS:
            found = self._metadata_of(folder + name, "metadata")
            if found is not None:
                return found.parameters
        return ()

    def _metadata_of(self, *argv: str) -> AgentMetadata | None:
        return self._once(" ".join(argv), lambda: agents.parse(self._output(*argv)))

    def _lines(self, *argv: str) -> tuple[str, ...]:
        output = self._once(" ".join(argv), lambda: self._output(*argv)) or ""
        names = (plain_line(line) for line in output.splitlines())
        return tuple(dict.fromkeys(name for name in names if name and " " not in name))

    def _output(self, *argv: str, timeout: float = TIMEOUT) -> str:
        completed = run(self._target, argv, timeout=timeout)
        if completed.status != 0:
            raise CrmtuiError(f"{argv[0]} ended with exit status {completed.status}.")
        return completed.output

    def _for_a_while(self, key: str, ask: Callable[[], str]) -> str:
        """Return the last result of ``ask`` for ``FRESH`` seconds; an empty one after an error."""
        with self._lock:
            asked = self._listed.get(key)
        if asked is not None and self._clock() < asked[0] + FRESH:
            return asked[1]
        try:
            found = ask()
        except Cancelled:
            return ""
        except CrmtuiError:
            found = ""
        with self._lock:
            self._listed[key] = self._clock(), found
        return found

    def _once(self, key: str, ask: Callable[[], T]) -> T | None:
        """Return the first result of ``ask``; None for ``RETRY`` seconds after a failure."""
        with self._lock:
            if key in self._known:
                return self._known[key]  # type: ignore[return-value]
            if self._failed.get(key, float("-inf")) + RETRY > self._clock():
                return None
        try:
            found = ask()
        except Cancelled:
            return None
        except CrmtuiError:
            with self._lock:
                self._failed[key] = self._clock()
            return None
        with self._lock:
            self._known[key] = found
        return found

    def _learn(self, prefix: str, types: tuple[str, ...]) -> None:
        with self._lock:
            if prefix in self._learning:
                return
            self._learning.add(prefix)
        threading.Thread(
            target=self._read_descriptions, args=(prefix, types), name=prefix, daemon=True
        ).start()

    def _read_descriptions(self, prefix: str, types: tuple[str, ...]) -> None:
        with heeding(self._waits):
            for name in types:
                # A pause after each agent leaves the node's processors to the cluster.
                if self._closed.wait(_PAUSE):
                    return
                self.metadata(prefix + name)
