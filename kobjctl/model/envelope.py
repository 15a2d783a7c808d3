"""What stood around a workflow in the file that it came from.

The platform's API answers with an object whose `attributes` are the workflow, or with a list of
such objects under `data`. All that is not the workflow itself is kept, to be given back with it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kobjctl.model.values import Json, JsonObject


class Frame(NamedTuple):
    """A value with a place left open: null stands at the path `at`."""

    whole: Json
    at: tuple[str, ...]

    @classmethod
    def around(cls, value: Json, at: tuple[str, ...]) -> "Frame":
        """Take what is at a path out of a value."""
        return cls(_with(value, at, None), at)

    def filled(self, value: Json) -> Json:
        """Return the whole with a value at the open place."""
        return _with(self.whole, self.at, value)


class Envelope(NamedTuple):
    """What was around a workflow: `item` up to the list it stood in, `listed` from there on.

    `listed` is None when there was no list, `size` is how many stood in it. `adds_id` tells that
    the id stands beside the attributes and not among them, where the platform has it.
    """

    item: Frame
    listed: Frame | None = None
    size: int = 1
    adds_id: bool = False

    @property
    def is_bare(self) -> bool:
        """Return whether the workflow stood bare in its list."""
        return not self.item.at

    def as_json(self) -> JsonObject:
        """Return the envelope as it is stored."""
        return self._asdict()

    @classmethod
    def from_json(cls, stored: JsonObject) -> "Envelope":
        """Read a stored envelope."""
        item, listed = stored["item"], stored["listed"]
        return cls(**stored | {"item": _frame(item), "listed": _frame(listed) if listed else None})

    def item_of(self, document: JsonObject) -> Json:
        """Return the workflow as it stood in its list, or in its file when that had none."""
        if self.adds_id:
            document = {key: value for key, value in document.items() if key != "id"}
        return self.item.filled(document)

    def whole_of(self, document: JsonObject) -> Json:
        """Return the workflow as a file of its own: as it came when it came alone, else as the
        platform answers about one.
        """
        item = self.item_of(document)
        if self.listed and self.size == 1:
            return self.listed.filled([item])
        return {"data": item} if self.listed and self.item.at == ("attributes",) else item


def _frame(stored: Sequence[Json]) -> Frame:
    whole, at = stored
    return Frame(whole, tuple(at))


def _with(whole: Json, at: tuple[str, ...], value: Json) -> Json:
    if not at:
        return value
    head, *rest = at
    return {**whole, head: _with(whole[head], tuple(rest), value)}
