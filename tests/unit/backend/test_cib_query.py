"""The CIB is asked for in one place."""

from __future__ import annotations

from pathlib import Path

import crmtui.backend

BACKEND = Path(crmtui.backend.__file__).parent


def _with(words: str) -> set[str]:
    found = (file for file in BACKEND.rglob("*.py") if words in file.read_text(encoding="utf-8"))
    return {str(file.relative_to(BACKEND)) for file in found}


def test_the_cib_is_asked_for_in_one_place() -> None:
    """A second spelling of the question might ask another node, or trust the answer without a look."""
    assert _with('"--query"') == {"process/cibadmin.py"}
    assert _with("cibadmin import") == {
        "process/parallel.py",
        "queries/cib_query.py",
        "scheduler/cib_copy.py",
        "watch/snapshot.py",
    }
