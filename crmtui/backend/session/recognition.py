"""Recognition of prompts and questions from crm's output, the silence after it, and its terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion, presume, recognise

if TYPE_CHECKING:
    from crmtui.backend.session.pty import CrmPty
    from crmtui.backend.session.transcript import Transcript

AT_ONCE, SOON, SHORT, WHILE, LONG = range(5)
"""Indices of `crmtui.backend.session.transcript.SILENCES`."""


def awaited(
    transcript: Transcript, terminal: CrmPty, silence: int, withdrawn: CrmQuestion | None
) -> CrmPrompt | CrmQuestion | None:
    """Return the prompt or the question that crm waits at; None while crm works.

    Args:
        transcript: Transcript of crm's output.
        terminal: Terminal that crm runs in.
        silence: Index of the silence that is complete.
        withdrawn: Question that was followed by more output; None for none.
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
    """Return the known question in ``line``; None for none, or while no program reads the answer.

    A program without a line editor prints its question just before it reads. So a missing reader is
    checked once more at the next silence.
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
    """Return the question that a silent unfinished line may be, if a program reads from the terminal."""
    question = presume(line) or withdrawn  # a background job may have printed into an open question
    if question is None or silence < WHILE:
        return None
    listening = terminal.listening
    if listening == "yes" or (listening == "unknown" and silence >= LONG):
        return question
    return None
