"""Writes what is made from the registry of actions: the default keymap and the README's key table.

``python -m tests.generated`` writes them, ``--check`` fails when one of them is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.actions import ACTIONS, Scope
from crmtui.keymap import DEFAULT, render
from crmtui.tui.bindings import key_names

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
KEYMAP = ROOT / "keymaps" / f"{DEFAULT}.toml"

_WHERE: Mapping[Scope, str] = {
    "app": "every pane",
    "nodes": "nodes",
    "resources": "resources",
    "feed": "feed",
    "timeline": "timeline",
    "page": "page",
    "output": "output",
    "command": "command line",
    "wizard": "guided forms",
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
    for action in ACTIONS:
        keys = " ".join(f"`{key_names([key])}`" for key in action.keys)
        lines.append("| " + " | ".join((_WHERE[action.scope], keys, action.words)) + " |")
    return "\n".join(lines) + "\n"


def generated() -> dict[Path, str]:
    """Return what each file that is made, wholly or in part, ought to say."""
    readme = README.read_text(encoding="utf-8")
    return {
        KEYMAP: render(DEFAULT),
        README: with_block(readme, "keys", key_table()),
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
            sys.stderr.write(f"{name} is stale: crmtui/actions changed. Run: make generated\n")
        else:
            path.write_text(generated()[path], encoding="utf-8")
            sys.stdout.write(f"{name} written\n")
    return 1 if is_check and old else 0


if __name__ == "__main__":
    sys.exit(main())
