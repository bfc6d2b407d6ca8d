"""Times and durations as Pacemaker prints and reads them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_PRINTED = (
    "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %Y %z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S %z",
)
"""Formats of crm_mon's times; one without a zone is in the node's time."""

_INTERVAL = re.compile(r"(?P<number>\d+)\s*(?P<unit>[a-z]*)")
_UNITS = {
    "": 1.0, "s": 1.0, "sec": 1.0, "ms": 0.001, "msec": 0.001, "us": 1e-6, "usec": 1e-6,
    "m": 60.0, "min": 60.0, "h": 3600.0, "hr": 3600.0,
}  # fmt: skip
"""Units of durations (source: Pacemaker, ``crm_get_msec`` in ``lib/common/strings.c``)."""
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)


def printed(text: str) -> datetime | None:
    """Return the time that crm_mon printed as ``text``, or None; it has a zone if ``text`` has one."""
    for layout in _PRINTED:
        try:
            return datetime.strptime(text.replace("Z", "+0000"), layout)
        except ValueError:
            continue
    return None


def seconds(text: str) -> float | None:
    """Return a duration in seconds: of ``60``, ``60s``, ``5min``, ``PT1M``; None for other texts."""
    match = _INTERVAL.fullmatch(text.strip().lower())
    if match and match["unit"] in _UNITS:
        return int(match["number"]) * _UNITS[match["unit"]]
    iso = _ISO.fullmatch(text.strip())
    if iso is None or not any(iso.groups()):
        return None
    sizes = (86400, 3600, 60, 1)
    return float(sum(int(n) * size for n, size in zip(iso.groups("0"), sizes, strict=True)))


def expiry(last_failure: str, timeout: str) -> datetime | None:
    """Return the time at which a failure is forgotten; None where it stays or the time is unknown.

    Args:
        last_failure: Time of the failure, as crm_mon prints it.
        timeout: The meta attribute ``failure-timeout``; 0 means never.
    """
    when, length = printed(last_failure), seconds(timeout)
    if when is None or not length:
        return None
    try:
        return when + timedelta(seconds=length)
    except OverflowError:  # later than any year that can be written
        return None
