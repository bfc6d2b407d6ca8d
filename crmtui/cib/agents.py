"""Metadata of a resource agent or a Pacemaker daemon: its parameters and actions.

Agents print the metadata of the OCF resource agent API (``crm_resource --show-metadata``). Pacemaker
documents the cluster properties in the same format, so the same parser reads them: the daemons of 2.1
(``pacemaker-schedulerd metadata``), and ``crm_attribute --list-options`` of 3.0.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from crmtui.errors import MetadataUnreadable
from crmtui.text import plain, plain_line

# A name becomes part of a command, so a word that crm would split is refused.
# A word that begins with $ or @ is an id or a reference to one.
_NAME = re.compile(r"[^\s='\"\\$@][^\s='\"\\]*")
_AGENT_NAME = re.compile(r"[A-Za-z0-9_][\w.@+\\-]*(?:/[A-Za-z0-9_][\w.@+\\-]*)?", re.ASCII)
"""Class, provider or type. Some fencing agents are ``external/…``, and systemd escapes by ``\\``."""
_ADVANCED = "*** Advanced Use Only ***"


def is_agent_name(word: str) -> bool:
    """Return True if a word can be the class, the provider or the type of an agent.

    Pacemaker makes a path of the word, and crm a shell command, so other words are a risk.
    """
    return _AGENT_NAME.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Parameter:
    """An instance attribute of an agent, or a property of the cluster."""

    name: str
    type: str = "string"
    """As documented: ``string``, ``boolean``, ``integer``, ``select``, ``time``, ``second`` …"""
    default: str = ""
    """Value in force while the parameter is not set; empty if it is empty or not documented."""
    shortdesc: str = ""
    """Description in one line."""
    longdesc: str = ""
    """Description in paragraphs; may be empty."""
    choices: tuple[str, ...] = ()
    """Values of a ``select``, in the documented order."""
    is_required: bool = False
    is_unique: bool = False
    """True if two resources of this agent must not share the value (``unique``, ``unique-group``)."""
    is_advanced: bool = False
    """True if the parameter is documented as not for everyday use."""
    is_deprecated: bool = False
    replaced_by: str = ""
    """Successor of a deprecated parameter; empty if there is none."""
    is_generated: bool = False
    """True if the cluster itself sets the parameter, as it sets ``dc-version``."""


@dataclass(frozen=True, slots=True)
class AgentOperation:
    """Operation of an agent, with the values that the agent advises; empty without advice."""

    name: str
    timeout: str = ""
    interval: str = ""
    role: str = ""
    """``Promoted`` or ``Unpromoted``, or the older words, for an action of one role only."""
    depth: str = ""

    def advised(self) -> tuple[tuple[str, str], ...]:
        """Return the advised attributes by name, as ``op`` in crm's language takes them."""
        depth = "" if self.depth == "0" else self.depth
        pairs = (
            ("interval", self.interval),
            ("timeout", self.timeout),
            ("role", self.role),
            ("OCF_CHECK_LEVEL", depth),
        )
        return tuple((name, value) for name, value in pairs if value)


@dataclass(frozen=True, slots=True)
class AgentMetadata:
    """Description of an agent, as the agent prints it."""

    name: str
    """Type of the agent, as in the metadata: ``IPaddr2``."""
    shortdesc: str = ""
    longdesc: str = ""
    parameters: tuple[Parameter, ...] = ()
    actions: tuple[AgentOperation, ...] = ()
    is_silent: bool = False
    """True if the agent has no metadata, so that only its name is known."""

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter called ``name``, or None."""
        return next((known for known in self.parameters if known.name == name), None)


def parse(xml: str) -> AgentMetadata:
    """Read the metadata of an agent or of a daemon.

    Args:
        xml: Output of ``crm_resource --show-metadata``, of a daemon's ``metadata`` or of
            ``crm_attribute --list-options=cluster --output-as=xml``.

    Raises:
        MetadataUnreadable: The output is empty, broken, not metadata, or declares entities.
    """
    # The DOCTYPE of agents names a file and is harmless, but entities can grow without bounds.
    if "<!ENTITY" in xml:
        raise MetadataUnreadable("The agent's metadata declares entities, so it was not read.")
    try:
        root = ET.fromstring(xml.strip())
    except (ET.ParseError, ValueError) as error:
        raise MetadataUnreadable(f"The agent's metadata is no XML: {error}.") from error
    agent = root if root.tag == "resource-agent" else root.find(".//resource-agent")
    if agent is None:
        raise MetadataUnreadable("There is no resource-agent in the agent's metadata.")
    parameters = (_parameter(element) for element in agent.findall("parameters/parameter"))
    actions = (_action(element) for element in agent.findall("actions/action"))
    return AgentMetadata(
        name=plain_line(agent.get("name", "")),
        shortdesc=_line(agent, "shortdesc") or plain_line(agent.get("shortdesc", "")),
        longdesc=_paragraphs(agent, "longdesc"),
        parameters=tuple(
            {known.name: known for known in parameters if _NAME.fullmatch(known.name)}.values()
        ),
        actions=tuple(action for action in actions if _NAME.fullmatch(action.name)),
    )


def _parameter(element: ET.Element) -> Parameter:
    content = element.find("content")
    content = ET.Element("content") if content is None else content
    shortdesc = _line(element, "shortdesc")
    options = (plain_line(option.get("value", "")) for option in content.iter("option"))
    replacement = element.find("deprecated/replaced-with")
    return Parameter(
        name=plain_line(element.get("name", "")),
        type=plain_line(content.get("type", "string")).lower(),
        default=plain_line(content.get("default", "")),
        shortdesc=shortdesc.removeprefix(_ADVANCED).strip(),
        longdesc=_paragraphs(element, "longdesc"),
        choices=tuple(dict.fromkeys(option for option in options if option)),
        is_required=_holds(element, "required"),
        is_unique=_holds(element, "unique") or bool(element.get("unique-group")),
        is_advanced=_holds(element, "advanced") or shortdesc.startswith(_ADVANCED),
        is_deprecated=_holds(element, "deprecated") or element.find("deprecated") is not None,
        replaced_by="" if replacement is None else plain_line(replacement.get("name", "")),
        is_generated=_holds(element, "generated"),
    )


def _action(element: ET.Element) -> AgentOperation:
    return AgentOperation(
        **{
            name: plain_line(element.get(name, ""))
            for name in ("name", "timeout", "interval", "role", "depth")
        }
    )


def _holds(element: ET.Element, name: str) -> bool:
    return element.get(name, "").strip().lower() in ("1", "true", "yes")


def _words(element: ET.Element, name: str) -> str:
    child = element.find(name)
    return "" if child is None else "".join(child.itertext())


def _line(element: ET.Element, name: str) -> str:
    return plain_line(_words(element, name))


def _paragraphs(element: ET.Element, name: str) -> str:
    return plain(_words(element, name)).strip()
