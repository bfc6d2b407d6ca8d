"""Export of a text to a file that only its owner can read."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from crmtui import paths
from crmtui.ownership import open_private

if TYPE_CHECKING:
    from crmtui.tui.widgets.output import OutputTone


def export(stem: str, text: str) -> tuple[str, OutputTone]:
    """Write ``text`` to a new file named after ``stem`` and the time.

    Returns:
        Message about the file, and its tone.
    """
    name = time.strftime(f"{stem}-%Y%m%d-%H%M%S")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    try:
        path = paths.state_dir() / f"{name}.txt"
        with os.fdopen(open_private(path, flags), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return f"The {stem} was already written in this second: {path}", "note"
    except OSError as error:
        return f"The {stem} could not be written: {error.strerror or error}.", "error"
    return f"The {stem} is in {path}", "good"
