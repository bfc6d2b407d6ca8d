"""The explanation of a resource's place: each cause is proved on a copy of the CIB."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.backend.scheduler.why import explain
from crmtui.errors import CrmtuiError
from crmtui.forecast.why_answer import lines
from crmtui.tui.textual_ext.bindings import closing
from crmtui.tui.textual_ext.stoppable import StoppableQuery
from crmtui.tui.textual_ext.stops_waiting import StopsWaiting
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.dialogs import Reading

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.backend.process.target import Target
    from crmtui.forecast.why_answer import WhyAnswer


class WhyScreen(StopsWaiting, ModalScreen[None]):
    """Dialog that asks the scheduler about one resource and shows the answer.

    Args:
        target: The cluster of the resource.
        resource: The id of the resource.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("dismiss", "resources.why", also="q,enter"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"why--{part}" for part in ("state", "proved", "tried", "fix")
    }

    class Explained(Message):
        """The answer is there."""

        def __init__(self, answer: WhyAnswer | CrmtuiError) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, target: Target, resource: str) -> None:
        super().__init__()
        self._target = target
        self._resource = resource
        self._query = StoppableQuery()
        self.answer = Static(id="why", markup=False)
        """The widget with the answer."""

    def compose(self) -> ComposeResult:
        """Lay out the answer between title and keys."""
        with Vertical(id="dialog"):
            yield Static(Text(f"Why? {self._resource}"), classes="title")
            with Reading():
                yield self.answer
            yield Static(Text("Esc  close      arrows  scroll"), classes="keys")

    def on_mount(self) -> None:
        """Start the trials."""
        self.answer.update("Trying each suspect on a copy of the CIB …")
        background(self, self._ask)

    async def _ask(self) -> None:
        try:
            answer: WhyAnswer | CrmtuiError = await self._query.run(
                partial(explain, self._target, self._resource)
            )
        except CrmtuiError as error:
            answer = error
        self.post_message(self.Explained(answer))

    def stop_waiting(self) -> bool:
        """Stop the question to the scheduler."""
        return self._query.stop()

    def on_why_screen_explained(self, message: Explained) -> None:
        """Show the answer."""
        if isinstance(message.answer, CrmtuiError):
            self.answer.update(Text(str(message.answer)))
        else:
            told = (self._styled(text, part) for text, part in lines(message.answer))
            self.answer.update(Text("\n").join(told))

    def _styled(self, text: str, part: str) -> Text:
        return Text(text, self.get_component_rich_style(f"why--{part}", partial=True))
