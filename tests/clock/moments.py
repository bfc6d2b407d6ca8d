"""Moments at which the tests have to pass as well as today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Moment:
    """Wall clock that a run is given.

    Attributes:
        zone: The time zone, as ``TZ`` has it.
        at: The local time at which it begins, without a zone; None for days after today.
        days: So many days after today, where ``at`` is None.
        is_for_each: Each test begins at that time, not only the first.
        language: What ``LC_ALL`` is; empty leaves it as it is.
    """

    zone: str
    at: str | None = None
    days: float = 0
    is_for_each: bool = False
    language: str = ""

    def offset(self, real: float) -> float:
        """Return the seconds between a real time and the one that is shown for it."""
        if self.at is None:
            return self.days * 86_400
        return (
            datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(self.zone)).timestamp() - real
        )


#: Between them: other days, zones and languages, ends of a day, month and year, and clocks put
#: forward and back. Those for each test begin some seconds before, so that tests run across it.
MOMENTS = {
    "tomorrow": Moment("Asia/Shanghai", days=1, language="C"),
    "later": Moment("America/St_Johns", days=400),
    "midnight": Moment("UTC", "2027-04-30T23:59:55", is_for_each=True),
    "new-year": Moment("Asia/Shanghai", "2027-12-31T23:59:58", is_for_each=True, language="C"),
    "leap-day": Moment("America/St_Johns", "2028-02-29T23:59:55", is_for_each=True, language="C"),
    "spring": Moment("America/New_York", "2027-03-14T01:59:58", is_for_each=True),
    "autumn": Moment("America/New_York", "2027-11-07T01:59:58", is_for_each=True),
}
