"""Services for a form on the screen: verify, send, undo, save."""

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
    """Services that the app gives to a form."""

    where: str
    """The cluster, with its badge."""
    rehearse: Callable[[Sequence[FormCommand]], Rehearsed]
    """Verifies and forecasts commands; takes a second, so a form calls it in a thread."""
    go: Callable[[Literal["commit", "stage"], Sequence[FormCommand], Sequence[str]], None]
    """Sends commands to crm; the last argument is complaints of crm to be ignored."""
    undo: Callable[[], None]
    """Drops the staged lines of a form that failed."""
    save: Callable[[Answers, int], None]
    """Saves a draft: the answers, and the number of the step."""
    note: Callable[[], str]
    """Returns a remark for the review, such as other uncommitted changes; empty for none."""
    knowledge: Knowledge
    keys: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {action.id: action.keys for action in ACTIONS}
    )
    """The keys of each action, by its id."""

    def key(self, action: str) -> str:
        """Return the first key of ``action`` in readable form; empty if the action has none."""
        return key_names(self.keys[action][:1])
