"""The action that needs the platform's AI."""

from typing import Annotated

from kobjctl.actions.stubbed import stubbed
from kobjctl.model.values import MISSING, MissingValue
from kobjctl.records.fields import Alias, Fields


class DetectMoodParams(Fields):
    """`Customer` is an id; the sources name the params without saying which are required."""

    text: Annotated[str, Alias("Text")]
    customer: Annotated[str, Alias("Customer")] | MissingValue | None = MISSING
    detect_lang: Annotated[bool, Alias("DetectLang")] | MissingValue | None = MISSING


detect_mood = stubbed(
    "kustomer.app.ai.nlp",
    label="AI: Natural Language Processing",
    needs="the platform's AI",
    explanation="Tell the mood and the language of a text",
    declared=DetectMoodParams,
    output={
        "SentimentType": "number",
        "SentimentScore": "number",
        "DominantLanguage": "text",
        "DominantLanguageScore": "number",
    },
    answer="{SentimentType: 1, DominantLanguage: en}",
)
