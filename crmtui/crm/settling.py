"""Whether a cluster has anything left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from crmtui.crm.process import run

if TYPE_CHECKING:
    from crmtui.crm.target import Target


def is_settled(target: Target) -> bool:
    """Say whether the scheduler would do nothing now.

    It is asked on the present CIB, as ``crm_resource --wait`` does, but without that tool's two
    seconds between two looks: this is meant to be asked after each change.

    Raises:
        ProgramMissing: crm_simulate is not installed.
        ClusterUnavailable: It gave no answer.
    """
    done = run(target, ["crm_simulate", "--live-check", "--simulate", "--output-as=xml"])
    try:
        transition = ElementTree.fromstring(done.output).find("transition")
    except ElementTree.ParseError:
        return False
    return done.status == 0 and transition is not None and len(transition) == 0
