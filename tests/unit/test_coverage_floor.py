"""The floor of the coverage fails where it ought to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests import coverage_floor

if TYPE_CHECKING:
    from pathlib import Path


def _report(**covered: int) -> dict[str, Any]:
    """Return a report of files with 90 lines and 10 branches, and so many of them covered."""
    files = {}
    for name, count in covered.items():
        told = {"num_statements": 90, "num_branches": 10}
        told |= {"covered_lines": min(count, 90), "covered_branches": max(count - 90, 0)}
        files[f"crmtui/{name.replace('__', '/')}.py"] = {"summary": told}
    return {"files": files}


@pytest.mark.parametrize(
    ("covered", "status", "said"),
    [
        ({"cib__xml": 95, "tui__app": 80}, 0, ""),
        ({"cib__xml": 94, "tui__app": 100}, 1, "pure packages is 94.0 %"),
        ({"text": 94, "texts": 100}, 1, "pure packages is 94.0 %"),
        ({"cib__xml": 95, "tui__app": 74}, 1, "all modules is 84.5 %"),
        ({"cib__xml": 95, "tui__app": 0}, 1, "Least covered: crmtui/tui/app.py (0 %)"),
        ({}, 1, ""),
    ],
)
def test_too_little_coverage_fails(
    covered: dict[str, int],
    status: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Pure packages and all modules have a floor each; the report says what lacks the most."""
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps(_report(**covered)))

    assert coverage_floor.main([str(report)]) == status
    assert said in capsys.readouterr().err


def test_pure_packages_are_those_of_the_import_contract() -> None:
    """The contract names packages and single modules."""
    packages = coverage_floor.pure_packages()

    assert coverage_floor.is_pure("crmtui/cluster/crm_mon/parse.py", packages)
    assert coverage_floor.is_pure("crmtui/errors.py", packages)
    assert not coverage_floor.is_pure("crmtui/tui/app.py", packages)
