"""Documents for people: they lead nowhere wrong, and name all that they have to name."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crmtui.cli.program import crmtui

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    """Each relative link of a document names a file that is there."""
    named = _LINK.findall(document.read_text("utf-8"))
    assert [path for path in named if not (document.parent / path).exists()] == []


def test_the_readme_shows_every_picture() -> None:
    """No picture is made for nothing."""
    readme = (ROOT / "README.md").read_text("utf-8")
    made = sorted(path.name for path in (ROOT / "screenshots").glob("*.svg"))
    assert [name for name in made if f"screenshots/{name}" not in readme] == []


def test_the_readme_names_every_command() -> None:
    """Each command of crmtui stands in the table of what it opens."""
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = crmtui.list_commands(click.Context(crmtui))
    assert [name for name in commands if f"`crmtui {name}" not in readme] == []


@pytest.mark.parametrize("group", ["", "lab"])
def test_help_says_whole_sentences(group: str) -> None:
    """In the list of commands no sentence is cut off."""
    done = CliRunner().invoke(crmtui, [*group.split(), "--help"])
    listed = done.output.partition("Commands:")[2]
    assert listed.count("\n") > 5
    assert "..." not in listed


def test_the_map_names_every_package() -> None:
    """Each package is in the map of the house, and in CONTRIBUTING's table of places."""
    packages = sorted(path.parent.name for path in (ROOT / "crmtui").glob("*/__init__.py"))
    for document in ("docs/map.md", "CONTRIBUTING.md"):
        words = set(re.findall(r"[a-z_]+", (ROOT / document).read_text("utf-8")))
        assert [name for name in packages if name not in words] == []


def test_the_map_has_a_row_for_every_room() -> None:
    """A package, or a module that lies outside of one, is a room; backend and screen have several."""
    table = (ROOT / "docs" / "map.md").read_text("utf-8").split("## Rooms")[1].split("\n## ")[0]
    told = set(re.findall(r"`([\w/.]+)`", " ".join(re.findall(r"(?m)^\| (`.*?) \| ", table))))
    package = ROOT / "crmtui"
    rooms = {
        str(path.relative_to(package))
        for pattern in ("*", "tui/*", "backend/*")
        for path in package.glob(pattern)
        if (path / "__init__.py").is_file()
        or (path.suffix == ".py" and not path.stem.startswith("__"))
    }
    assert told == rooms - {"tui", "backend"}


@pytest.mark.parametrize("document", ["docs/map.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(document: str) -> None:
    """A path of a module or a test leads somewhere; those of modules may begin below crmtui."""
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|txt|md))`", text))
    assert len(named) > 5
    assert [
        path
        for path in sorted(named)
        if not any((base / path).is_file() for base in (ROOT, ROOT / "crmtui"))
    ] == []
