"""Shape of the package: names, sizes and the first words of docstrings, read from the source.

``tests/unit/test_house.py`` holds the rules. Names that are too large stand, for now, in the list of
exemptions in ``tests/data``. ``python -m tests.house`` takes mended exemptions out of this list and
lowers the sizes; it adds none. ``--all`` writes the list anew, with all that is too large.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT: Final = Path(__file__).parent.parent
DATA: Final = ROOT / "tests" / "data"
TOO_LARGE: Final = DATA / "too-large.txt"
LIMITS: Final = {"module": 400, "class": 250, "function": 60}
WORDS_A_SENTENCE: Final = 30

_RIDDLE = re.compile(r"(Wh(at|o|om|ose|ich|y|ere|en|ether)|How)(ever)?\b")
_LIKE_A_CLASS = re.compile(r"[A-Z]\w*[a-z]")
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Definition:
    """Definition of a module, class, function or attribute in the source."""

    name: str
    """``crmtui.module``, or ``crmtui.module:Class.method``."""
    kind: str
    """``module``, ``class``, ``function``, ``alias`` or ``attribute``."""
    lines: int
    docstring: str
    is_message: bool = False
    """True for a message of a widget."""


@cache
def definitions(root: Path = ROOT / "crmtui") -> tuple[Definition, ...]:
    """Return each definition of the modules under ``root``."""
    found: list[Definition] = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.extend(_in_source(path.read_text("utf-8"), module))
    return tuple(found)


def _in_source(source: str, module: str) -> Iterator[Definition]:
    tree = ast.parse(source)
    yield Definition(module, "module", len(source.splitlines()), ast.get_docstring(tree) or "")
    yield from _inside(tree, f"{module}:")


def _inside(scope: ast.AST, prefix: str) -> Iterator[Definition]:
    """Yield the definitions below ``scope``, those in branches and in functions included."""
    for node, following in pairwise([*ast.iter_child_nodes(scope), None]):
        if node is None:
            continue
        if isinstance(node, _DEFINITIONS):
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            name = f"{prefix}{node.name}"
            said = ast.get_docstring(node) or ""
            yield Definition(name, kind, lines, said, is_message=_is_message(node))
            yield from _inside(node, f"{name}.")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            if alias := _alias(node):
                yield Definition(f"{prefix}{alias}", "alias", 1, "")
            match following:
                case ast.Expr(value=ast.Constant(value=str(said))):
                    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                    yield Definition(f"{prefix}{ast.unparse(target)}", "attribute", 1, said)
        else:
            yield from _inside(node, prefix)


def _is_message(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and "Message" in map(ast.unparse, node.bases)


def _alias(node: ast.Assign | ast.AnnAssign) -> str:
    """Return the name of an alias of a type, which is written like a class; empty for others."""
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    if not isinstance(target, ast.Name) or not _LIKE_A_CLASS.match(target.id):
        return ""
    annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else "TypeAlias"
    return target.id if annotation.endswith("TypeAlias") else ""


def riddles(found: Iterable[Definition]) -> set[str]:
    """Return the names of those whose docstring begins with a question word."""
    return {each.name for each in found if _RIDDLE.match(each.docstring.lstrip())}


def too_large(found: Iterable[Definition]) -> dict[str, int]:
    """Return the names of those beyond their limit, each with its lines."""
    return {
        each.name: each.lines for each in found if each.lines > LIMITS.get(each.kind, each.lines)
    }


def twice(found: Iterable[Definition], kind: str) -> dict[str, set[str]]:
    """Return the public names of a kind that stand twice, with their places.

    An alias of a type counts as a class. A message inside of a widget has the widget's name before it.
    The main module of a package may have the package's name.
    """
    having = defaultdict(set)
    for each in found:
        *outer, last = re.split(r"[.:]", each.name)
        is_private = any(part.startswith("_") for part in each.name.partition(":")[2].split("."))
        is_inside = each.is_message and "." in each.name.partition(":")[2]
        is_namesake = kind == "module" and last in outer[-1:]
        is_kind = each.kind == kind or (kind == "class" and each.kind == "alias")
        if is_kind and not (is_private or last.startswith("_") or is_inside or is_namesake):
            having[last].add(each.name)
    return {last: names for last, names in having.items() if len(names) > 1}


def long_sentences(markdown: str) -> list[str]:
    """Return the sentences of a text that have too many words.

    Headings, comments and code blocks, fenced or indented, are no sentences. An item of a list
    begins a new one, and so does each cell of a table.
    """
    text = re.sub(r"(?ms)^```.*?^```$|<!--.*?-->", "\n\n", markdown)
    prose = re.sub(r"(?m)^(?:#|    ).*$|^\s*(?:[-*]|\d+\.) |\|", "\n\n", text)
    sentences = [
        " ".join(sentence.split())
        for paragraph in re.split(r"\n\s*\n", prose)
        for sentence in re.split(r"(?<=[.?!])[)*`]*\s+", paragraph)
    ]
    return [each for each in sentences if len(re.findall(r"\w\S*", each)) > WORDS_A_SENTENCE]


def listed_sizes() -> dict[str, int]:
    """Return the names that may be too large for now, with the lines that they may have."""
    rows = (row.split() for row in _rows(TOO_LARGE))
    return {name: int(lines) for name, lines in rows}


def _rows(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _write(path: Path, rows: Iterable[str]) -> None:
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text("".join(f"{row}\n" for row in (*comments, *sorted(rows))), "utf-8")


def shrunk(listed: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """Return the listed sizes without what is small enough now, and never higher than before."""
    return {name: min(lines, now[name]) for name, lines in listed.items() if name in now}


def main(argv: list[str] | None = None) -> int:
    """Bring the list of exemptions up to date; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.house", description=__doc__)
    parser.add_argument("--all", action="store_true", help="exempt all that is too large now")
    is_all = parser.parse_args(argv).all
    sizes = too_large(definitions())
    kept = sizes if is_all else shrunk(listed_sizes(), sizes)
    _write(TOO_LARGE, (f"{name} {lines}" for name, lines in kept.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
