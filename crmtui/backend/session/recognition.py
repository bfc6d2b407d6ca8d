"""What crm waits for, told from its output, from the silence after it and from its terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion, presume, recognise

if TYPE_CHECKING:
    from crmtui.backend.session.pty import CrmPty
    from crmtui.backend.session.transcript import Transcript

AT_ONCE, SOON, SHORT, WHILE, LONG = range(5)
"""Which silence is complete; see `crmtui.backend.session.transcript.SILENCES`."""


def awaited(
    transcript: Transcript, terminal: CrmPty, silence: int, withdrawn: CrmQuestion | None
) -> CrmPrompt | CrmQuestion | None:
    """Return the prompt or the question that crm waits at; None when it is at work.

    Args:
        transcript: What was printed.
        terminal: Where it runs.
        silence: Which of the silences is complete.
        withdrawn: A question that something was printed behind.
    """
    line = transcript.unfinished
    prompt = None
    if silence <= SOON:
        prompt = CrmPrompt.parse(line)
    elif silence >= WHILE:
        prompt = CrmPrompt.find(line if line.strip() else transcript.recent)
    if prompt is not None and terminal.is_reading:
        return prompt
    return _known(line, terminal) or _presumed(line, terminal, silence, withdrawn)


def _known(line: str, terminal: CrmPty) -> CrmQuestion | None:
    """Return the question that ``line`` surely puts.

    A program that does not use a line editor shows its question just before it reads, so "nobody
    reads" is asked again at the next silence.
    """
    if terminal.hides_typing and line.strip():
        return CrmQuestion(line, "password")
    question = recognise(line)
    if question is None:
        return None
    if question.kind == "value" and not question.choices:
        return question if terminal.is_reading else None
    return question if terminal.listening != "no" else None


def _presumed(
    line: str, terminal: CrmPty, silence: int, withdrawn: CrmQuestion | None
) -> CrmQuestion | None:
    """Return the question that a quiet unfinished line is if somebody reads now."""
    question = presume(line) or withdrawn  # if withdrawn: a background job had only talked into it
    if question is None or silence < WHILE:
        return None
    listening = terminal.listening
    if listening == "yes" or (listening == "unknown" and silence >= LONG):
        return question
    return None
