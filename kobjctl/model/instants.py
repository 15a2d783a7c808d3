"""Points in time as the platform writes them: ISO 8601, UTC, milliseconds, `Z`."""

from datetime import UTC, datetime


def format_instant(moment: datetime) -> str:
    """Write a point in time as the platform does: `2020-10-01T12:06:20.291Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime | None:
    """Read an ISO 8601 date or date-time; without an offset it is UTC. None when it is neither."""
    # Python also reads "20260102"; a plain number in a condition must not turn into a date.
    if len(text) < 10 or text[4] != "-":  # noqa: PLR2004 - YYYY-MM-DD
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def has_platform_form(moment: datetime) -> bool:
    """Return whether `format_instant` can write it: an offset may lead out of the years there
    are.
    """
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True
