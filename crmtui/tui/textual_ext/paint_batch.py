"""Lets what changes together come onto the screen together."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen


@contextmanager
def paint_batch(screen: Screen[Any]) -> Iterator[None]:
    """Paint nothing of what changes within until all of it can be painted.

    Each widget tells the screen in a task of its own that it has changed. What the screen has heard of
    when it looks is painted at once, all else a frame of Textual's (17 ms) later.
    """
    held = ExitStack()
    held.enter_context(screen.app.batch_update())
    try:
        yield
    finally:
        release(screen, held)


def release(screen: Screen[Any], held: ExitStack) -> None:
    """Let the painting that ``held`` holds back go on, behind what the widgets have to tell by now."""
    if not screen.call_later(_let_go, screen.app, held):  # it is being left
        held.close()


def _let_go(app: App[Any], held: ExitStack) -> None:
    held.close()
    app.screen.check_idle()
