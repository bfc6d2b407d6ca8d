"""``crmtui doctor``: the needs of crmtui, their state here, and the commands that mend the rest."""

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
    """Check this machine: programs, rights and terminal, and how to mend them.

    Lists the installed programs and versions, your rights, the abilities of the terminal and the way
    changes of the cluster are noticed. Features that are off have their reason and the command that
    mends them. Nothing is changed.

    The exit status is 0 if crmtui can be used, though a feature may be off, and 1 if something has to
    be mended first.
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
        except CrmtuiError as error:  # a finding, too: the report goes on without the cluster
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
    """Return kind and name of the target, as far as they are known before it is opened."""
    if where.cib is not None:
        return "SANDBOX", where.cib
    return ("SSH", ",".join(where.hosts)) if where.hosts else ("LIVE", os.uname().nodename)


def _here() -> Iterator[DoctorFinding]:
    """Yield findings about Python and the libraries."""
    yield DoctorFinding(
        "This program", "python", "ok", f"{platform.python_version()}, {sys.executable}"
    )
    for library in _LIBRARIES:
        yield DoctorFinding("This program", library, "ok", version(library))


def _folders() -> Iterator[DoctorFinding]:
    """Yield the folders of crmtui, and those that other users could change."""
    for purpose in PURPOSES:
        found = place(purpose)
        if found.instead_of is None:
            yield DoctorFinding("Folders", purpose, "ok", str(found.path))
        else:
            costs = "files of earlier runs, which are in the other folder"
            fix = f"Unset or correct the XDG variables and HOME: {found.why}."
            yield DoctorFinding("Folders", purpose, "off", found.sentence, costs, fix)


def _settings(chosen: Loaded) -> Iterator[DoctorFinding]:
    """Yield the mistakes in the user's own files."""
    from crmtui import keymap

    _, about_keys = keymap.load_or_default(chosen.settings.keymap)
    for name, trouble, fix in (
        ("settings", chosen.trouble, f"crmtui settings --check {settings_file()}"),
        ("keymap", about_keys, f"crmtui keymaps {chosen.settings.keymap}"),
    ):
        if not trouble:
            yield DoctorFinding("Settings", name, "ok", "nothing is wrong")
        for sentence in trouble:
            yield DoctorFinding(
                "Settings", name, "off", sentence, "this setting or key: the default holds", fix
            )


def _least() -> tuple[int, int]:
    from crmtui.tui.presentation.layout import LEAST

    return LEAST


def _terminal() -> TerminalAbilities:
    """Return the abilities of the controlling terminal, even if output goes elsewhere."""
    try:
        with open("/dev/tty", "rb") as tty:  # noqa: PTH123 - it is no file
            size: tuple[int, int] | None = os.get_terminal_size(tty.fileno())
    except OSError:
        size = None
    is_without = bool(os.environ.get("NO_COLOR"))
    return TerminalAbilities(os.environ.get("TERM", ""), size, colours(), knows_utf8(), is_without)


def _beside() -> Iterator[DoctorFinding]:
    """Yield optional abilities of this machine, such as labs."""
    import shutil

    area = "Optional"
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
