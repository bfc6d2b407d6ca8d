"""Writes what is made from the code: default keymap, tables of keys and settings, reference, modules.

``python -m tests.generated`` writes them, ``--check`` fails when one of them is stale.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui import guides
from crmtui.actions import ACTIONS, Scope
from crmtui.keymap import DEFAULT, DEFAULT_WORDS
from crmtui.keymap.rendering import render
from crmtui.settings import SETTINGS
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.textual_ext.bindings import SCOPES, listed
from tests.reference import exit_table, formats

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MODULES = ROOT / "docs" / "modules.md"
REFERENCE = ROOT / "docs" / "reference.md"
GUIDES = ROOT / "crmtui" / "guides"
KEYMAP = ROOT / "keymaps" / f"{DEFAULT}.toml"

_NOT_LISTED = ("__init__", "__main__")

_WHERE: Mapping[Scope, str] = {
    "app": "every pane",
    "list": "every list and text",
    "nodes": "nodes",
    "resources": "resources",
    "feed": "feed",
    "timeline": "timeline",
    "page": "page",
    "output": "output",
    "command": "command line",
    "wizard": "guided forms",
    "settings": "settings",
    "keys": "list of keys",
    "log": "action log",
    "pending": "uncommitted changes",
    "leaving": "leaving",
}


def with_block(text: str, name: str, body: str) -> str:
    """Return ``text`` with ``body`` between its ``<!-- name … -->`` and ``<!-- /name -->`` lines.

    Raises:
        ValueError: The two lines are not there exactly once.
    """
    block = re.compile(
        rf"(?ms)^(<!-- {re.escape(name)}\b[^\n]*-->\n).*?^(<!-- /{re.escape(name)} -->)$"
    )
    filled, found = block.subn(lambda match: f"{match[1]}{body}{match[2]}", text)
    if found != 1:
        raise ValueError(f"{found} blocks <!-- {name} --> … <!-- /{name} -->, not one")
    return filled


def key_table() -> str:
    """Return the keys of the default keymap as a Markdown table."""
    lines = ["| where | key | what it does |", "|---|---|---|"]
    given = {action.id: action.keys for action in ACTIONS}
    for scope in SCOPES:
        for held, words in listed(scope, given):
            keys = " ".join(f"`{key_names([key])}`" for key in held)
            lines.append("| " + " | ".join((_WHERE[scope], keys, words)) + " |")
    return "\n".join(lines) + "\n"


def settings_table() -> str:
    """Return all settings as a Markdown table."""
    lines = [
        "| setting | what it can be | default | variable | what it is for |",
        "|---|---|---|---|---|",
    ]
    for setting in SETTINGS:
        kind = setting.kind.replace('"', "`")
        default = (
            str(setting.default).lower()
            if setting.default in (True, False)
            else (f'"{setting.default}"')
        )
        cells = (f"`{setting.name}`", kind, f"`{default}`", f"`{setting.variable}`", setting.text)
        lines.append("| " + " | ".join(cells) + " |")
    look = "How the cluster NAME is called, and the colour of its frame"
    lines.append(f"| `[cluster.NAME]` | `label` and `color`, texts | none | | {look} |")
    return "\n".join(lines) + "\n"


_MODULES = """\
# Modules

Each module with the words that it begins with, by package. How they stand on each other is drawn in
[map.md](map.md). Made by `make generated`.
"""


def _begins(module: Path) -> str:
    """Return the first sentence of what a module says of itself, or at least its first line."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].replace("``", "`").split())


def module_list() -> str:
    """Return a list of all modules by package, with what each is for."""
    lines = [_MODULES]
    for package in sorted((ROOT / "crmtui").rglob("__init__.py")):
        folder = package.parent
        name = ".".join(folder.relative_to(ROOT).parts)
        lines.append(f"## {name}\n\n{_begins(package)}\n")
        modules = (each for each in sorted(folder.glob("*.py")) if each.stem not in _NOT_LISTED)
        listed = [f"- `{module.stem}`: {_begins(module)}" for module in modules]
        lines += [*listed, ""] if listed else []
    return "\n".join(lines).rstrip() + "\n"


def generated() -> dict[Path, str]:
    """Return what each file that is made, wholly or in part, ought to say."""
    reference = REFERENCE.read_text(encoding="utf-8")
    for name, body in (
        ("keys", key_table()),
        ("settings", settings_table()),
        ("formats", formats()),
        ("exit-status", exit_table()),
    ):
        reference = with_block(reference, name, body)
    return {
        KEYMAP: render(DEFAULT, DEFAULT_WORDS),
        REFERENCE: reference,
        MODULES: module_list(),
        **_guides(),
    }


def _guides() -> dict[Path, str]:
    """Return the guides that are made in part."""
    parts = {
        "keys": ("table", key_table()),
        "exit-status": ("table", exit_table()),
        "json": ("formats", formats()),
    }
    return {
        GUIDES / f"{topic}.md": with_block(guides.source(topic), name, body)
        for topic, (name, body) in parts.items()
    }


def stale() -> list[Path]:
    """Return the files that do not say what they ought to."""
    return [
        path
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(argv: list[str] | None = None) -> int:
    """Write the files, or with ``--check`` only say which are stale; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    is_check = parser.parse_args(argv).check
    old = stale()
    for path in old:
        name = path.relative_to(ROOT)
        if is_check:
            sys.stderr.write(f"{name} is stale: the code changed. Run: make generated\n")
        else:
            path.write_text(generated()[path], encoding="utf-8")
            sys.stdout.write(f"{name} written\n")
    return 1 if is_check and old else 0


if __name__ == "__main__":
    sys.exit(main())
