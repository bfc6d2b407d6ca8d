"""Starting what the screen does not wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode
    from textual.worker import WorkType

Deed: TypeAlias = "Callable[[], Coroutine[None, None, None]]"
"""What begins when it is called: one that never is, as the app ends that moment, leaves nothing."""


def background(node: DOMNode, entry: Deed, *, group: str = "default", only: bool = False) -> None:
    """Begin ``entry`` in the event loop; it ends with ``node``.

    Args:
        node: Whose it is.
        entry: What to do; a coroutine function, or a partial of one.
        group: What it belongs to.
        only: Whether it takes the place of what runs of its group.
    """
    work: WorkType[None] = entry
    node.run_worker(work, group=group, exclusive=only)
