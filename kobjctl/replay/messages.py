"""Count what steps say, in constant memory: messages that differ in values only are one."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.model.secrets import excerpt
from kobjctl.model.values import JsonObject

# So many different messages of one step are kept; then those that differ in what they quote are
# one, and past twice as many what is left is counted without a message.
ROOM: Final = 20
OTHER: Final = ""
_LONGEST: Final = 300

_VALUES: Final = re.compile(
    r"(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<id>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24}\b)"
    r"|(?P<time>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"|(?P<number>\d[\d,]{3,}(?:\.\d+)?)"
)
_QUOTED: Final = re.compile(r'"[^"]*"')
_DIGITS: Final = re.compile(r"\d[\d,.]*")


class RunExample(NamedTuple):
    """A run to look at (0 for none), and where its payload came from: `orders.ndjson:17`."""

    run: int
    place: str

    def as_json(self) -> JsonObject:
        """Return it as part of a tally."""
        return {"runNumber": self.run, "place": self.place}

    @classmethod
    def from_json(cls, kept: JsonObject) -> "RunExample":
        """Return what was kept as JSON."""
        return cls(kept["runNumber"], kept["place"])

    def or_earlier(self, other: "RunExample") -> "RunExample":
        """Return the one of the run with the lower number."""
        return other if other.run < self.run else self


class Message(NamedTuple):
    """What a step said so many times, `handled` of them without the end of the run."""

    step: str
    text: str
    times: int
    handled: int
    example: RunExample


class Messages:
    """What was said, by step."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], Message] = {}
        self._kept: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Message]:
        """Yield the messages, the most frequent first."""
        return iter(sorted(self._counts.values(), key=lambda each: (-each.times, each[:2])))

    def add(self, step: str, text: str, example: RunExample, *, handled: bool = False) -> None:
        """Count a message of a step."""
        shown = without_values(excerpt(text, _LONGEST))
        self._count(Message(step, shown, 1, int(handled), example))

    def restore(self, kept: Iterable[Message]) -> None:
        """Count all that was kept."""
        for message in kept:
            self._count(message)

    def _count(self, message: Message) -> None:
        key = self._key(message.step, message.text)
        known = self._counts.get(key)
        if known is None:
            self._counts[key] = message._replace(text=key[1])
            self._kept[message.step] += 1
            return
        self._counts[key] = known._replace(
            times=known.times + message.times,
            handled=known.handled + message.handled,
            example=known.example.or_earlier(message.example),
        )

    def _key(self, step: str, text: str) -> tuple[str, str]:
        for room, simpler in _LESS_AND_LESS:
            key = step, simpler(text)
            if key in self._counts or self._kept[step] < room:
                return key
        return step, OTHER


@lru_cache(maxsize=4096)
def without_values(text: str) -> str:
    """Return a message with `<id>`, `<address>`, `<time>` and `<number>` in place of such values.

    Short numbers stay: they tell one answer of a server from another.

    >>> without_values('no customer has the id "5f75c63cd5c0384ad82a17ae"')
    'no customer has the id "<id>"'
    """
    return _VALUES.sub(lambda found: f"<{found.lastgroup}>", text)


def _without_quotes(text: str) -> str:
    return _DIGITS.sub("<number>", _QUOTED.sub('"…"', text))


_LESS_AND_LESS: Final[tuple[tuple[int, Callable[[str], str]], ...]] = (
    (ROOM, str),
    (2 * ROOM, _without_quotes),
)
