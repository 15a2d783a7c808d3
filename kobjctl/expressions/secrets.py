"""The secrets of an org, and the log of a step without them.

Source: design, "Safety": secrets are masked in logs and never exported.
"""

from typing import Final

from kobjctl.model.masking import MASK, mask_headers, mask_logins
from kobjctl.model.run import StepLog
from kobjctl.model.secrets import NO_SECRETS, Secrets
from kobjctl.model.values import Json, JsonObject
from kobjctl.store.store import Store
from kobjctl.store.text import encode

# The actions that leave the machine, and apps' own, which may: their params and outputs show
# headers and addresses.
_SENDING: Final = ("kustomer.rest-api.", "kustomer.app.")
# What a request of the log has from outside.
_TEXTS: Final = frozenset({"url", "headers", "body", "place"})


def mask_step(step: StepLog, hidden: Secrets) -> StepLog:
    """Return the log of a step as it may be kept."""
    masked = step._replace(
        input=hidden.mask(step.input),
        output=hidden.mask(step.output),
        error=hidden.mask(step.error),
        decisions=hidden.mask(step.decisions),
        requests=[_mask_request(request, hidden) for request in step.requests],
        stub=hidden.mask_text(step.stub) if step.stub else step.stub,
    )
    # A secret may be a word of what is said of a stub.
    about_stubs = dict(zip(step.stub_warnings, masked.stub_warnings, strict=True))
    warnings = [about_stubs.get(each) or hidden.mask_text(each) for each in step.warnings]
    return masked._replace(warnings=warnings)


def _mask_request(request: JsonObject, hidden: Secrets) -> JsonObject:
    """Return a request of the log without secrets; who answered it may be a word of one."""
    return request | {key: hidden.mask(request[key]) for key in _TEXTS & request.keys()}


def secret_texts(store: Store) -> list[str]:
    """Return the secret texts of an org: its variables, and the secret settings of its apps."""
    return [*store.variables.secrets(), *store.settings.secrets()]


def secrets_of(store: Store) -> Secrets:
    """Return the secrets of an org."""
    return store.kept.get("secrets", lambda: _secrets_of(store))


def _secrets_of(store: Store) -> Secrets:
    texts = secret_texts(store)
    return Secrets(texts) if texts else NO_SECRETS


def mask_sent(step: StepLog) -> StepLog:
    """Return the log of a step without the secret headers and logins that it sent or got."""
    if not (step.action and step.action.startswith(_SENDING)):
        return step
    return step._replace(
        input=mask_logins(mask_headers(step.input)),
        output=mask_logins(mask_headers(step.output)),
        error=mask_logins(step.error),
        warnings=mask_logins(step.warnings),
        requests=mask_logins(mask_headers(step.requests)),
    )


def is_masked(step: StepLog) -> bool:
    """Return whether a secret may be missing from what the log has of a step's output or error;
    those of headers, which hardly anything reads, don't count.
    """
    return is_masked_value(_without_headers([step.output, step.error]))


def is_masked_value(value: Json) -> bool:
    """Return whether a secret may be missing from a value."""
    return MASK in encode(value)


def _without_headers(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _without_headers(inner) for key, inner in value.items() if key != "headers"}
    return [_without_headers(each) for each in value] if isinstance(value, list) else value
