"""Editor of the user, opened on a file of the target in the real terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.process.signals import deaf_to_keys
from crmtui.errors import ProgramMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target

_NOT_FOUND = 127
"""Exit status of shells, nsenter and ssh for a missing program."""
_EDITORS = ("vim", "vi", "nano", "emacs", "ed")


def editor_argv(target: Target) -> list[str]:
    """Return the user's editor, or the first that is installed on ``target``.

    Raises:
        ProgramMissing: No editor is installed there.
    """
    for variable in ("VISUAL", "EDITOR"):
        if os.environ.get(variable, "").strip():
            try:
                return shlex.split(os.environ[variable])
            except ValueError as error:
                raise ProgramMissing(
                    f"{variable} is {os.environ[variable]}, which is no command: {error}.",
                    hint=f"Set {variable} to an editor.",
                ) from error
    for editor in _EDITORS:
        if run(target, ["sh", "-c", 'command -v "$1"', "sh", editor]).status == 0:
            return [editor]
    raise ProgramMissing(
        f"There is no editor on {target.name}.",
        hint="Set EDITOR to one that is installed there, or install vim or nano.",
    )


def edit(
    target: Target, path: str, *, began: Callable[[Callable[[], None]], object] | None = None
) -> bool:
    """Edit a file on this terminal; return True if the editor ended without an error.

    Ctrl-C belongs to the editor meanwhile, even where the terminal turns the key into a signal.

    Args:
        target: The target that has the file.
        path: Path of the file on the target.
        began: Receives, once the editor runs, a function that terminates it.

    Raises:
        ProgramMissing: No editor is installed, or the configured one is missing.
    """
    argv = editor_argv(target)
    invocation = target.invocation([*argv, path], {"TERM": os.environ.get("TERM", "linux")})
    try:
        with (
            deaf_to_keys(),
            subprocess.Popen(invocation.argv, env=dict(invocation.env)) as editor,
        ):
            if began is not None:
                began(editor.terminate)
            status = editor.wait()
    except FileNotFoundError:
        status = _NOT_FOUND
    except OSError as error:
        raise ProgramMissing(
            f"The editor {argv[0]} could not be started: {error.strerror or error}.",
            hint="Set EDITOR to one that can.",
        ) from error
    if status == _NOT_FOUND:
        raise ProgramMissing(
            f"The editor {argv[0]} is not installed on {target.name}.",
            hint="Set EDITOR to one that is.",
        )
    return status == 0
