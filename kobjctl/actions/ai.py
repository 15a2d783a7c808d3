"""The action that needs the platform's AI."""

from typing import Annotated, Final

from kobjctl.actions.base import action
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Alias, Fields

_OUTPUT: Final = {
    "SentimentType": "number",
    "SentimentScore": "number",
    "DominantLanguage": "text",
    "DominantLanguageScore": "number",
}


class NeedsPlatformError(KobjctlError):
    """An action that needs what only the platform has."""


class DetectMoodParams(Fields):
    """`Customer` is an id; the sources name the params without saying which are required."""

    text: Annotated[str, Alias("Text")]
    customer: Annotated[str, Alias("Customer")] | MissingValue | None = MISSING
    detect_lang: Annotated[bool, Alias("DetectLang")] | MissingValue | None = MISSING


@action(
    "kustomer.app.ai.nlp",
    label="AI: Natural Language Processing",
    output=_OUTPUT,
    stub_only=True,
)
def detect_mood(params: DetectMoodParams, context: RunContext) -> JsonObject:
    """Tell the mood and the language of a text; it needs the platform's AI, so it fails here.

    Answer it with a stub, given with `--stubs FILE`:

    actions: [{action: kustomer.app.ai.nlp, output: {SentimentType: 1, DominantLanguage: en}}]
    """
    raise NeedsPlatformError(
        "this needs the platform's AI, which is not here: answer the step with a stub",
        hint="--stubs FILE, with actions: [{action: kustomer.app.ai.nlp, output: {...}}]",
    )
