"""Findings about the needs of crmtui, and the report that lists them."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

State = Literal["ok", "off", "bad"]
"""``off``: a feature is missing or slower, all else works. ``bad``: crmtui cannot be used."""

WIDTH = 80
_LABEL, _NAME = 6, 20


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """Finding about one need."""

    area: str
    """The heading in the report."""
    name: str
    state: State
    said: str
    """The state found, or the fault."""
    costs: str = ""
    """The features that do not work because of it; empty if all is well."""
    fix: str = ""
    """The command or advice that mends it; empty if nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about a machine."""

    version: str
    """The version of crmtui."""
    kind: str
    """The kind of target: LIVE, SSH, SANDBOX or LAB."""
    target: str
    findings: tuple[DoctorFinding, ...]

    @property
    def is_well(self) -> bool:
        """True if crmtui can be used; single features may still be off."""
        return not self.count("bad")

    def count(self, state: State) -> int:
        """Return the number of findings in ``state``."""
        return sum(finding.state == state for finding in self.findings)

    @property
    def summary(self) -> str:
        """The result in a sentence."""
        bad, off = self.count("bad"), self.count("off")
        note = f"{off} {'feature is' if off == 1 else 'features are'} off" if off else ""
        if not bad:
            return f"All is well; {note}." if note else "All is well."
        wrong = f"{bad} {'thing has' if bad == 1 else 'things have'} to be mended"
        return f"{wrong}; {note}." if note else f"{wrong}."


def to_json(report: Report) -> dict[str, Any]:
    """Return ``report`` as plain values; names keep their meaning, new ones may be added."""
    return {
        "version": report.version,
        "target": {"kind": report.kind, "name": report.target},
        "well": report.is_well,
        "summary": report.summary,
        "findings": [asdict(finding) for finding in report.findings],
    }


def to_text(report: Report) -> str:
    """Return ``report`` for people, in 80 columns."""
    lines = [f"crmtui {report.version}, {report.kind} {report.target}"]
    area = ""
    for finding in report.findings:
        if finding.area != area:
            area = finding.area
            lines += ["", area]
        lines += _lines(finding)
    return "\n".join([*lines, "", report.summary]) + "\n"


def _lines(finding: DoctorFinding) -> Iterator[str]:
    word = finding.state.upper() if finding.state == "bad" else finding.state
    head = f"  {word:<{_LABEL - 2}}{finding.name:<{_NAME}} "
    yield from _hanging(head, finding.said)
    margin = " " * len(head)
    if finding.state != "ok":
        yield from _hanging(margin, f"off: {finding.costs}" if finding.costs else "")
        yield from _fix(margin, finding.fix.splitlines())


def _hanging(head: str, text: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _fix(margin: str, lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        head = f"{margin}{'fix: ' if number == 0 else '     '}"
        # A command stays on one line, so that it can be copied.
        yield from _hanging(head, line) if line.endswith(".") else [f"{head}{line}"]
