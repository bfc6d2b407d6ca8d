"""What the installed crmsh has: its commands, asked in its own interpreter, kept in a file.

crmsh is a Python program, so the interpreter that the first line of the ``crm`` script names can
import it and list its levels (``crmsh.ui_root``), which is all that is done here: no command of
crm runs. That takes half a second, so the answer is kept for as long as the script is the same.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crmtui import paths
from crmtui.cluster.text import plain, plain_line
from crmtui.completion.crmsh import Command, Crmsh
from crmtui.crm.process import run
from crmtui.errors import CrmtuiError
from crmtui.ownership import open_private

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.crm.target import Target

TIMEOUT = 30.0
"""Seconds that crmsh may take to tell its commands; nobody waits for it."""

_FORMAT = 3
"""Changes when what is kept in the file does."""

_WHICH = 'crm=$(command -v crm) && stat -L -c "%n %s %Y" "$crm" && head -n 1 "$crm"'

_LIST = """
import inspect, json, os, sys
import crmsh.main
from crmsh import config, constants, ui_root, userdir, utils

levels = {}
def arity(function):
    # The first two are the level itself and the context.
    parameters = list(inspect.signature(function).parameters.values())[2:]
    fixed = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    most = None if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(fixed)
    return sum(p.default is p.empty for p in fixed), most
def walk(level, name):
    if name in levels:
        return
    levels[name] = []
    seen = set()
    for word, child in sorted(level.children().items()):
        if child.name in seen:
            continue
        seen.add(child.name)
        is_level = child.type == "level"
        least, most = (0, None) if is_level else arity(child.function)
        levels[name].append({"name": child.name, "aliases": list(child.aliases or ()),
                             "help": child.short_help or "", "is_level": is_level,
                             "least": least, "most": most})
        if is_level:
            walk(child.level, child.name)
walk(ui_root.Root, "root")
options = {}
for section, known in config.DEFAULTS.items():
    for name, option in known.items():
        choices = getattr(option, "completions", ()) or ()
        if "yes" in choices:
            choices = ("yes", "no")
        options[section + "." + name] = [str(choice) for choice in choices]
share = config.path.sharedir
# Where crm moves its old folder to when it starts.
kept = os.path.join(userdir.CONFIG_HOME, "crmconf")
try:
    with open(share + "/crm.8.adoc", encoding="utf-8") as file:
        manual = file.read()
except OSError:
    manual = ""
json.dump({"levels": levels, "options": options, "manual": manual, "templates": share + "/templates",
           "containers": list(getattr(constants, "container_type", ())),
           "configurations": kept,
           "sessions": "%s/history-%s/session" % (config.path.cache, utils.getuser())}, sys.stdout)
"""


def read(target: Target) -> Crmsh | None:
    """Return what the crmsh of a target has, or None when it cannot be asked."""
    try:
        kept, interpreter = _script(target)
        if kept.is_file():
            return _parsed(kept.read_text(encoding="utf-8"))
        listing = _listing(target, interpreter)
        found = _parsed(listing)
        _keep(kept, listing)
    except (CrmtuiError, OSError, ValueError):
        # Our own table then stands in.
        return None
    return found


def _script(target: Target) -> tuple[Path, tuple[str, ...]]:
    """Return where the answer of this very ``crm`` script is kept, and what interprets it."""
    found = run(target, ("sh", "-c", _WHICH), timeout=TIMEOUT)
    identity, _, first = found.output.partition("\n")
    if found.status != 0 or not first.startswith("#!"):
        raise CrmtuiError("The crm program is no Python script, so its commands stay unknown.")
    key = sha256(f"{_FORMAT} {target.kind} {identity}".encode()).hexdigest()[:16]
    return paths.cache_dir() / f"crmsh-{key}.json", tuple(first.removeprefix("#!").split())


def _listing(target: Target, interpreter: tuple[str, ...]) -> str:
    listed = run(target, (*interpreter, "-B", "-c", _LIST), timeout=TIMEOUT)
    if listed.status != 0:
        raise CrmtuiError("crmsh could not be imported, so its commands stay unknown.")
    return listed.output


def _keep(path: Path, text: str) -> None:
    """Write a private file, which others see whole or not at all."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
    with os.fdopen(open_private(unfinished, flags), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def _parsed(listing: str) -> Crmsh:
    """Read what crmsh listed.

    Raises:
        ValueError: It is not what ``_LIST`` prints.
    """
    known = json.loads(listing)
    if not isinstance(known, dict) or not isinstance(known.get("levels"), dict):
        raise ValueError("This is no list of crmsh's commands.")
    manual = _manual(str(known.get("manual", "")))
    levels = {
        plain_line(level): tuple(_command(level, command, manual) for command in commands)
        for level, commands in known["levels"].items()
    }
    return Crmsh(
        levels=MappingProxyType(levels),
        containers=tuple(plain_line(str(name)) for name in known.get("containers", ())),
        options=MappingProxyType(
            {
                plain_line(name): tuple(plain_line(choice) for choice in choices)
                for name, choices in known.get("options", {}).items()
            }
        ),
        templates=str(known.get("templates", "")),
        configurations=str(known.get("configurations", "")),
        sessions=str(known.get("sessions", "")),
    )


def _command(level: str, known: Any, manual: dict[str, tuple[str, str]]) -> Command:
    name = plain_line(str(known["name"]))
    key = name if known["is_level"] else f"{level}_{name}"
    short, long = manual.get(key, ("", ""))
    return Command(
        name=name,
        aliases=tuple(plain_line(str(alias)) for alias in known["aliases"]),
        help=short or plain_line(str(known["help"])),
        manual=long,
        is_level=bool(known["is_level"]),
        least=int(known["least"]),
        most=None if known["most"] is None else int(known["most"]),
    )


def _manual(text: str) -> dict[str, tuple[str, str]]:
    """Return the short and the long help by what follows ``cmdhelp_`` in crmsh's manual.

    Each entry begins with ``[[cmdhelp_LEVEL_COMMAND,Short help]]`` and a heading, and ends where
    the next anchor or heading begins (crmsh/help.py).
    """
    found: dict[str, tuple[str, str]] = {}
    key, short = "", ""
    lines: list[str] = []
    for line in [*text.splitlines(), "[["]:
        if line.startswith("[["):
            if key:
                found[key] = short, plain("\n".join(lines)).strip()
            name, _, rest = line.strip("[]").partition(",")
            key = name.removeprefix("cmdhelp_") if name.startswith("cmdhelp_") else ""
            short, lines = plain_line(rest.removesuffix(",From Code")), []
        elif not line.startswith(("==", "....", "ifdef::", "endif::", "....")):
            lines.append(line)
    return {key: (short[:1].upper() + short[1:], long) for key, (short, long) in found.items()}
