"""The texts that nobody may see: found in any form they are written in, and a mask in their place.

What is made of a secret is one for where it came from: `derived` marks it, whatever it looks like.
A part of a secret is no longer found in a text, so whoever shortens one has `excerpt` do it: first
what is secret is masked, then it is cut.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from kobjctl.model.masking import MASK
from kobjctl.model.values import MISSING, Json, MissingValue

# A shorter text is masked only where it stands alone: "1" is part of nearly everything.
LEAST: Final = 4
CUT: Final = "…"

# An address ends where one of these stands, as it is or as HTML has it (`&#x3D;`): what of a
# secret is before is sent alone. A few characters of one may be a word that is said elsewhere.
_CUT: Final = "[#'`=]"
_LEAST_OF_CUT: Final = 8
# From so many forms on, they are looked for all at once.
_MANY: Final = 100


class SecretText(str):
    """A text that was made of a secret: all of it is one, however short."""

    __slots__ = ()


class Secrets:
    """A set of secret texts, which may grow; false while there are none.

    `known` says the same at less cost. `learnt` are those that it was not made with.
    """

    __slots__ = ("_alone", "_forms", "_heads", "_shortest", "known", "learnt")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._alone: set[str] = set()
        self._forms: dict[str, None] = {}
        self._heads: dict[str, list[str]] = {}
        self._shortest = 0
        self.known = False
        self.learnt: list[str] = []
        for text in texts:
            self.learn(text)
        self.learnt.clear()

    def __bool__(self) -> bool:
        return self.known

    def copy(self) -> "Secrets":
        """Return a set of its own that begins with these."""
        twin = Secrets()
        if self.known:
            twin._alone, twin._forms = {*self._alone}, {**self._forms}
            twin._heads = {head: [*forms] for head, forms in self._heads.items()}
            twin._shortest, twin.known = self._shortest, True
        return twin

    def learn(self, text: str) -> None:
        """Take a text for a secret from now on."""
        if not text or text in self._alone:
            return
        self.known = True
        self._alone.add(text)
        self.learnt.append(text)
        for form in _forms_of(text):
            if form not in self._forms:
                self._forms[form] = None
                self._heads.setdefault(form[:LEAST], []).append(form)
                self._shortest = min(self._shortest or len(form), len(form))

    def mask(self, value: Json) -> Json:
        """Return a value of any shape in which a mask stands for each secret."""
        if isinstance(value, str):
            return self.mask_text(value)
        if isinstance(value, dict):
            return {self.mask_text(key): self.mask(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.mask(inner) for inner in value]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return MASK if is_number and str(value) in self._alone else value

    def mask_text(self, text: str) -> str:
        """Return a text in which a mask stands for each secret."""
        if isinstance(text, SecretText) or text in self._alone:
            return MASK
        if len(text) < self._shortest or not self._forms:
            return text
        return _masked(text, self._places(text))

    def hides(self, value: Json | MissingValue) -> bool:
        """Return whether there is a secret in a value of any shape."""
        if not self.known:
            return False
        if isinstance(value, dict):
            return any(self.hides(key) or self.hides(inner) for key, inner in value.items())
        if isinstance(value, list):
            return any(map(self.hides, value))
        return value is not MISSING and self.mask(value) is not value

    def derived(
        self,
        result: Json | MissingValue,
        make: Callable[..., Json | MissingValue],
        *sources: Json | MissingValue,
    ) -> Any:
        """Return what `make` made of sources, as a secret where it is made of one.

        What only carries a secret on, as a whole, makes the same of its mask: that needs no mark,
        as the secret is found in it.
        """
        if isinstance(result, bool) or result is None or result is MISSING:
            return result
        if not any(map(self.hides, sources)):
            return result
        masked = [each if each is MISSING else self.mask(each) for each in sources]
        try:
            carried = make(*masked)
        except Exception:  # noqa: BLE001 - whatever can't be made of a mask was made of the secret
            carried = MISSING
        return result if self.mask(result) == carried else self.marked(result)

    def marked(self, value: Json) -> Json:
        """Return a value as a secret: each text in it is one from now on, and so are long
        numbers.
        """
        if isinstance(value, str):
            if len(value) >= LEAST:
                self.learn(value)
            return SecretText(value)
        if isinstance(value, dict):
            return {key: self.marked(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.marked(inner) for inner in value]
        if isinstance(value, int | float) and len(str(value)) >= LEAST:
            self.learn(str(value))
        return value

    def learn_parts(self, value: Json) -> None:
        """Learn the texts in a value that are nothing but a part of a secret, or were cut in the
        middle of one: what an action keeps of what it was given.
        """
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                self.learn_parts(inner)
        elif isinstance(value, str) and len(value) >= _LEAST_OF_CUT:
            low = value.casefold()
            for form in [*self._forms]:
                at = 0 if low in form else low.rfind(form[:_LEAST_OF_CUT])
                if (at >= 0 and form.startswith(low[at:])) or low in form:
                    self.learn(value[at:])

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Return where in a text secrets stand, from the first on; those that overlap as one."""
        from kobjctl.model.encodings import readings  # noqa: PLC0415 - few orgs have secrets

        find = self._find_one_by_one if len(self._forms) < _MANY else self._find_together
        found = sorted(
            (reading.starts[begin], reading.starts[end])
            for reading in readings(text)
            for begin, end in find(reading.text)
        )
        return [*_merged(found)]

    def _find_one_by_one(self, text: str) -> Iterator[tuple[int, int]]:
        for form in self._forms:
            at = text.find(form)
            while at >= 0:
                yield at, at + len(form)
                at = text.find(form, at + len(form))

    def _find_together(self, text: str) -> Iterator[tuple[int, int]]:
        """Look at each place of a text once, however many forms there are."""
        heads = self._heads
        for at in range(len(text) - LEAST + 1):
            if text[at : at + LEAST] in heads:
                for form in heads[text[at : at + LEAST]]:
                    if text.startswith(form, at):
                        yield at, at + len(form)


