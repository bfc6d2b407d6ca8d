"""Engines of a command line: one for commands, one for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.editor.engine import LineEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.completion import Completer
    from prompt_toolkit.history import History

    from crmtui.editor.checking import CrmCheck


class Engines:
    """Engines of a command line: one for commands, one for answers, which are not remembered.

    Args:
        on_change: Called whenever a view may have changed.
        on_command: Called with an accepted command.
        on_answer: Called with an accepted answer.
        completer: Source of completions for commands.
        history: The earlier commands.
        check: Makes the remarks about a command while the user types.
    """

    def __init__(
        self,
        on_change: Callable[[], None],
        on_command: Callable[[str], None],
        on_answer: Callable[[str], None],
        completer: Completer,
        history: History,
        check: CrmCheck | None = None,
    ) -> None:
        self.commands = LineEngine(
            on_change, on_command, completer=completer, history=history, check=check
        )
        self.answers = LineEngine(on_change, on_answer)
        self.commands.warm_up()

    def edit_as(self, editing: str) -> None:
        """Edit both lines with the keys of ``emacs`` or of ``vi``."""
        self.commands.editing = self.answers.editing = editing

    async def close(self) -> None:
        """Cancel all work in the background."""
        await self.commands.close()
        await self.answers.close()
