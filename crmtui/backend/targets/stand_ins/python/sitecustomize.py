"""Keeps what is tried out on a copy of the CIB out of crm's log, which tells what was really run.

crm writes each line to ``/var/log/crmsh/crmsh.log`` (``CRMSH_LOG_FILE`` of crmsh's ``log.py``), and no
option stops it; crmsh 4.4 does not even start for somebody who may not write there. Python loads this
before crm, where PYTHONPATH names its folder.
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
    # In memory and not /dev/null: crm changes the mode of what it opened.
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
