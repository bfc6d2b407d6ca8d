"""Command line of the program: from argv to target to run."""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path

from crmtui.errors import CrmtuiError
from crmtui.paths import displaced

_INTERRUPTED = 130
_CRASHED = 70
_NO_FILES = 74
"""Exit status of sysexits.h for an error doing I/O on some file."""
_COMPLETING = "_CRMTUI_COMPLETE"
"""Variable that a shell sets to have its command line completed."""


def main() -> None:
    """Run the program; every error ends in a sentence and its own exit status."""
    asks_for_nothing = len(sys.argv) == 1 and _COMPLETING not in os.environ
    if _COMPLETING not in os.environ:
        for sentence in displaced():
            _say(sentence)
    try:
        sys.exit(_open_here() if asks_for_nothing else _run_command())
    except CrmtuiError as error:
        _say(str(error))
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except OSError as error:
        _say(_unusable(error))
        sys.exit(_NO_FILES)
    except Exception as defect:  # noqa: BLE001 - the one place where one of ours becomes a sentence
        from crmtui.cli.crash import report_defect

        _say(
            f"a defect in crmtui ended it ({type(defect).__name__}). "
            f"Please report it, with {report_defect()}"
        )
        sys.exit(_CRASHED)


def _unusable(error: OSError) -> str:
    where = str(error.filename or "")
    if where and error.errno in (errno.ENOSPC, errno.EDQUOT):
        folder = Path(where) if Path(where).is_dir() else Path(where).parent
        return f"There is no room in {folder}.\nSee what is full: df -h {folder}; df -i {folder}"
    return f"{error.strerror or error}: {where or 'a file'} cannot be used."


def _say(sentence: str) -> None:
    from crmtui.text import plain

    # Arguments quoted in the sentence may hold terminal escapes.
    sys.stderr.write(plain(f"crmtui: {sentence}\n"))


def _open_here() -> int:
    """Open the screen on this node: the commonest start, which need not wait for the option parser."""
    gc.disable()  # run_screen enables it again once all is loaded
    from crmtui.cli.cluster_choice import Where, opened
    from crmtui.cli.open_screen import run_screen

    with opened(Where()) as target:
        run_screen(target)
    return 0


def _run_command() -> int:
    import io

    import click

    from crmtui.cli.bytes import check_arguments, never_fail_to_print
    from crmtui.cli.program import crmtui
    from crmtui.text import plain

    never_fail_to_print()
    check_arguments(sys.argv[1:])
    try:
        status = crmtui.main(standalone_mode=False)
    except click.exceptions.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        sys.stderr.write(plain(told.getvalue()))
        return error.exit_code
    return status if isinstance(status, int) else 0
