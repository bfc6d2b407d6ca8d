"""Replacement for crm's log in a copy of the CIB, so that the real log has real changes only.

crm writes each line to ``/var/log/crmsh/crmsh.log`` (``CRMSH_LOG_FILE`` of crmsh's ``log.py``), and no
option stops that. crmsh 4.4 does not even start without the right to write there. Python loads this
module before crm if its folder is in PYTHONPATH.
"""

from __future__ import annotations

import builtins
import logging.handlers
import os
import shutil
from typing import Any

_LOG = "/var/log/crmsh/crmsh.log"
_open, _chown = builtins.open, shutil.chown
_opened = logging.handlers.RotatingFileHandler.__init__


def _open_other(file: Any, *rest: Any, **more: Any) -> Any:
    # In memory and not /dev/null: crm changes the mode of the file that it opened.
    return _open(os.memfd_create("log") if file == _LOG else file, *rest, **more)


def _chown_other(path: Any, *rest: Any, **more: Any) -> None:
    if path != _LOG:
        _chown(path, *rest, **more)


def _log_nowhere(
    self: logging.handlers.RotatingFileHandler, filename: Any, *rest: Any, **more: Any
) -> None:
    _opened(self, os.devnull if filename == _LOG else filename, *rest, **more)


builtins.open = _open_other
shutil.chown = _chown_other
logging.handlers.RotatingFileHandler.__init__ = _log_nowhere  # type: ignore[method-assign]
