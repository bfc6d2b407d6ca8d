"""Paths of values in ``corosync.conf``, as ``crm corosync get`` takes them."""

from __future__ import annotations

from crmtui.text import plain_line


def paths(text: str) -> tuple[tuple[str, str], ...]:
    """Return the path of each value with the value: ``totem.version`` and ``2``.

    Sections are ``name {`` and ``}``, values ``name: value``, comments begin with ``#``
    (corosync.conf(5)). A repeated path, as in a list of nodes, comes once.
    """
    found: dict[str, str] = {}
    sections: list[str] = []
    for line in (plain_line(line) for line in text.splitlines()):
        name, colon, value = line.partition(":")
        if line.startswith("#"):
            continue
        if line.endswith("{"):
            sections.append(line[:-1].strip())
        elif line == "}":
            del sections[-1:]
        elif colon:
            found.setdefault(".".join((*sections, name.strip())), value.strip())
    return tuple(found.items())
