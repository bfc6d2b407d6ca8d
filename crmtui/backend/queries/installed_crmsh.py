"""Installed crmsh: its levels, commands and options, listed by its own interpreter and kept in a file.

crmsh is a Python program, so the interpreter in the first line of the ``crm`` script can import it and
list its levels (``crmsh.ui_root``). A few commands are called with ``--help`` for their options, but
only up to their parser, so no command of crm runs. The listing takes half a second, and is kept until
the script changes.
"""

from __future__ import annotations

import json
import os
import re
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crmtui import paths
from crmtui.backend.process.run import run
from crmtui.crmsh.installed_commands import CommandOption, Crmsh, InstalledCommand
from crmtui.errors import CrmtuiError
from crmtui.ownership import open_private
from crmtui.text import plain, plain_line

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.backend.process.target import Target

TIMEOUT = 30.0
"""Seconds that crmsh may take to list its commands, in the background."""

_FORMAT = 4
"""Number of the file's format, to be raised with each change of it."""

_STAGE = re.compile(r"^ {1,4}(?P<name>[\w-]+)(?:  |$)", re.MULTILINE)
"""Line with the name of a stage; its further lines are indented more."""

_WHICH = 'crm=$(command -v crm) && stat -L -c "%n %s %Y" "$crm" && head -n 1 "$crm"'

_LIST = """
import argparse, contextlib, inspect, io, json, os, sys
import crmsh.main
from crmsh import config, constants, ui_root, userdir, utils

levels = {}
def arity(function):
    # The first two are the level itself and the context.
    parameters = list(inspect.signature(function).parameters.values())[2:]
    fixed = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    most = None if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(fixed)
    return sum(p.default is p.empty for p in fixed), most
class Parsed(BaseException):
    pass
class Context:
    def __getattr__(self, name):
        return ""
def parser_of(level, name, function):
    # Parser of a command's options; the call of the command ends there.
    found = []
    def parse(self, *args, **options):
        found.append(self)
        raise Parsed
    argparse.ArgumentParser.parse_known_args = parse
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            if (level, name) in PARSING:
                function(None, Context(), "--help")
            elif (level, name) == ("root", "report"):
                from crmsh.report import core
                core.add_arguments()
    except BaseException:
        pass
    return found[0] if found else None
PARSING = {("cluster", name) for name in ("init", "join", "remove", "geo_init", "geo_join",
                                          "geo_init_arbitrator", "crash_test")}
def options_of(parser):
    found = []
    for action in parser._actions:
        if not action.option_strings or action.dest == "help" or action.help == argparse.SUPPRESS:
            continue
        words = list(action.option_strings)
        no = [word for word in words if type(action).__name__ == "BooleanOptionalAction"
              and word.startswith("--no-")]
        takes = action.nargs != 0
        yes = [word for word in words if word not in no]
        found.append({"words": yes, "takes": takes, "help": action.help or ""})
        if no:
            found.append({"words": no, "takes": takes, "help": "The opposite of " + yes[0]})
    return found
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
        parser = None if is_level else parser_of(name, child.name, child.function)
        if parser is not None:
            levels[name][-1]["options"] = options_of(parser)
            levels[name][-1]["epilog"] = parser.epilog or ""
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
# crm moves its old folder to this place when it starts.
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
    """Return the installed crmsh of a target, or None if it cannot be listed."""
    try:
        kept, interpreter = _script(target)
        if kept.is_file():
            return _parsed(kept.read_text(encoding="utf-8"))
        listing = _listing(target, interpreter)
        found = _parsed(listing)
        _keep(kept, listing)
    except (CrmtuiError, OSError, ValueError):
        # Completion and lint then use our own table.
        return None
    return found


def _script(target: Target) -> tuple[Path, tuple[str, ...]]:
    """Return the file for the listing of the present ``crm`` script, and its interpreter."""
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
    """Write a private file in one step, so that readers never see a part of it."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
    with os.fdopen(open_private(unfinished, flags), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def _parsed(listing: str) -> Crmsh:
    """Read the listing of crmsh.

    Raises:
        ValueError: The text is no output of ``_LIST``.
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


def _command(level: str, known: Any, manual: dict[str, tuple[str, str]]) -> InstalledCommand:
    name = plain_line(str(known["name"]))
    key = name if known["is_level"] else f"{level}_{name}"
    short, long = manual.get(key, ("", ""))
    return InstalledCommand(
        name=name,
        aliases=tuple(plain_line(str(alias)) for alias in known["aliases"]),
        help=short or plain_line(str(known["help"])),
        manual=long,
        is_level=bool(known["is_level"]),
        least=int(known["least"]),
        most=None if known["most"] is None else int(known["most"]),
        options=None if known.get("options") is None else tuple(map(_option, known["options"])),
        stages=_stages(str(known.get("epilog", ""))),
    )


def _option(known: Any) -> CommandOption:
    return CommandOption(
        words=tuple(plain_line(str(word)) for word in known["words"]),
        is_value_taken=bool(known["takes"]),
        help=plain_line(str(known["help"]).replace("%%", "%")),
    )


def _stages(epilog: str) -> tuple[str, ...]:
    """Return the stages that the help of ``cluster init`` and ``join`` lists, one a line."""
    _, _, listed = epilog.partition("Stage can be one of:\n")
    found = _STAGE.finditer(listed.partition("\n\n")[0])
    return tuple(dict.fromkeys(match["name"] for match in found))


def _manual(text: str) -> dict[str, tuple[str, str]]:
    """Return the short and the long help in crmsh's manual, by the words behind ``cmdhelp_``.

    Each entry begins with ``[[cmdhelp_LEVEL_COMMAND,Short help]]`` and a heading, and ends at the next
    anchor or heading (crmsh/help.py).
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
