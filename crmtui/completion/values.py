"""What completion draws on, the knowledge, and what it answers, the candidates."""

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
    """One way to go on with a line."""

    text: str
    """What replaces the line from ``start`` up to the cursor; quoted where crm needs it."""
    start: int
    """Index in the line where ``text`` begins."""
    display: str
    """What a menu shows; often shorter than ``text``."""
    meta: str
    """One line that describes it; may be empty."""
    required: bool = False
    """The command is not complete without it."""
    detail: str = ""
    """Paragraphs that describe it; may be empty."""
    is_final: bool = True
    """A blank follows; not so for ``name=`` and ``class:``."""
    type: str = ""
    """The type of a parameter's value: ``string``, ``boolean`` …; empty for what has none."""
    default: str = ""
    """The value it has when it is not set; empty where that is none or not known."""
    matches: tuple[int, ...] = ()
    """The letters of ``display`` that are typed, by their index."""

    @property
    def line(self) -> str:
        """What describes it, type and default included, in one line."""
        default = f"default {self.default}" if self.default else ""
        kind = ", ".join(words for words in (self.type, default) if words)
        return f"{self.meta} ({kind})" if self.meta and kind else self.meta or kind


class Knowledge(Protocol):
    """What is known of the cluster; an empty answer means that nothing can be offered.

    Asked from the thread that completes, so an answer may take as long as a program that runs.
    Nothing here raises on account of the cluster.
    """

    def cluster(self) -> Cluster | None:
        """Return the last look at the cluster, or None before the first."""

    def configuration(self) -> Configuration:
        """Return the objects of the configuration, those not yet committed included."""

    def agent_classes(self) -> tuple[str, ...]:
        """Return the classes of agents: ``ocf``, ``systemd``, ``stonith``, …, as one word each."""

    def providers(self, agent_class: str) -> tuple[str, ...]:
        """Return the providers of a class; only ``ocf`` has any."""

    def agents(self, agent_class: str, provider: str = "") -> tuple[str, ...]:
        """Return the types of agents of a class, and for ``ocf`` of a provider."""

    def metadata(self, agent: str) -> AgentMetadata | None:
        """Return what ``class:provider:type`` says about itself, or None when it says nothing."""

    def known_metadata(self, agent: str) -> AgentMetadata | None:
        """Return what ``class:provider:type`` says about itself if that is known already.

        Unlike ``metadata`` this starts no program, so that a list of agents can be described.
        """

    def properties(self) -> tuple[Parameter, ...]:
        """Return the cluster properties as this Pacemaker documents them."""

    def shadow_cibs(self) -> tuple[str, ...]:
        """Return the names of the shadow CIBs."""

    def crmsh(self) -> Crmsh | None:
        """Return what the installed crmsh says of itself, or None while that is not known.

        Never waits: the answer is got in the background.
        """

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder of the machine that crm runs on; folders end in ``/``.

        Args:
            folder: A path; empty for the folder that crm works in.
        """

    def scripts(self) -> tuple[Script, ...]:
        """Return the cluster scripts that crm finds, without their parameters."""

    def script(self, name: str) -> Script | None:
        """Return a cluster script with its parameters, or None when there is none."""

    def template(self, name: str) -> Template | None:
        """Return one of crmsh's templates, or None when there is none of that name."""

    def corosync_paths(self) -> tuple[tuple[str, str], ...]:
        """Return the paths of the values in ``corosync.conf``, with the values."""
