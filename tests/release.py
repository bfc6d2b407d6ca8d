"""Makes a release of what is committed: ``python -m tests.release 0.2.0``, or ``make release``.

The version is written down, the list of unreleased changes becomes that of the release, and both are
committed and tagged here. Nothing is pushed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).parent.parent
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_UNRELEASED = "## [Unreleased]"
_NEXT_RELEASE = re.compile(r"^## \[", re.MULTILINE)
_ASSIGNED = re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE)


class ReleaseRefused(Exception):
    """No release can be made; the message says why, and what to do."""


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers.

    Raises:
        ReleaseRefused: It is none.
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ReleaseRefused(f'"{version}" is no version. Name one such as 0.2.0.')
    return tuple(map(int, match.groups()))


def released(changelog: str, version: str, day: str) -> str:
    """Return the changelog with what was unreleased as the release ``version`` of ``day``.

    Raises:
        ReleaseRefused: There is no list of unreleased changes, or nothing in it.
    """
    before, heading, after = changelog.partition(f"{_UNRELEASED}\n")
    if not heading:
        raise ReleaseRefused(f"CHANGELOG.md has no {_UNRELEASED}. Add it above the last release.")
    following = _NEXT_RELEASE.search(after)
    changes = after[: following.start() if following else len(after)]
    if not re.search(r"^- ", changes, re.MULTILINE):
        raise ReleaseRefused("CHANGELOG.md lists no unreleased change. Say what users will notice.")
    return f"{before}{heading}\n## [{version}] - {day}\n{after}"


def with_version(module: str, version: str) -> str:
    """Return the text of ``crmtui/__init__.py`` with ``version`` in it.

    Raises:
        ReleaseRefused: It states no version, or one that is not older.
    """
    match = _ASSIGNED.search(module)
    if match is None:
        raise ReleaseRefused("crmtui/__init__.py states no __version__.")
    if numbers(version) <= numbers(match[1]):
        raise ReleaseRefused(f"{version} is not newer than {match[1]}, the version there is.")
    return f"{module[: match.start(1)]}{version}{module[match.end(1) :]}"


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        raise ReleaseRefused(f"git {words[0]} failed: {done.stderr.strip()}")
    return done.stdout


def release(root: Path, version: str, day: str) -> None:
    """Write the version and the changelog of a checkout, commit and tag them.

    Raises:
        ReleaseRefused: Something is not committed, or the release cannot be made of what there is.
    """
    if _git(root, "status", "--porcelain"):
        raise ReleaseRefused("There are changes that are not committed. Commit or drop them.")
    if _git(root, "tag", "--list", f"v{version}"):
        raise ReleaseRefused(f"There is a tag v{version} already.")
    module, changelog = root / "crmtui" / "__init__.py", root / "CHANGELOG.md"
    written = {
        module: with_version(module.read_text("utf-8"), version),
        changelog: released(changelog.read_text("utf-8"), version, day),
    }
    for path, text in written.items():
        path.write_text(text, "utf-8")
    _git(root, "commit", "--quiet", "--all", "--message", f"Release {version}")
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"crmtui {version}")


def main(argv: list[str] | None = None) -> int:
    """Make a release; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("version", help="such as 0.2.0")
    parser.add_argument("--date", help="the day of the release, YYYY-MM-DD; today if not given")
    given = parser.parse_args(argv)
    day = given.date or f"{datetime.now(timezone.utc):%Y-%m-%d}"
    try:
        release(ROOT, given.version, day)
    except ReleaseRefused as refused:
        sys.stderr.write(f"No release: {refused}\n")
        return 1
    sys.stdout.write(f"Released {given.version}. Publish it: git push --follow-tags\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
