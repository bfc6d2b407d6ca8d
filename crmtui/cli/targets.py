"""From the options of the command line to a target."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from crmtui.crm.cib_source import CibSource
from crmtui.crm.live import LiveTarget
from crmtui.crm.sandbox import Sandbox
from crmtui.crm.snapshot import take_snapshot
from crmtui.errors import TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.crm.target import Target

cib_option = click.option(
    "--cib",
    metavar="FILE",
    help="Work on a private copy of this CIB: XML, a pe-input-*.bz2, or a shadow CIB by name.",
)
"""The option that opens a sandbox."""


@contextmanager
def opened(cib: str | None) -> Iterator[Target]:
    """Open the sandbox that ``cib`` names, or this node; close it afterwards.

    Raises:
        TargetInvalid: This node is asked for, but the environment points the tools to a file.
        CibUnreadable: Pacemaker's tools cannot read ``cib``.
    """
    target: Target
    if cib is not None:
        target = Sandbox(CibSource.open(cib))
    else:
        for variable in ("CIB_file", "CIB_shadow"):
            if os.environ.get(variable):
                raise TargetInvalid(
                    f"{variable} is set to {os.environ[variable]}, so crm would not work on the "
                    "live cluster.",
                    hint=f"Unset it, or name it: crmtui --cib {os.environ[variable]}",
                )
        target = LiveTarget()
    try:
        if cib is not None:
            take_snapshot(target)  # what cannot be read now never can
        yield target
    finally:
        target.close()