class _NoSecrets(Secrets):
    """Everyone's: whoever learns has a set of its own."""

    __slots__ = ()

    def learn(self, text: str) -> None:
        pass


NO_SECRETS: Final = _NoSecrets()
_HIDDEN: Final[ContextVar[Secrets]] = ContextVar("secrets", default=NO_SECRETS)
# What is secret at the moment: whoever words a message knows neither the run nor the org.
hidden: Final[Callable[[], Secrets]] = _HIDDEN.get


@contextmanager
def hiding(secrets: Secrets) -> Iterator[None]:
    """Let these be what is secret for a while."""
    token = _HIDDEN.set(secrets)
    try:
        yield
    finally:
        _HIDDEN.reset(token)


def _forms_of(text: str) -> Iterator[str]:
    """Yield what is searched for where a text is a secret, as readings have it."""
    from kobjctl.model.encodings import base64_forms, readings  # noqa: PLC0415 - see `_places`

    # What is sent has no space at its ends.
    bare = text.strip()
    whole = bare if len(bare) >= LEAST else text
    if len(whole) < LEAST:
        return
    for reading in readings(whole):
        if len(reading.text) >= LEAST:
            yield reading.text
        begin = re.split(_CUT, reading.text, maxsplit=1)[0]
        if len(begin) >= _LEAST_OF_CUT:
            yield begin
    yield from base64_forms(text)
    if not text.isascii():
        # What takes UTF-8 for Latin-1 writes it so.
        misread = whole.encode(errors="surrogatepass").decode("latin-1")
        yield next(readings(misread)).text


def _merged(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin = end = 0
    for first, last in places:
        if first >= end:
            if end:
                yield begin, end
            begin = first
        end = max(end, last)
    if end:
        yield begin, end


def _masked(text: str, places: Sequence[tuple[int, int]]) -> str:
    if not places:
        return text
    pieces, end = [], 0
    for first, last in places:
        pieces += [text[end:first], MASK]
        end = last
    return "".join([*pieces, text[end:]])


def excerpt(
    text: str, most: int, cut: str = CUT, room: int = -1, kept: Callable[[str], str] = str
) -> str:
    """Return a text without secrets; one longer than `most` is cut to `room`, with `cut` behind it.

    `room` is `most` where none is given. `kept` may take off more, as half of an escape.
    """
    shown = hidden().mask_text(text)
    if len(shown) <= most:
        return shown
    return kept(shown[: most if room < 0 else room]) + cut
