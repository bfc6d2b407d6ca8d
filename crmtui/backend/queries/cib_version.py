"""Which version the CIB of a target has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.backend.process.run import TIMEOUT, run

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target

_CIB = re.compile(r"<cib\b[^>]*>")
_NUMBER = re.compile(r'\b(admin_epoch|epoch|num_updates)="(\d+)"')


def version_of(target: Target, timeout: float = TIMEOUT) -> str:
    """Return the version of the CIB: ``admin_epoch.epoch.num_updates``; empty if there is none.

    Raises:
        CrmtuiError: It could not be read.
    """
    done = run(target, ["cibadmin", "--query", "--local", "--no-children"], timeout=timeout)
    found = _CIB.search(done.output)
    if found is None:
        return ""
    numbers = dict(_NUMBER.findall(found[0]))
    return ".".join(numbers.get(name, "0") for name in ("admin_epoch", "epoch", "num_updates"))
