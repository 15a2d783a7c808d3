"""The calendar of JavaScript's Date: UTC, milliseconds since 1970, years from -271821 to 275760."""

from datetime import date
from typing import Final, NamedTuple

MS_PER_MINUTE: Final = 60_000
MS_PER_DAY: Final = 86_400_000
DAYS_PER_WEEK: Final = 7
MONTHS_PER_YEAR: Final = 12
MAX_INSTANT: Final = 8_640_000_000_000_000

# The calendar repeats itself after 400 years, so Python's dates serve for any year.
_CYCLE_YEARS: Final = 400
_CYCLE_DAYS: Final = 146_097
_EPOCH: Final = date(1970, 1, 1).toordinal()
_THURSDAY: Final = 4


class Week(NamedTuple):
    """A week: its number, and the year that it belongs to."""

    year: int
    number: int


class Parts(NamedTuple):
    """A point in time taken apart; months count from 1, the days of the week from Sunday as 0."""

    instant: int
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int

    @property
    def weekday(self) -> int:
        """Return the day of the week, 0 (Sunday) to 6."""
        return (self.instant // MS_PER_DAY + _THURSDAY) % DAYS_PER_WEEK

    @property
    def day_of_year(self) -> int:
        """Return the day of the year, from 1."""
        return days_since_epoch(self.year, self.month, self.day) - days_since_epoch(self.year) + 1

    @property
    def week(self) -> Week:
        """Return the week as in the United States: it begins on Sunday, 1 January is in week 1."""
        return self._week_of(6 - self.weekday)

    @property
    def iso_week(self) -> Week:
        """Return the week of ISO 8601: it begins on Monday, 4 January is in week 1."""
        return self._week_of(_THURSDAY - (self.weekday or DAYS_PER_WEEK))

    def _week_of(self, days_to_anchor: int) -> Week:
        """Return the week by its anchor, the day whose year is the year of the whole week."""
        anchor = take_apart(self.instant + days_to_anchor * MS_PER_DAY)
        return Week(anchor.year, (anchor.day_of_year - 1) // DAYS_PER_WEEK + 1)


def days_since_epoch(year: int, month: int = 1, day: int = 1) -> int:
    """Count the days since 1970; months and days beyond their range are carried over."""
    years, month_index = divmod(month - 1, MONTHS_PER_YEAR)
    cycles, year_index = divmod(year + years - 1, _CYCLE_YEARS)
    first = date(year_index + 1, month_index + 1, 1).toordinal()
    return first + cycles * _CYCLE_DAYS - _EPOCH + day - 1


def put_together(  # noqa: PLR0913, PLR0917 - the parts of a date
    year: int,
    month: int = 1,
    day: int = 1,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    millisecond: int = 0,
) -> int:
    """Return the milliseconds since 1970; every part may be beyond its range."""
    minutes = (days_since_epoch(year, month, day) * 24 + hour) * 60 + minute
    return (minutes * 60 + second) * 1000 + millisecond


def take_apart(instant: int) -> Parts:
    """Take apart milliseconds since 1970."""
    days, rest = divmod(instant, MS_PER_DAY)
    cycles, ordinal = divmod(days + _EPOCH - 1, _CYCLE_DAYS)
    found = date.fromordinal(ordinal + 1)
    seconds, millisecond = divmod(rest, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    year = found.year + cycles * _CYCLE_YEARS
    return Parts(
        instant=instant,
        year=year,
        month=found.month,
        day=found.day,
        hour=hour,
        minute=minute,
        second=second,
        millisecond=millisecond,
    )


def clip(instant: float) -> int | None:
    """Return whole milliseconds; None where JavaScript's Date ends. NaN is None, too."""
    return int(instant) if -MAX_INSTANT <= instant <= MAX_INSTANT else None


def days_in_year(year: int) -> int:
    """Count the days of a year."""
    return days_since_epoch(year + 1) - days_since_epoch(year)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month; months beyond the year are carried over."""
    return days_since_epoch(year, month + 1) - days_since_epoch(year, month)
