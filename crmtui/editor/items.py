"""Rows of a completion menu, each made when it is painted: of a thousand, eight are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from prompt_toolkit.formatted_text import to_plain_text

from crmtui.editor.completer import CrmCompletion
from crmtui.editor.view import MenuItem

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completion


class MenuItems(Sequence[MenuItem]):
    """Rows of a completion menu.

    Args:
        completions: All completions offered; the list must not change from now on.
    """

    def __init__(self, completions: Sequence[Completion]) -> None:
        self._completions = tuple(completions)

    def __len__(self) -> int:
        return len(self._completions)

    @overload
    def __getitem__(self, index: int) -> MenuItem: ...
    @overload
    def __getitem__(self, index: slice) -> list[MenuItem]: ...
    def __getitem__(self, index: int | slice) -> MenuItem | list[MenuItem]:
        if isinstance(index, slice):
            return [_item(completion) for completion in self._completions[index]]
        return _item(self._completions[index])


def _item(completion: Completion) -> MenuItem:
    if not isinstance(completion, CrmCompletion):
        return MenuItem(to_plain_text(completion.display), to_plain_text(completion.display_meta))
    known = completion.candidate
    return MenuItem(
        known.display,
        known.meta,
        known.type,
        known.default,
        known.required,
        known.matches,
        known.detail,
    )
