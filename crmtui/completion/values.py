"""Input and output of completion: the knowledge of a cluster, and the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crmtui.cib.agents import AgentMetadata, Parameter
    from crmtui.cib.objects import Configuration
    from crmtui.cib.scripts import Script
    from crmtui.cib.templates import Template
    from crmtui.cluster.model import Cluster
    from crmtui.crmsh.installed_commands import Crmsh


@dataclass(frozen=True, slots=True)
class Candidate:
    """Way to go on with a line, as a menu offers it."""

    text: str
    """The text that replaces the line from ``start`` to the cursor, quoted where crm needs it."""
    start: int
    """Index in the line where ``text`` begins."""
    display: str
    """The text in a menu; often shorter than ``text``."""
    meta: str
    """Description in one line; may be empty."""
    required: bool = False
    """True if the command is not complete without it."""
    detail: str = ""
    """Description in paragraphs; may be empty."""
    is_final: bool = True
    """True if a blank follows; False for ``name=`` and ``class:``."""
    type: str = ""
    """The type of a parameter's value: ``string``, ``boolean`` …; empty for other things."""
    default: str = ""
    """The value while none is set; empty if unknown or none."""
    matches: tuple[int, ...] = ()
    """Indices of the typed letters in ``display``."""

    @property
    def line(self) -> str:
        """Description in one line, with type and default."""
        default = f"default {self.default}" if self.default else ""
        kind = ", ".join(words for words in (self.type, default) if words)
        return f"{self.meta} ({kind})" if self.meta and kind else self.meta or kind


class Knowledge(Protocol):
    """Facts about the cluster; an empty answer means that nothing can be offered.

    The completing thread asks, so an answer may take as long as a program that runs. No method raises
    on account of the cluster.
    """

    def cluster(self) -> Cluster | None:
        """Return the last snapshot of the cluster, or None before the first."""

    def configuration(self) -> Configuration:
        """Return the objects of the configuration, uncommitted ones included."""

    def agent_classes(self) -> tuple[str, ...]:
        """Return the classes of agents, one word each: ``ocf``, ``systemd``, ``stonith``."""

    def providers(self, agent_class: str) -> tuple[str, ...]:
        """Return the providers of a class; only ``ocf`` has any."""

    def agents(self, agent_class: str, provider: str = "") -> tuple[str, ...]:
        """Return the types of agents of a class, and for ``ocf`` of a provider."""

    def metadata(self, agent: str) -> AgentMetadata | None:
        """Return the metadata of ``class:provider:type``, or None if the agent gives none."""

    def known_metadata(self, agent: str) -> AgentMetadata | None:
        """Return the metadata of ``class:provider:type`` if it is known already, else None.

        Unlike ``metadata``, this starts no program, so that a long list of agents can be described.
        """

    def properties(self) -> tuple[Parameter, ...]:
        """Return the cluster properties as this Pacemaker documents them."""

    def shadow_cibs(self) -> tuple[str, ...]:
        """Return the names of the shadow CIBs."""

    def crmsh(self) -> Crmsh | None:
        """Return the installed crmsh's description of itself, or None while it is not known.

        Never waits: the answer is fetched in the background.
        """

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder of the machine where crm runs; folders end in ``/``.

        Args:
            folder: A path; empty for crm's working folder.
        """

    def scripts(self) -> tuple[Script, ...]:
        """Return the cluster scripts that crm finds, without their parameters."""

    def script(self, name: str) -> Script | None:
        """Return a cluster script with its parameters, or None if there is none."""

    def template(self, name: str) -> Template | None:
        """Return one of crmsh's templates, or None if there is none of that name."""

    def corosync_paths(self) -> tuple[tuple[str, str], ...]:
        """Return the paths of the values in ``corosync.conf``, with the values."""
