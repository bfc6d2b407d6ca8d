"""Keeps what is tried out on a copy of the CIB out of crm's log, which tells what was really run.

crm writes each line to ``/var/log/crmsh/crmsh.log`` (``CRMSH_LOG_FILE`` of crmsh's ``log.py``), and no
option stops it. Python loads this before crm, where PYTHONPATH names its folder.
"""

from __future__ import annotations

import logging.handlers
import os
from typing import Any

_LOG = "/var/log/crmsh/crmsh.log"
_opened = logging.handlers.RotatingFileHandler.__init__


def _open(
    self: logging.handlers.RotatingFileHandler, filename: Any, *rest: Any, **more: Any
) -> None:
    _opened(self, os.devnull if filename == _LOG else filename, *rest, **more)


logging.handlers.RotatingFileHandler.__init__ = _open  # type: ignore[method-assign]
