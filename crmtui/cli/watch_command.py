"""``crmtui watch``: the cluster as a stream of lines, for screen readers, logs and pipes."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from crmtui.backend.process.waker import Waker
from crmtui.backend.queries.cib_query import query_cib
from crmtui.backend.watch.snapshot import Snapshot
from crmtui.backend.watch.watch import Watch
from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.target_options import format_option, target_options
from crmtui.cluster.freshness import PATIENCE_SECONDS
from crmtui.cluster.stream import FORMATS, Teller
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crmtui.backend.process.target import Target
    from crmtui.cluster.stream import Event

_TICK_MS = 1000
"""Milliseconds between checks that the cluster is still seen."""
_ENDING = (signal.SIGTERM, signal.SIGHUP)


class _Closed(Exception):
    """The reader of the output has gone."""


@click.command()
@target_options
@format_option("For people, or one JSON object a line.", FORMATS)
def watch(where: Where, form: str) -> None:
    """Print the state of the cluster, then each change as a sentence, until Ctrl-C.

    For screen readers, logs and pipes: moved services, failures, changes of the configuration and
    their authors, and when the cluster cannot be seen (STALE, BLIND) or is seen again. With --cib the
    file is followed. Nothing is changed.
    """
    # A shell makes its background programs ignore Ctrl-C; this one must end by it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in _ENDING:
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    with (
        contextlib.suppress(KeyboardInterrupt, _Closed),
        opened(where, is_followed=True) as target,
    ):
        _follow(target, FORMATS[form])


def _follow(target: Target, form: Callable[[Event], str]) -> None:
    news: SimpleQueue[Snapshot | CrmtuiError] = SimpleQueue()
    stirred = Waker()

    def hear(what: Snapshot | CrmtuiError) -> None:
        news.put(what)
        stirred.set()

    following = Watch(target)
    teller = Teller(target.kind.upper(), target.name)
    began = time.monotonic()
    following.start()
    following.listen(hear)
    try:
        has_heard = False
        while True:
            _wait(stirred)
            for what in _taken(news):
                has_heard = True
                if isinstance(what, Snapshot):
                    _write(map(form, _seen(teller, target, following, what)))
            if has_heard or time.monotonic() - began > PATIENCE_SECONDS:
                _write(map(form, teller.freshness(following.freshness(), time.time())))
    finally:
        following.stop()


def _seen(teller: Teller, target: Target, following: Watch, taken: Snapshot) -> Iterator[Event]:
    """Yield the events of a snapshot: the cause first, then its effects."""
    freshness = following.freshness()
    if freshness.is_clear:
        yield from teller.freshness(freshness, taken.taken)
    yield from teller.reached(target.name, taken.taken)
    if teller.wants_cib(taken.cluster):
        # Without the cause, the changes themselves are still told.
        with contextlib.suppress(CrmtuiError):
            cib = query_cib(target)
            yield from teller.configured(cib, taken.taken)
    yield from teller.see(taken.cluster, taken.taken)


def _taken(news: SimpleQueue[Snapshot | CrmtuiError]) -> Iterator[Snapshot | CrmtuiError]:
    with contextlib.suppress(Empty):
        while True:
            yield news.get_nowait()


def _wait(stirred: Waker) -> None:
    """Wait for news, or for a second.

    Raises:
        _Closed: The reader of the output has gone, which otherwise only the next line would show.
    """
    poll = select.poll()
    poll.register(stirred.fileno(), select.POLLIN)
    poll.register(sys.stdout.fileno(), 0)
    ready = dict(poll.poll(_TICK_MS))
    if sys.stdout.fileno() in ready:
        _give_up_output()
        raise _Closed
    if stirred.fileno() in ready:
        stirred.clear()


def _write(texts: Iterable[str]) -> None:
    try:
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        _give_up_output()
        raise _Closed from error


def _give_up_output() -> None:
    """Send the rest of the buffer to nowhere: Python would complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
