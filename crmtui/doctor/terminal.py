"""Abilities of a terminal, from its environment and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.doctor.doctor_finding import DoctorFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

_AREA = "Terminal"
_ROOMY = (110, 32)
"""The smallest size, columns and lines, at which the screen shows everything at once."""


@dataclass(frozen=True, slots=True)
class TerminalAbilities:
    """Abilities of a terminal: size, colours, characters."""

    term: str
    """The value of TERM."""
    size: tuple[int, int] | None
    """Columns and lines; None where there is no terminal."""
    colours: str
    """``truecolor``, ``256``, ``standard`` (16), or nothing."""
    is_utf8: bool
    has_no_color: bool
    """True if NO_COLOR is set."""


def terminal(seen: TerminalAbilities, least: tuple[int, int]) -> Iterator[DoctorFinding]:
    """Yield findings about the terminal; ``least`` is the size that the screen needs."""
    if seen.size is None:
        yield DoctorFinding(
            _AREA, "terminal", "off", "there is none here", "the screen and the shell",
            "Run crmtui in a terminal; crmtui watch and snapshot need none.",
        )  # fmt: skip
        return
    yield _term(seen.term)
    yield _size(seen.size, least)
    yield _colours(seen)
    if seen.is_utf8:
        yield DoctorFinding(_AREA, "characters", "ok", "UTF-8")
    else:
        yield DoctorFinding(
            _AREA, "characters", "off", "the locale is not UTF-8: drawn in ASCII",
            "lines and glyphs", "export LC_ALL=C.UTF-8",
        )  # fmt: skip


def _term(term: str) -> DoctorFinding:
    if term in ("", "dumb", "unknown"):
        said = f"TERM is {term or 'not set'}: it cannot move its cursor"
        return DoctorFinding(_AREA, "TERM", "bad", said, "the screen", "export TERM=xterm-256color")
    return DoctorFinding(_AREA, "TERM", "ok", term)


def _size(size: tuple[int, int], least: tuple[int, int]) -> DoctorFinding:
    said = f"{size[0]}x{size[1]}"
    if size[0] < least[0] or size[1] < least[1]:
        fix = f"Make it {least[0]}x{least[1]} or larger; 80x24 is comfortable."
        return DoctorFinding(_AREA, "size", "bad", said, "the screen", fix)
    if size[0] < _ROOMY[0] or size[1] < _ROOMY[1]:
        said += f"; from {_ROOMY[0]}x{_ROOMY[1]} on everything is shown at once"
    return DoctorFinding(_AREA, "size", "ok", said)


def _colours(seen: TerminalAbilities) -> DoctorFinding:
    if seen.has_no_color:
        return DoctorFinding(
            _AREA, "colours", "off", "NO_COLOR is set: states are told by word and glyph",
            "colours", "unset NO_COLOR",
        )  # fmt: skip
    said = {"truecolor": "16 million", "256": "256", "standard": "16"}.get(seen.colours, "none")
    if said in ("16", "none"):
        return DoctorFinding(
            _AREA, "colours", "off", f"{said}, as TERM says", "finer shades",
            "export TERM=xterm-256color (if it is one)",
        )  # fmt: skip
    return DoctorFinding(_AREA, "colours", "ok", said)
