"""The texts that no log may show: the values of variables, in any form they are printed in.

Source: design, "Safety": secrets are masked in logs and never exported.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from string import ascii_letters, digits
from typing import Final

from kobjctl.model.masking import MASK, mask_headers
from kobjctl.model.run import StepLog
from kobjctl.model.values import Json
from kobjctl.store.store import Store
from kobjctl.store.text import encode

# A shorter text is masked only where it stands alone: "1" is part of nearly everything.
LEAST: Final = 4


# The actions that leave the machine, and apps' own, which may: their params and outputs show
# headers and addresses.
_SENDING: Final = ("kustomer.rest-api.", "kustomer.app.")


# An address ends where one of these stands, as it is or as HTML has it (`&#x3D;`): what of a
# secret is before is sent alone. A few characters of one may be a word that is said elsewhere.
_CUT: Final = re.compile("[#'`=]")
_LEAST_OF_CUT: Final = 8
# What nothing writes in another way.
_NEVER_ENCODED: Final = frozenset(ascii_letters + digits + "-._")


class Secrets:
    """The secret texts of an org; false when there are none."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._alone = frozenset(text for text in texts if text)
        # What is sent has no space at its ends; the longer first, as one may begin another.
        bare = [(text.strip(), text) for text in self._alone if len(text) >= LEAST]
        long = {short if len(short) >= LEAST else text for short, text in bare}
        begins = (_CUT.split(text, maxsplit=1)[0] for text in long)
        long |= {begin for begin in begins if len(begin) >= _LEAST_OF_CUT}
        longest_first = sorted(long, key=len, reverse=True)
        self._forms = re.compile("|".join(_any_form(text) for text in longest_first))
        self._has_forms = bool(long)

    def __bool__(self) -> bool:
        return bool(self._alone)

    def mask(self, value: Json) -> Json:
        """Give a value of any shape in which a mask stands for each secret."""
        if isinstance(value, str):
            return self.mask_text(value)
        if isinstance(value, dict):
            return {self.mask_text(key): self.mask(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.mask(inner) for inner in value]
        return MASK if str(value) in self._alone and type(value) in (int, float) else value

    def mask_text(self, text: str) -> str:
        """Give a text in which a mask stands for each secret."""
        if text in self._alone:
            return MASK
        return self._forms.sub(MASK, text) if self._has_forms else text

    def mask_step(self, step: StepLog) -> StepLog:
        """Give the log of a step as it may be kept."""
        return replace(
            step,
            input=self.mask(step.input),
            output=self.mask(step.output),
            error=self.mask(step.error),
            warnings=self.mask(step.warnings),
            decisions=self.mask(step.decisions),
        )


NO_SECRETS: Final = Secrets()


def secret_texts(store: Store) -> list[str]:
    """Give the secret texts of an org: its variables, and the secret settings of its apps."""
    return [*store.variables.secrets(), *store.settings.secrets()]


def secrets_of(store: Store) -> Secrets:
    """Give the secrets of an org."""
    return store.kept.get("secrets", lambda: _secrets_of(store))


def _secrets_of(store: Store) -> Secrets:
    texts = secret_texts(store)
    return Secrets(texts) if texts else NO_SECRETS


def mask_sent(step: StepLog) -> StepLog:
    """Give the log of a step without the secret headers that it sent or got."""
    if not (step.action and step.action.startswith(_SENDING)):
        return step
    return replace(step, input=mask_headers(step.input), output=mask_headers(step.output))


def is_masked(step: StepLog) -> bool:
    """Tell whether a secret may be missing from what the log has of a step's output or error;
    those of headers, which hardly anything reads, don't count.
    """
    return MASK in encode(_without_headers([step.output, step.error]))


def _without_headers(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _without_headers(inner) for key, inner in value.items() if key != "headers"}
    return [_without_headers(each) for each in value] if isinstance(value, list) else value


def _any_form(text: str) -> str:
    """Give the expression of all that may come of a text in a template, a URL or JSON.

    Each character for itself: what writes an address encodes some and leaves others.
    """
    return "".join(map(_forms, text))


@lru_cache(maxsize=1024)
def _forms(char: str) -> str:
    """Give the expression of what may come of a character: the longest form first."""
    if char in _NEVER_ENCODED:
        return re.escape(char)
    # Few orgs have variables, and every command would pay for the import.
    from kobjctl.expressions.handlebars.escape import escape  # noqa: PLC0415

    in_json = encode(char)[1:-1]
    forms = {char, escape(char), in_json, escape(in_json)}
    spellings = ["".join(map(_in_address, form)) for form in sorted(forms, key=len, reverse=True)]
    if char == " ":
        spellings.append(r"\+")
    return f"(?:{'|'.join(spellings)})"


def _in_address(char: str) -> str:
    """Give the expression of a character as it is or in percent signs, even more than once."""
    plain = re.escape(char)
    if char in _NEVER_ENCODED:
        return plain
    octets = char.encode(errors="surrogatepass")
    encoded = "".join(f"%(?:25)*{octet:02x}" for octet in octets)
    return f"(?:(?i:{encoded})|{plain})"
