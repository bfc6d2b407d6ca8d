"""The values to choose from for a field of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.completion.values import Knowledge
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import Field

INTERFACES = "/sys/class/net/"
_MANY = frozenset({"nodes", "resources"})


def is_list(field: Field) -> bool:
    """Return True for a field that takes several values."""
    return field.kind in _MANY


def offered(field: Field, value: str, facts: Facts, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the values to choose from for a field; may run a program.

    Args:
        field: The field.
        value: The present value; for a file, the folder to list.
        facts: Nodes and resources of the cluster.
        knowledge: Lists folders of the target.
    """
    if field.choices:
        return field.choices
    if field.kind in ("node", "nodes"):
        return facts.nodes
    if field.kind in ("resource", "resources"):
        return facts.placed()
    if field.kind == "interface":
        return tuple(name.rstrip("/@") for name in knowledge.files(INTERFACES))
    if field.kind == "file":
        folder = value.rpartition("/")[0] + "/" if "/" in value else "/"
        above = (folder.rstrip("/").rpartition("/")[0] + "/",) if folder != "/" else ()
        return (*above, *(folder + name for name in knowledge.files(folder)))
    return (field.default,) if field.default else ()


def taken(field: Field, value: str, choice: str) -> str:
    """Return the new value of a field after ``choice``; in a list, a second choice removes a name."""
    if not is_list(field):
        return choice
    names = value.split()
    names = [name for name in names if name != choice] if choice in names else [*names, choice]
    return " ".join(names)
