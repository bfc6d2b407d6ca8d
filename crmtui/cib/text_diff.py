"""Differences between two configurations as ``crm configure show`` prints them, by object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Sign = Literal["+", "-", " "]
_NODE = re.compile(r"^node (?:\S+: )?(?P<name>[^\s:\\]+)")
_XML_ID = re.compile(r"""\bid="(?P<id>[^"]*)\"""")
_NAMELESS = frozenset(("fencing_topology", "xml"))


@dataclass(frozen=True, slots=True)
class ObjectDiff:
    """Object that differs."""

    kind: Literal["added", "removed", "changed"]
    name: str
    """Kind and id, in crm's words: ``primitive webip``."""
    lines: tuple[tuple[Sign, str], ...]
    """Lines of the object: added (+), removed (-) and unchanged ones."""

    @property
    def text(self) -> str:
        """Heading and lines as plain text."""
        body = (f"  {sign} {line}".rstrip() for sign, line in self.lines)
        return "\n".join((f"{self.name}: {self.kind}", *body))


def differences(old: str, new: str) -> tuple[ObjectDiff, ...]:
    """Return the objects that differ from ``old`` to ``new``, in the order of ``new``.

    Removed objects come first. The order of objects means nothing to Pacemaker.
    """
    before, after = _objects(old), _objects(new)
    gone = [
        ObjectDiff("removed", name, tuple(("-", line) for line in lines))
        for name, lines in before.items()
        if name not in after
    ]
    there = [
        ObjectDiff("added", name, tuple(("+", line) for line in lines))
        if name not in before
        else ObjectDiff("changed", name, tuple(_compared(before[name], lines)))
        for name, lines in after.items()
        if before.get(name) != lines
    ]
    return (*gone, *there)


def _objects(text: str) -> Mapping[str, list[str]]:
    """Return the lines of each object by its name; crm indents continued lines."""
    found: dict[str, list[str]] = {}
    comments: list[str] = []
    name = ""
    for raw in text.splitlines():
        line = raw.removesuffix("\\").rstrip()
        if not line:
            continue
        if line.startswith("#"):
            comments.append(line)
        elif raw[0].isspace() and name:
            found[name].append(f"    {line.strip()}")
        else:
            name = _name(line)
            found[name] = [*comments, line]
            comments = []
    return found


def _name(line: str) -> str:
    if node := _NODE.match(line):
        return f"node {node['name']}"
    kind, _, rest = line.partition(" ")
    if kind == "xml" and (found := _XML_ID.search(rest)):
        return f"xml {found['id']}"
    if kind in _NAMELESS:
        return kind
    return f"{kind} {rest.split(' ')[0].removesuffix(':')}"


def _compared(old: list[str], new: list[str]) -> Iterator[tuple[Sign, str]]:
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            yield from ((" ", line) for line in old[old_from:old_to])
        else:
            yield from (("-", line) for line in old[old_from:old_to])
            yield from (("+", line) for line in new[new_from:new_to])
