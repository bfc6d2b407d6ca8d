"""Source of a sandbox: a CIB file, a saved scheduler input, a shadow CIB, the demo."""

from __future__ import annotations

import bz2
import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from crmtui.errors import CibUnreadable, PermissionRefused, TargetInvalid
from crmtui.text import plain_line

_SHADOW_DIR = "/var/lib/pacemaker/cib"
_BIGGEST = 256 * 1024 * 1024
"""Bytes of a CIB at most; one of 1000 resources on 64 nodes has some 60 MB."""
_SAFE_AGENT_PART = re.compile(r"(?:[\w.@+:/\\][\w.@+:/\\-]*)?", re.ASCII)
"""Class, provider or type that a shell takes as one word, and no program as an option."""
_SHELL_CHARACTER = re.compile(r"[\s;&|<>$`'\"()]")
"""Characters in an id or node name of which crm's shell would make a command."""
_COPY_AGAIN = "Copy it again from /var/lib/pacemaker/pengine on the node that has it."


@dataclass(frozen=True, slots=True)
class CibSource:
    """Text of a CIB, ready to be copied."""

    name: str
    """Name that the user gave, on one line and without terminal escapes."""
    content: bytes
    offline_nodes: tuple[str, ...]
    """Nodes to bring online, if the CIB has no status, like a saved configuration."""

    @classmethod
    def parse(cls, name: str, raw: bytes) -> CibSource:
        """Read a CIB, compressed or not.

        Args:
            name: Name that the user gave.
            raw: Bytes of the file.

        Raises:
            CibUnreadable: The bytes are no CIB.
        """
        content = _unpacked(name, raw)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise CibUnreadable(f"{name} holds a document type declaration, as no CIB does.")
        try:
            cib = ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            raise CibUnreadable(
                f"{name} is not well-formed XML ({error}).", hint="Name a CIB: cibadmin -Q > FILE"
            ) from error
        if cib.tag != "cib" or cib.find("configuration") is None:
            raise CibUnreadable(
                f"{name} is XML, but no CIB: its outermost element is <{cib.tag[:40]}>.",
                hint="Name a CIB: cibadmin -Q > FILE, or a pe-input-*.bz2 of the DC.",
            )
        _check_agents(name, cib)
        _check_names(name, cib)
        offline: tuple[str, ...] = ()
        if cib.find("status/node_state") is None:
            nodes = cib.iterfind("configuration/nodes/node")
            offline = tuple(node.get("uname", "") for node in nodes if node.get("uname"))
        return cls(plain_line(name), _writable(content), offline)

    @staticmethod
    def path(name: str) -> Path:
        """Return the file ``name``, or else the file of the shadow CIB ``name``."""
        shadow = Path(os.environ.get("CIB_shadow_dir", _SHADOW_DIR)) / f"shadow.{name}"
        path = Path(name)
        return shadow if not path.exists() and "/" not in name and shadow.exists() else path

    @classmethod
    def open(cls, name: str) -> CibSource:
        """Read the file ``name``, or else the shadow CIB ``name``.

        Raises:
            TargetInvalid: There is no such file or shadow CIB.
            PermissionRefused: This user may not read the file.
            CibUnreadable: The file is no CIB.
        """
        path = cls.path(name)
        try:
            if path.exists() and not (path.is_file() or path.is_dir()):
                raise TargetInvalid(f"{name} is no file.")
            with path.open("rb") as file:
                return cls.parse(name, file.read(_BIGGEST + 1))
        except FileNotFoundError as error:
            raise TargetInvalid(
                f"There is no file {name}, nor a shadow CIB of that name.",
                hint="Name a CIB file, a pe-input-*.bz2, or one of: crm cib list",
            ) from error
        except IsADirectoryError as error:
            raise TargetInvalid(f"{name} is a folder; name a file in it.") from error
        except PermissionError as error:
            raise PermissionRefused(
                f"You may not read {path}.", hint="Ask for it as root or as a member of haclient."
            ) from error


def _check_agents(name: str, cib: ElementTree.Element) -> None:
    """Refuse a CIB with a shell command in the place of an agent's name.

    The file may come from anywhere. crm reads the metadata of its agents with shell commands that have
    their names in them (source: crmsh, ``ra_meta``). The sandbox's own crm_resource refuses paths.
    """
    for kind in ("primitive", "template"):
        for each in cib.iter(kind):
            parts = [each.get(part, "") for part in ("class", "provider", "type")]
            if not all(_SAFE_AGENT_PART.fullmatch(part) for part in parts):
                agent = plain_line(":".join(filter(None, parts)))
                raise CibUnreadable(
                    f"The agent of {plain_line(each.get('id', ''))[:60]} in {name} is not an agent: "
                    f"{agent[:80]}",
                    hint="crm would run it as a program, so the file was not opened. Check its origin.",
                )


def _check_names(name: str, cib: ElementTree.Element) -> None:
    """Refuse a CIB with a shell command in the place of an id or node name.

    crm makes shell commands of these, too. Pacemaker's schemas forbid such ids, but a file may declare
    that it has no schema.
    """
    for element in cib.iter():
        for attribute in ("id", "uname"):
            if attribute in element.attrib and _SHELL_CHARACTER.search(element.attrib[attribute]):
                found = plain_line(element.attrib[attribute])[:80]
                raise CibUnreadable(
                    f"{name} has a <{element.tag[:40]}> whose {attribute} is no name: {found}",
                    hint="crm would run a part of it, so the file was not opened. Check its origin.",
                )


def _bzip2(raw: bytes) -> tuple[bytes, bool]:
    unpacker = bz2.BZ2Decompressor()
    return unpacker.decompress(raw, _BIGGEST + 1), unpacker.eof


def _gzip(raw: bytes) -> tuple[bytes, bool]:
    unpacker = zlib.decompressobj(wbits=31)
    return unpacker.decompress(raw, _BIGGEST + 1), unpacker.eof


_MAGIC = {b"BZh": _bzip2, b"\x1f\x8b": _gzip}
"""Unpackers by the first bytes of a file; each returns the content, and True if it is complete."""


def _unpacked(name: str, raw: bytes) -> bytes:
    is_whole = True
    for magic, unpack in _MAGIC.items():
        if raw.startswith(magic):
            try:
                raw, is_whole = unpack(raw)
            except (OSError, EOFError, ValueError, zlib.error) as error:
                raise CibUnreadable(
                    f"{name} cannot be unpacked ({error}).", hint=_COPY_AGAIN
                ) from error
            break
    if len(raw) > _BIGGEST:
        raise CibUnreadable(f"{name} is larger than {_BIGGEST >> 20} MiB, as no CIB is.")
    if not is_whole:
        raise CibUnreadable(f"{name} is cut off: its end is missing.", hint=_COPY_AGAIN)
    if not raw.strip():
        raise CibUnreadable(f"{name} is empty.", hint="Name a CIB: cibadmin -Q > FILE")
    return raw


def _writable(content: bytes) -> bytes:
    """Return a CIB that the installed Pacemaker can write, even one of a newer Pacemaker.

    Pacemaker refuses to write a CIB with a ``crm_feature_set`` newer than its own ("Protocol not
    supported"). It refuses crm's patches to a CIB without it ("Application of update diff failed"; both
    seen on 2.1.5). Reading depends on the schema alone. So the copy gets the feature set of 2.0.0.
    """
    bare = re.sub(
        rb"""(<cib\b[^>]*?)\s+crm_feature_set=(?:"[^"]*"|'[^']*')""", rb"\1", content, count=1
    )
    return re.sub(rb"<cib\b", b'<cib crm_feature_set="3.1.0"', bare, count=1)
