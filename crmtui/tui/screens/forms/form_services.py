"""What a form on the screen can have done for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.actions import ACTIONS
from crmtui.tui.presentation.key_names import key_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.backend.scheduler.rehearsal import Rehearsed
    from crmtui.completion.values import Knowledge
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.form import FormCommand


@dataclass(frozen=True, slots=True)
class FormServices:
    """What a form on the screen can have done for it."""

    where: str
    """The cluster, with its badge."""
    rehearse: Callable[[Sequence[FormCommand]], Rehearsed]
    """Verifies and forecasts; takes a second, so it is called in a thread."""
    go: Callable[[Literal["commit", "stage"], Sequence[FormCommand], Sequence[str]], None]
    """Sends commands to crm; the last are complaints of crm that stand against nothing."""
    undo: Callable[[], None]
    """Drops what was staged of a form that failed."""
    save: Callable[[Answers, int], None]
    """Keeps the form as it is now."""
    note: Callable[[], str]
    """Returns what else there is to know before a commit."""
    knowledge: Knowledge
    keys: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {action.id: action.keys for action in ACTIONS}
    )
    """The keys of each action, by its id."""

    def key(self, action: str) -> str:
        """Return the first key of ``action``, as people write it; empty if it has none."""
        return key_names(self.keys[action][:1])
