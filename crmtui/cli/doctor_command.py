"""``crmtui doctor``: what crmtui needs, what is there, and the command that mends the rest."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import ExitStack
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from crmtui import __version__
from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.open_screen import colours, knows_utf8
from crmtui.cli.options import choosing
from crmtui.cli.target_options import format_option, target_options
from crmtui.doctor.doctor_finding import DoctorFinding, Report, to_json, to_text
from crmtui.doctor.terminal import TerminalAbilities, terminal
from crmtui.errors import CrmtuiError, LabFailed
from crmtui.paths import PURPOSES, place
from crmtui.settings import settings_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.settings import Loaded

_LIBRARIES = ("textual", "prompt_toolkit", "pexpect", "rich", "click")
_UNWELL = 1


@click.command()
@target_options
@format_option("For people or for programs.")
@choosing()
def doctor(where: Where, chosen: Loaded, form: str) -> None:
    """Say what is installed, what is missing, and what mends it.

    Which programs there are and in which version, what you may do, what the terminal can show, how
    changes of the cluster are noticed, which features are off, why, and the command that mends each.
    Nothing is changed.

    The exit status is 0 when crmtui can be used, though a feature may be off, and 1 when something
    has to be mended first.
    """
    report = _examined(where, chosen)
    if form == "json":
        click.echo(json.dumps(to_json(report), indent=2, ensure_ascii=False))
    else:
        click.echo(to_text(report), nl=False)
    if not report.is_well:
        sys.exit(_UNWELL)


def _examined(where: Where, chosen: Loaded) -> Report:
    kind, name = _named(where)
    findings: list[DoctorFinding] = []
    with ExitStack() as stack:
        try:
            target = stack.enter_context(opened(where))
            kind, name = target.kind.upper(), target.name
            from crmtui.backend.queries.doctor_probe import examine

            findings += examine(target)
        except CrmtuiError as error:  # all the rest is worth to be said, too
            costs = "everything that shows or changes this cluster"
            findings.append(DoctorFinding("Cluster", kind, "bad", error.what, costs, error.hint))
    findings += [
        *_here(),
        *_folders(),
        *_settings(chosen),
        *terminal(_terminal(), _least()),
        *_beside(),
    ]
    return Report(__version__, kind, name, tuple(findings))


def _named(where: Where) -> tuple[str, str]:
    """Return what is meant, as far as it is known before it is opened."""
    if where.cib is not None:
        return "SANDBOX", where.cib
    return ("SSH", ",".join(where.hosts)) if where.hosts else ("LIVE", os.uname().nodename)


def _here() -> Iterator[DoctorFinding]:
    """Yield what runs this program."""
    yield DoctorFinding(
        "This program", "python", "ok", f"{platform.python_version()}, {sys.executable}"
    )
    for library in _LIBRARIES:
        yield DoctorFinding("This program", library, "ok", version(library))


def _folders() -> Iterator[DoctorFinding]:
    """Yield where our files are, and where they are not since others can write there."""
    for purpose in PURPOSES:
        found = place(purpose)
        if found.instead_of is None:
            yield DoctorFinding("Folders", purpose, "ok", str(found.path))
        else:
            costs = "what is kept in the other folder, from earlier runs"
            fix = f"Unset or correct the XDG variables and HOME: {found.why}."
            yield DoctorFinding("Folders", purpose, "off", found.sentence, costs, fix)


def _settings(chosen: Loaded) -> Iterator[DoctorFinding]:
    """Yield what of the user's own files cannot be used."""
    from crmtui import keymap

    _, about_keys = keymap.load_or_default(chosen.settings.keymap)
    for name, trouble, fix in (
        ("settings", chosen.trouble, f"crmtui settings --check {settings_file()}"),
        ("keymap", about_keys, f"crmtui keymaps {chosen.settings.keymap}"),
    ):
        if not trouble:
            yield DoctorFinding("Settings", name, "ok", "nothing is wrong")
        for sentence in trouble:
            yield DoctorFinding("Settings", name, "off", sentence, "what that says", fix)


def _least() -> tuple[int, int]:
    from crmtui.tui.presentation.layout import LEAST

    return LEAST


def _terminal() -> TerminalAbilities:
    """Look at the terminal of whoever called, which output need not go to."""
    try:
        with open("/dev/tty", "rb") as tty:  # noqa: PTH123 - it is no file
            size: tuple[int, int] | None = os.get_terminal_size(tty.fileno())
    except OSError:
        size = None
    is_without = bool(os.environ.get("NO_COLOR"))
    return TerminalAbilities(os.environ.get("TERM", ""), size, colours(), knows_utf8(), is_without)


def _beside() -> Iterator[DoctorFinding]:
    """Yield what else there is to be had from this machine."""
    import shutil

    area = "Beside"
    ssh = shutil.which("ssh")
    yield (
        DoctorFinding(area, "ssh", "ok", ssh)
        if ssh
        else DoctorFinding(
            area, "ssh", "off", "not installed", "--host",
            "apt-get install openssh-client\nzypper install openssh-clients",
        )
    )  # fmt: skip
    from crmtui.lab import host

    try:
        host.require(image_is_built=False)
    except LabFailed as error:
        yield DoctorFinding(area, "lab", "off", error.what, "crmtui lab", error.hint)
    else:
        yield DoctorFinding(area, "lab", "ok", "real nodes can be started here: crmtui lab up")
