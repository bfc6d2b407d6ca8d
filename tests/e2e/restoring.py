"""Gives a lab back as it was found, whatever a test made of its configuration."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target

_REPLACE = ("cibadmin", "--replace", "--scope")


@contextmanager
def restored(target: Target) -> Iterator[None]:
    """Put the configuration back at the end, once nothing runs that it does not have."""
    saved = run(target, ("cibadmin", "--query", "--scope", "configuration"), timeout=60)
    assert saved.status == 0, saved.errors
    try:
        yield
    finally:
        # Without a fencing device, and with fencing on, nothing would be stopped.
        run(target, ("crm_attribute", "--name", "stonith-enabled", "--update", "false"), timeout=60)
        for section in ("constraints", "resources"):
            run(target, (*_REPLACE, section, "--xml-text", f"<{section}/>"))
        run(target, ("crm_resource", "--wait", "--timeout=60"), timeout=90)
        put = run(target, (*_REPLACE, "configuration", "--xml-text", saved.output))
        assert put.status == 0, put.errors
