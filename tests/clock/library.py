"""Private copy of libfaketime that does nothing to what waits.

libfaketime 0.9.10 gives programs its own functions for waiting, too. Two of them are broken:
``clock_nanosleep`` refuses the monotonic clock where that is not faked, so that Python's ``time.sleep``
fails; and those of condition variables share a lock that a child of ``fork`` never gets when a thread
of its parent held it, so that one pseudo-terminal in a hundred never starts its program. A run on
another day waits by the real clock. So the copy has other names for them, and programs find libc's.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib")
_PATTERNS = ("faketime/libfaketime.so.1", "*/faketime/libfaketime.so.1", "libfaketime.so.1")
_WAITING = (
    b"clock_nanosleep",
    b"pthread_cond_init",
    b"pthread_cond_destroy",
    b"pthread_cond_timedwait",
)
_SYMBOLS = 11
"""elf(5): SHT_DYNSYM, the section of the names that others find."""


def installed() -> Path:
    """Return libfaketime, wherever a distribution has it."""
    for folder in _FOLDERS:
        for pattern in _PATTERNS:
            for found in Path(folder).glob(pattern):
                return found
    sys.exit(
        "libfaketime is not installed. Debian's package is faketime, that of SUSE libfaketime."
    )


def without_waiting(library: bytes) -> bytes:
    """Return a shared library in which nobody finds its functions that wait."""
    if library[:6] != b"\x7fELF\x02\x01":
        sys.exit("This machine's libfaketime is no ELF file of 64 bits with the low byte first.")
    (table,) = struct.unpack_from("<Q", library, 40)
    size, number = struct.unpack_from("<HH", library, 58)
    # Of each section: name, type, flags, address, offset, size, link.
    sections = [struct.unpack_from("<IIQQQQI", library, table + size * n) for n in range(number)]
    strings = next(sections[each[6]] for each in sections if each[1] == _SYMBOLS)
    begin, end = strings[4], strings[4] + strings[5]
    names = library[begin:end]
    for name in _WAITING:
        names = names.replace(b"\0%s\0" % name, b"\0_%s\0" % name[1:])
    return library[:begin] + names + library[end:]
