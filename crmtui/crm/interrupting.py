"""Ctrl-C: what crm waits for is stopped, and crm itself only when nothing else helps."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.crm.channel import Channel
    from crmtui.crm.job import Job
    from crmtui.crm.prompt import Question

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
"""What the programs that crm waits for get, one after the other, as often as the user insists."""


def hindrance(question: Question | None, state: str) -> str:
    """Say why there is nothing that could be stopped; empty if there may be something."""
    if question is not None and question.kind in ("yes_no", "typed_yes", "enter"):
        return "This question cannot be cancelled: answer it."
    if state == "editing":
        return "crm waits for the editor: close it without saving."
    return "" if state in ("starting", "running", "asking") else "Nothing is running."


def interrupt(channel: Channel, job: Job, staged: int) -> str:
    """Stop what runs for ``job``; return what to tell the user, empty for nothing.

    crm ends on a Ctrl-C, and takes what is uncommitted with it. So it never gets one; where it is
    crm itself that works, it is ended by force, but only when the user was told before.

    Args:
        channel: To crm.
        job: What it works for.
        staged: How many lines wait for a commit.
    """
    number = _SIGNALS[min(job.interrupts, len(_SIGNALS) - 1)]
    job.interrupts += 1
    if channel.interrupt(number):
        return ""
    if job.is_hopeless:
        channel.kill()
        return ""
    job.is_hopeless = True
    lines = f"{staged} uncommitted line{'s' * (staged != 1)}"
    again = f", here, and gets its {lines} again" if staged else ", here"
    return (
        f"crm itself is at work: wait, or press Ctrl-C again to end it. It is started anew{again}."
    )
