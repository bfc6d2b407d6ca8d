"""Floor of the branch coverage: fails where the tests go through too little of the program.

``python -m tests.coverage_floor FILE`` reads what ``pytest --cov --cov-report=json`` wrote.
A share is that of lines and branches together, as coverage.py counts them.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import tomlkit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT: Final = Path(__file__).parent.parent
PURE_FLOOR: Final = 95.0
"""Percent of the pure packages together: they can be tested by tables."""
FLOOR: Final = 85.0
"""Percent of all modules together."""
_WORST = 12


@dataclass(frozen=True, slots=True)
class Share:
    """Lines and branches of some modules, and those that a test went through."""

    covered: int
    total: int

    @property
    def percent(self) -> float:
        """Covered part; all of nothing is 100."""
        return 100 * self.covered / self.total if self.total else 100.0


def contract(name: str, pyproject: Path = ROOT / "pyproject.toml") -> dict[str, Any]:
    """Return the import contract whose name begins so."""
    contracts = tomlkit.parse(pyproject.read_text("utf-8")).unwrap()["tool"]["importlinter"][
        "contracts"
    ]
    return next(each for each in contracts if each["name"].startswith(name))


def pure_packages() -> tuple[str, ...]:
    """Return the packages and modules that know no screen, no terminal and no child process."""
    return tuple(contract("The core knows no screen")["source_modules"])


def is_pure(path: str, packages: Iterable[str]) -> bool:
    """Return whether a file is one of pure packages."""
    module = path.removesuffix(".py").replace("/", ".")
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def shares(report: Mapping[str, Any]) -> dict[str, Share]:
    """Return the share of each file, by its path."""
    found = {}
    for path, file in report["files"].items():
        told = file["summary"]
        covered = told["covered_lines"] + told["covered_branches"]
        found[path] = Share(covered, told["num_statements"] + told["num_branches"])
    return found


def together(some: Iterable[Share]) -> Share:
    """Return several shares as one."""
    kept = list(some)
    return Share(sum(each.covered for each in kept), sum(each.total for each in kept))


def verdicts(found: Mapping[str, Share], packages: Iterable[str]) -> list[str]:
    """Return a sentence for each group of files that is below its floor."""
    named = tuple(packages)
    pure = {path: share for path, share in found.items() if is_pure(path, named)}
    groups = (("pure packages", pure, PURE_FLOOR), ("all modules", dict(found), FLOOR))
    return [
        f"Coverage of {words} is {together(group.values()).percent:.1f} %, and has to be {floor:.0f} %."
        f" Least covered: {_worst(group)}."
        for words, group, floor in groups
        if together(group.values()).percent < floor
    ]


def _worst(group: Mapping[str, Share]) -> str:
    """Return the files that lack the most lines and branches."""
    ordered = sorted(group, key=lambda path: group[path].covered - group[path].total)
    return ", ".join(f"{path} ({group[path].percent:.0f} %)" for path in ordered[:_WORST])


def main(argv: list[str] | None = None) -> int:
    """Compare a report with the floors; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage_floor", description=__doc__)
    parser.add_argument("report", type=Path, help="the file that coverage wrote as JSON")
    found = shares(json.loads(parser.parse_args(argv).report.read_text("utf-8")))
    packages = pure_packages()
    pure = together(share for path, share in found.items() if is_pure(path, packages))
    every = together(found.values())
    sys.stdout.write(f"Coverage: pure {pure.percent:.1f} %, all {every.percent:.1f} %\n")
    below = verdicts(found, packages)
    sys.stderr.writelines(f"{sentence}\n" for sentence in below)
    return 1 if below or not found else 0


if __name__ == "__main__":
    sys.exit(main())
