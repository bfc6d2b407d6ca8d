"""Errors of crmtui as one tree; each has a sentence, a next step and an exit status.

    CrmtuiError               1
    ├── TargetInvalid         2   a target of the command line cannot be opened
    ├── ProgramMissing        3   a needed program is not installed
    ├── ClusterUnavailable    4   the cluster is not running, or does not answer
    ├── PermissionRefused     5   this user may not read the CIB
    ├── CibUnreadable         6   a CIB is broken, empty, or newer than this Pacemaker
    ├── TerminalUnfit         7   the screen cannot be drawn on this terminal
    ├── LabFailed             8   the throwaway cluster could not be built or reached
    ├── CrmNotStarted         9   the crm program did not start, or keeps dying
    ├── KeymapInvalid        10   a keymap file cannot be used
    ├── ChangeRefused        11   a change was not made, since something else changed first
    ├── SettingsInvalid      12   the settings cannot be used as they are
    ├── InputEnded           13   a script in a pipe ended before it answered a question, or committed
    │
    ├── Cancelled                 a request was cancelled, or gave way to another one
    ├── TrialRefused              crm refuses a line when it is tried on a copy
    ├── Unwritable                crm's language cannot express a value
    ├── MetadataUnreadable        the output of an agent is not metadata
    ├── AgentSilent               an agent has no metadata, so there can be no form for it
    ├── ScriptRefused             crm refuses the parameters of a script
    ├── NotInForm                 an object has parts that a form could not keep
    ├── Unformable                a form cannot take a text over
    └── FormIncomplete            the given options do not make a configuration

Errors without a status of their own have the tree's: 1. The exit statuses are part of the interface:
scripts tell errors apart by them (README, "Exit status").
"""

from __future__ import annotations

from typing import ClassVar


class CrmtuiError(Exception):
    """Error that crmtui reports to the user instead of going on.

    Args:
        what: The sentence: what happened, and on what.
        hint: The next step, as a sentence or a command; empty if there is none.
    """

    exit_status: ClassVar[int] = 1
    """The exit status of a program that ends on this error."""

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n{self.hint}" if self.hint else self.what


class TargetInvalid(CrmtuiError):
    """The target named on the command line is not there, or is no CIB."""

    exit_status = 2


class ProgramMissing(CrmtuiError):
    """A needed program is not installed on the machine where the commands run."""

    exit_status = 3


class ClusterUnavailable(CrmtuiError):
    """The cluster is not running on the target, or did not answer in time."""

    exit_status = 4


class PermissionRefused(CrmtuiError):
    """The user may not read the CIB."""

    exit_status = 5


class CibUnreadable(CrmtuiError):
    """A CIB, or a tool's output about it, is broken, empty, or newer than this Pacemaker."""

    exit_status = 6


class TerminalUnfit(CrmtuiError):
    """The screen cannot be drawn here: no terminal, or one that cannot move its cursor."""

    exit_status = 7


class LabFailed(CrmtuiError):
    """The throwaway cluster could not be built, started, reached or taken down."""

    exit_status = 8


class CrmNotStarted(CrmtuiError):
    """The ``crm`` program did not start, or dies again and again."""

    exit_status = 9


class KeymapInvalid(CrmtuiError):
    """A keymap file cannot be used; the sentence names file and key."""

    exit_status = 10


class ChangeRefused(CrmtuiError):
    """A change was not made: something else changed, or the cluster does not accept it."""

    exit_status = 11


class SettingsInvalid(CrmtuiError):
    """The settings cannot be used, or not be saved; the sentence names the file."""

    exit_status = 12


class InputEnded(CrmtuiError):
    """A script in a pipe ended with a question open, or with lines that were not committed."""

    exit_status = 13


class Cancelled(CrmtuiError):
    """Early end of a request, which was cancelled or gave way to another one."""


class TrialRefused(CrmtuiError):
    """Refusal of a line by crm, tried on a copy; its errors stand in ``what``."""


class Unwritable(CrmtuiError):
    """A value that crm's language cannot express."""


class MetadataUnreadable(CrmtuiError):
    """The output of an agent is not metadata."""


class AgentSilent(CrmtuiError):
    """Agent without metadata, for which there can be no form."""


class ScriptRefused(CrmtuiError):
    """Refusal by crm of the parameters of a script, with its reason."""


class NotInForm(CrmtuiError):
    """An object with parts that a form could not show, and so might lose."""


class Unformable(CrmtuiError):
    """Text that a form cannot take over, with the reason."""


class FormIncomplete(CrmtuiError):
    """The given options do not make a configuration."""
