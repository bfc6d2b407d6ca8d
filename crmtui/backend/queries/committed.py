"""What is committed: the configuration that the cluster has, and which version of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.queries.cib_version import version_of
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target

LIVE = "live"
"""What crm's prompt calls the CIB that is no shadow; a sandbox's copy too."""
_TIMEOUT = 5.0
"""Seconds for a version; it takes some 20 ms, and without one nothing but certainty is lost."""
_SHOW_TIMEOUT = 60.0
"""Seconds for the whole configuration; it takes half a second, and minutes with 10 000 objects."""

_BOTH = re.compile(r"^(?:WARNING: )?both \S+ and \S+ exist, please cleanup\n", re.MULTILINE)
"""Said among the configuration where there are two places for crm's own files (crmsh, ``userdir``)."""

Version = tuple[int, int, int]
"""``admin_epoch``, ``epoch`` (of the configuration) and ``num_updates`` (of the status)."""


def version(target: Target) -> Version | None:
    """Return the version of the CIB; None where it cannot be had."""
    try:
        numbers = [int(number) for number in version_of(target, _TIMEOUT).split(".")]
        admin_epoch, epoch, num_updates = numbers
    except (CrmtuiError, ValueError):
        return None
    return admin_epoch, epoch, num_updates


def configuration_text(target: Target, cib: str = LIVE) -> str:
    """Return the configuration as crm shows it, with its secrets masked.

    Args:
        target: The cluster.
        cib: ``live`` or the name of a shadow CIB.

    Raises:
        CrmtuiError: crm could not be run, or not to its end.
    """
    shadow = [] if cib == LIVE else ["-c", cib]
    argv = ["crm", "-D", "plain", *shadow, "configure", "show"]
    done = run(target, argv, env={"TERM": "dumb", "PAGER": "cat"}, timeout=_SHOW_TIMEOUT)
    if done.status != 0:
        raise CrmtuiError(
            f"crm does not show the configuration: exit status {done.status}.",
            hint=done.errors.strip()[-500:],
        )
    return _BOTH.sub("", done.output)
