"""The tree of errors is whole, and drawn as it is."""

from __future__ import annotations

import ast
import re

from crmtui import errors
from crmtui.errors import CrmtuiError
from tests import house

ERRORS: tuple[type[CrmtuiError], ...] = (CrmtuiError, *CrmtuiError.__subclasses__())
_NAMES = {error.__name__ for error in ERRORS}


def test_each_error_for_the_user_is_defined_in_the_tree() -> None:
    """No module but ``errors.py`` defines a `CrmtuiError`."""
    strays = [
        f"{path.relative_to(house.ROOT)}: {node.name}"
        for path in sorted((house.ROOT / "crmtui").rglob("*.py"))
        if path.name != "errors.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).rpartition(".")[2] in _NAMES for base in node.bases)
    ]

    assert strays == []


def test_the_drawn_tree_has_each_error_with_its_exit_status() -> None:
    """A status is drawn where an error has one of its own; the others have the root's."""
    drawn = re.findall(r"(?m)^ +(?:[├└]── )?([A-Z]\w+) +(\d*)", errors.__doc__ or "")

    assert dict(drawn) == {
        error.__name__: str(vars(error).get("exit_status", "")) for error in ERRORS
    }
