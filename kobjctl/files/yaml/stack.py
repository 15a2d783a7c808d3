"""What is open while a YAML text is read: collections and anchors."""

from kobjctl.model.values import Json, JsonPath


class AnchoredValue:
    """What an anchor names: a value, the range of its nodes, and how deep it nests.

    `value` and `end` are only known once `open` is over.
    """

    __slots__ = ("begin", "end", "height", "open", "path", "value")

    def __init__(self, path: JsonPath, begin: int) -> None:
        self.path = path
        self.begin = begin
        self.end = 0
        self.value: Json = None
        self.height = 0
        self.open = True


class OpenCollection:
    """A list or an object whose end has not come; `key` waits for its value."""

    __slots__ = ("anchor", "end", "flow", "height", "key", "path", "start", "value")

    def __init__(
        self,
        path: JsonPath,
        value: Json,
        span: tuple[int, int],
        *,
        flow: bool,
        anchor: AnchoredValue | None,
    ) -> None:
        self.path = path
        self.value = value
        self.start, self.end = span
        self.flow = flow
        self.anchor = anchor
        self.key: str | None = None
        self.height = 1
