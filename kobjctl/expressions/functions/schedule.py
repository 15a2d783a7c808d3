"""A business schedule: when a team works, as the platform describes it.

Source: the platform's API page of business schedules; `manual/platform.md 5.3`.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.errors import KobjctlError

# By the day of the week, "0" (Sunday) to "6": None, or [start, end] in minutes after midnight.
Hours: TypeAlias = Mapping[str, list[list[int]] | None]


class ScheduleError(KobjctlError):
    """A schedule can't be read."""


class BusinessSchedule(NamedTuple):
    """Working hours by the day of the week, in one time zone, and the days off."""

    hours: Hours
    zone: str = "UTC"
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Return whether a point in time is within the hours; the end of an interval is not.

        Raises ScheduleError for an unknown time zone.
        """
        try:
            local = at.astimezone(_zone(self.zone))
        except OverflowError:  # the first and the last day of Python's calendar
            return False
        minute = local.hour * 60 + local.minute
        intervals = self.hours.get(str(local.isoweekday() % 7)) or []
        within = any(start <= minute < end for start, end in intervals)
        return within and local.date() not in self.holidays


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only business hours need it

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ScheduleError(f'no time zone is called "{name}"') from error


_NINE_TO_FIVE: Final = [[9 * 60, 17 * 60]]
OFFICE_HOURS: Final = BusinessSchedule(
    MappingProxyType({str(weekday): _NINE_TO_FIVE for weekday in range(1, 6)})
)
