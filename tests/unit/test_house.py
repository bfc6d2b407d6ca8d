"""The house keeps its shape: floors at run time, names, sizes, docstrings, sentences of documents."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import house
from tests.coverage_floor import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWICE_ALLOWED = {
    "module": {"model"},  # of the cluster and of a forecast; always named with their package
    "class": set[str](),
}

_IMPORT_ALL = """
import importlib, pkgutil, sys

package = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}."):
    importlib.import_module(found.name)
print(*sys.modules)
"""


_PURE = contract("The core knows no screen")
_FLOORS: list[str] = contract("The house")["layers"]


def _allowed(package: str) -> set[str]:
    """Return the packages that one may load: those below, and on its floor unless ``|`` divides it."""
    allowed = {"crmtui", package}
    for floor in reversed(_FLOORS):
        rooms = {room.strip() for room in floor.replace("|", ":").split(":")}
        if package in rooms:
            return allowed if "|" in floor else allowed | rooms
        allowed |= rooms
    raise AssertionError(f"{package} has no floor")


def _loaded(package: str) -> set[str]:
    """Return the modules that a new Python has after it imported all modules of ``package``."""
    done = subprocess.run(
        (sys.executable, "-c", _IMPORT_ALL, package),
        cwd=house.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("package", _PURE["source_modules"])
def test_a_pure_package_loads_neither_toolkit_nor_upper_floor(package: str) -> None:
    """Imports by other libraries count as well, which import-linter does not see.

    The standard library brings no ``subprocess`` by itself here, so this needs no exception.
    """
    loaded = _loaded(package)
    modules = {each.name for each in house.definitions() if each.kind == "module"}

    assert {name for name in modules if f"{name}.".startswith(f"{package}.")} <= loaded
    assert {name.split(".")[0] for name in loaded}.isdisjoint(_PURE["forbidden_modules"])
    rooms = {".".join(name.split(".")[:2]) for name in loaded if name.split(".")[0] == "crmtui"}
    assert rooms - _allowed(package) == set()


@pytest.mark.parametrize("kind", sorted(_TWICE_ALLOWED))
def test_no_public_name_stands_twice(kind: str) -> None:
    """A name leads to one place; what is allowed twice really is."""
    assert set(house.twice(house.definitions(), kind)) == _TWICE_ALLOWED[kind]


def test_nothing_is_too_large_and_what_is_only_shrinks() -> None:
    """Modules, classes and functions keep their limits. Mended ones leave the list of exemptions."""
    now, listed = house.too_large(house.definitions()), house.listed_sizes()

    assert {name: size for name, size in now.items() if size > listed.get(name, 0)} == {}
    assert sorted(listed.keys() - now.keys()) == [], "is mended. Run: python -m tests.house"


@pytest.mark.parametrize("folder", ["crmtui", "tests"])
def test_no_docstring_begins_with_a_question_word(folder: str) -> None:
    """A docstring names the thing."""
    assert sorted(house.riddles(house.definitions(house.ROOT / folder))) == []


def _documents() -> Iterator[Any]:
    guides = sorted((house.ROOT / "crmtui" / "guides").glob("*.md"))
    others = ("README.md", "CONTRIBUTING.md", "docs/using.md", "docs/map.md")
    for path in (*guides, *(house.ROOT / name for name in others)):
        yield pytest.param(path, id=path.stem)


@pytest.mark.parametrize("path", _documents())
def test_a_document_has_short_sentences(path: Any) -> None:
    """Nobody has to read a sentence of a guide, of the README or for contributors twice."""
    assert house.long_sentences(path.read_text("utf-8")) == []


_SOURCE = '''
"""Whether it is so."""
LIMIT = 3
"""How much at most."""
class Public:
    """Howling is no question."""
    if True:
        def method(self):
            """
            Who calls it.
            """
            def inner():
                """Name of the thing."""
'''


def test_docstrings_are_found_wherever_they_stand(tmp_path: Any) -> None:
    """Modules, attributes and what is defined inside of something else are read, too."""
    package = tmp_path / "some"
    package.mkdir()
    (package / "__init__.py").write_text(_SOURCE)

    found = house.definitions(package)

    assert house.riddles(found) == {"some", "some:LIMIT", "some:Public.method"}
    assert [each.lines for each in found if each.name == "some:Public.method"] == [6]


_TWINS = """
Told = tuple[str, ...]
Kind: TypeAlias = "str | None"
LIMIT = 3
class Shown: ...
class Pane:
    class Told: ...
    class Kind(Message): ...
    class Left(Message): ...
class Left(Message): ...
class _Hidden:
    class Shown: ...
"""


def test_twins_are_found_among_aliases_and_inner_classes(tmp_path: Any) -> None:
    """A message of a widget has the widget's name before it, so it is no twin."""
    package = tmp_path / "some"
    package.mkdir()
    (package / "__init__.py").write_text(_TWINS)

    twins = house.twice(house.definitions(package), "class")

    assert twins == {"Told": {"some:Told", "some:Pane.Told"}}


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("word " * 31 + ".", 1),
        ("word " * 16 + "word. " + "word " * 16 + ".", 0),
        ("- " + "word " * 16 + "\n- " + "word " * 16, 0),
        ("1. " + "word " * 16 + "\n   " + "word " * 16, 1),
        ("| " + "word " * 16 + "| " + "word " * 16 + "|", 0),
        ("    " + "word " * 31 + "\n# " + "word " * 31 + "\n<!-- " + "word " * 31 + "\n-->", 0),
        (
            "```\n"
            + "word " * 31
            + "\n```\n"
            + "word " * 16
            + "\n\n```\n"
            + "word " * 31
            + "\n```",
            0,
        ),
        ("word " * 29 + "- of `two`, -- words", 1),
    ],
)
def test_long_sentences_are_counted_sensibly(markdown: str, count: int) -> None:
    """Items and cells are sentences of their own; headings, code and comments are none."""
    assert len(house.long_sentences(markdown)) == count


def test_an_exemption_only_shrinks() -> None:
    """A mended name is taken out, one that has grown keeps its old size, and nothing comes in."""
    assert house.shrunk({"a": 300, "b": 300, "c": 300}, {"a": 280, "b": 310, "d": 400}) == {
        "a": 280,
        "b": 300,
    }


_SHELL = {
    "backend/scheduler/cib_copy.py",
    "backend/session/editing.py",
    "backend/targets/ssh/far_end.py",
    "backend/targets/ssh/link.py",
}
"""Modules that write or read words of a shell, which are not crm's."""


def test_only_words_of_a_shell_are_quoted_by_shlex() -> None:
    """Lines of crm are quoted in one way, by ``crmsh/words.py``."""
    root = house.ROOT / "crmtui"
    importing = re.compile(r"(?m)^\s*(?:import|from) shlex\b")
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if importing.search(path.read_text("utf-8"))
    }
    assert found == _SHELL


def test_no_file_of_tests_is_too_long() -> None:
    """Tests are read, too: 400 lines at most, as the code that they test."""
    root = Path(__file__).parents[1]
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in root.rglob("*.py")}
    assert [str(path) for path, length in lengths.items() if length > 400] == []
