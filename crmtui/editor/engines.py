"""The two line engines of one command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.editor.engine import LineEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.completion import Completer
    from prompt_toolkit.history import History

    from crmtui.editor.checking import CrmCheck


class Engines:
    """The two lines of a command line: one for commands, one for answers, which nothing remembers.

    Args:
        on_change: Called whenever a view may have become another.
        on_command: Called with a command that is accepted.
        on_answer: Called with an answer that is accepted.
        completer: What to offer for commands.
        history: The commands of before.
        check: What is said about a command while it is typed.
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
        """Let the keys of ``emacs`` or of ``vi`` edit both lines."""
        self.commands.editing = self.answers.editing = editing

    async def close(self) -> None:
        """End what runs in the background."""
        await self.commands.close()
        await self.answers.close()
