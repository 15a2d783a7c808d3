"""What has to stand at the path of a function, so that it gives a value: a few to try each.

One table for all functions that can be turned round; any other is tried with the value itself.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.testing.drafting.samples import EMAIL, PHONE, SOME, TEXT, AnyValue

Wanted: TypeAlias = Json | MissingValue | AnyValue
Inverse: TypeAlias = Callable[[Wanted], Iterator[Wanted]]


def _number(wanted: Wanted) -> Iterator[Wanted]:
    if wanted is SOME:
        yield 10
    elif wanted is MISSING:
        yield from (MISSING, TEXT)
    else:
        yield from (wanted, str(wanted))


def _check(good: Json) -> Inverse:
    def inverse(wanted: Wanted) -> Iterator[Wanted]:
        if wanted in (False, MISSING, None):
            yield from (MISSING, TEXT)
        else:
            yield good

    return inverse


def _existing(wanted: Wanted) -> Iterator[Wanted]:
    yield from (MISSING, SOME) if wanted is MISSING else (SOME, MISSING)


def _to_json(wanted: Wanted) -> Iterator[Wanted]:
    if isinstance(wanted, str):
        try:
            yield json.loads(wanted)
        except ValueError:
            yield wanted
    else:
        yield wanted


def _parse_json(wanted: Wanted) -> Iterator[Wanted]:
    yield json.dumps(wanted) if wanted not in (SOME, MISSING) else wanted


INVERSES: Final[Mapping[str, Inverse]] = {
    "parseInt": _number,
    "parseFloat": _number,
    "isValidEmailAddress": _check(EMAIL),
    "isValidPhoneNumber": _check(PHONE),
    "ifExists": _existing,
    "toJSON": _to_json,
    "parseJSON": _parse_json,
}


def inverse(name: str, wanted: Wanted) -> list[Wanted]:
    """Return what to try at the path of a function that is to give a value."""
    if name in INVERSES:
        return list(INVERSES[name](wanted))
    return [wanted, SOME, MISSING]
