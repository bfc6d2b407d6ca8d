"""Forecasts beside what a real cluster did, for the table at the end of a test run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """One action."""

    release: str
    line: str
    forecast: str
    """The forecast in its own words."""
    outcome: str
    """Places in which everything ran in the end."""
    is_met: bool

    def __str__(self) -> str:
        verdict = "as forecast" if self.is_met else f"NOT AS FORECAST, but {self.outcome}"
        return f"{self.release:9} {self.line:46} {verdict:12} {self.forecast}"


COMPARISONS: list[Comparison] = []
"""Those of this run."""
