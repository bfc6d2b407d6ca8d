"""Workers: work in the event loop that the screen does not wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode
    from textual.worker import WorkType

WorkerJob: TypeAlias = "Callable[[], Coroutine[None, None, None]]"
"""A coroutine function, not a coroutine: if the app exits first, nothing is left un-awaited."""


def background(
    node: DOMNode, job: WorkerJob, *, group: str = "default", only: bool = False
) -> None:
    """Start ``job`` in the event loop; it ends with ``node``.

    Args:
        node: Owner of the work.
        job: A coroutine function, or a partial of one.
        group: Name of the work's group.
        only: Replaces running work of the same group.
    """
    work: WorkType[None] = job
    node.run_worker(work, group=group, exclusive=only)
