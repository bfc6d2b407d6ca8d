"""Batch of painting: simultaneous changes come onto the screen together."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen


@contextmanager
def paint_batch(screen: Screen[Any]) -> Iterator[None]:
    """Hold back the painting of changes made inside until all can be painted at once.

    Each widget tells the screen in a task of its own that it has changed. The screen paints at once
    the changes that it knows of, and the others a frame of Textual's (17 ms) later.
    """
    held = ExitStack()
    held.enter_context(screen.app.batch_update())
    try:
        yield
    finally:
        release(screen, held)


def release(screen: Screen[Any], held: ExitStack) -> None:
    """Release the painting that ``held`` holds back, after the pending messages of the widgets."""
    if not screen.call_later(_let_go, screen.app, held):  # the screen is closing
        held.close()


def _let_go(app: App[Any], held: ExitStack) -> None:
    held.close()
    app.screen.check_idle()
