"""First picture of the cluster, painted while the screen is still loading."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from crmtui.cluster.verdict import judge
from crmtui.tui.presentation.headline import pieces
from crmtui.tui.presentation.splash import escaped, first_picture
from crmtui.tui.theming.marks import ASCII, UNICODE, in_ascii

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.backend.watch.watch import Watch
    from crmtui.cli.splash_terminal import SplashTerminal
    from crmtui.keymap import Keymap
    from crmtui.settings import Settings
    from crmtui.tui.presentation.headline import Lock


def show_first(
    splash_terminal: SplashTerminal,
    target: Target,
    watch: Watch,
    first: Snapshot,
    keymap: Keymap,
    settings: Settings,
    *,
    is_ascii: bool,
    lock: Lock,
) -> None:
    """Paint ``first``, if the terminal has room for it and is as large as it says."""
    if {"COLUMNS", "LINES"} & os.environ.keys():
        return  # Textual obeys these variables, the first picture does not: show the screen alone
    cluster, size = first.cluster, os.get_terminal_size(sys.stderr.fileno())
    top = pieces(
        target.kind.upper(),
        target.name,
        cluster,
        judge(cluster),
        watch.freshness(),
        lock=lock,
        label=settings.look_of(cluster.name, target.name).label,
        is_still=settings.is_still,
    )
    marks = ASCII if is_ascii else UNICODE
    lines = first_picture(
        first,
        top,
        size=(size.columns, size.lines),
        way="",  # changes are followed only after this picture
        marks=marks,
        keys=keymap.keys,
    )
    if lines:
        text = escaped(lines, has_colours=not os.environ.get("NO_COLOR"))
        splash_terminal.show(in_ascii(text) if is_ascii else text)
