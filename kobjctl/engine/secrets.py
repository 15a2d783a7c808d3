"""The texts that no log may show: the values of variables, in any form they are printed in.

Source: design, "Safety": secrets are masked in logs and never exported.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
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


class Secrets:
    """The secret texts of an org; false when there are none."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._alone = frozenset(text for text in texts if text)
        forms = {form for text in self._alone if len(text) >= LEAST for form in _forms(text)}
        self._forms = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
        self._has_forms = bool(forms)

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


def _forms(text: str) -> set[str]:
    """Give the ways in which a text comes out of a template, a URL or JSON."""
    # Few orgs have variables, and every command would pay for the imports.
    from urllib.parse import quote, quote_plus  # noqa: PLC0415

    from kobjctl.expressions.handlebars.escape import escape  # noqa: PLC0415

    return {text, escape(text), quote(text, safe=""), quote_plus(text), encode(text)[1:-1]}
