"""A release: the version, the changelog and the tag, and why there is none."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.release import ROOT, ReleaseRefused, release, released, with_version

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = """# Changelog

## [Unreleased]

### Added

- A key.

## [0.1.0] - 2020-01-01

- All of it.
"""


def _git(root: Path, *words: str) -> str:
    own = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    done = subprocess.run(
        ["git", *own, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with something to release."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "n")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "e@example.org")
    (tmp_path / "crmtui").mkdir()
    (tmp_path / "crmtui" / "__init__.py").write_text('"""x"""\n\n__version__ = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "All of it")
    return tmp_path


def test_what_was_unreleased_is_the_release() -> None:
    """The changes stand under the version and its day, and a new list begins above."""
    assert released(CHANGELOG, "0.2.0", "2020-02-29") == CHANGELOG.replace(
        "## [Unreleased]\n", "## [Unreleased]\n\n## [0.2.0] - 2020-02-29\n"
    )


def test_a_release_is_committed_and_tagged(checkout: Path) -> None:
    """Version and changelog are in one commit, which has the tag."""
    release(checkout, "0.2.0", "2020-02-29")
    assert '__version__ = "0.2.0"' in (checkout / "crmtui" / "__init__.py").read_text()
    assert _git(checkout, "describe").strip() == "v0.2.0"
    assert _git(checkout, "log", "-1", "--format=%s").strip() == "Release 0.2.0"
    assert not _git(checkout, "status", "--porcelain")
    with pytest.raises(ReleaseRefused, match="lists no unreleased change"):
        release(checkout, "0.3.0", "2020-03-01")


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("0.1.0", "not newer than 0.1.0"),
        ("0.0.9", "not newer"),
        ("1.0", "is no version"),
        ("v0.2.0", "is no version"),
    ],
)
def test_a_version_has_to_be_newer(version: str, why: str) -> None:
    """The version is three numbers, and newer than the last."""
    with pytest.raises(ReleaseRefused, match=why):
        with_version('__version__ = "0.1.0"\n', version)


def test_nothing_is_released_that_is_not_committed(checkout: Path) -> None:
    """With changes that are not committed nothing is written."""
    (checkout / "new").touch()
    with pytest.raises(ReleaseRefused, match="not committed"):
        release(checkout, "0.2.0", "2020-02-29")
    assert (checkout / "CHANGELOG.md").read_text() == CHANGELOG


def test_the_changelog_has_the_release_that_this_is() -> None:
    """The version that crmtui says it is stands in the changelog, and the list to come above it."""
    from crmtui import __version__

    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## [Unreleased]") < text.index(f"## [{__version__}]")
