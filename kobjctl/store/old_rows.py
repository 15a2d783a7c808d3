"""What the log and the replays of older schemas say, in words and keys that are no more."""

import re
from contextlib import suppress
from typing import Final

from kobjctl.model.values import Json, JsonObject
from kobjctl.store.text import decode

_ANSWERED: Final = re.compile(r"answered by the stub (.+)", re.DOTALL)
_IN_PLACE: Final = re.compile(r"answered by the stub (.+); nothing was done", re.DOTALL)
_SAYS_SO: Final = re.compile(r"so says the stub (.+)", re.DOTALL)
_NO_ANSWER: Final = re.compile(r".*\(the stub (.+)\)", re.DOTALL)
_REDIRECT: Final = re.compile(r"the answer (\d+) led on to (.+)", re.DOTALL)


class OldStep:
    """A step of such a log: its input, output, error and warnings, as their columns have them."""

    def __init__(self, *columns: str | None) -> None:
        self._input, self._output, self._error = (_object(text) for text in columns[:3])
        read = _read(columns[3])
        self._warnings = [str(each) for each in read] if isinstance(read, list) else []

    def stub(self) -> str | None:
        """Return the place of the stub that answered in place of the action, or None."""
        found = [_IN_PLACE.fullmatch(warning) for warning in self._warnings]
        if self._error.get("name") == "StubFailureError":
            found.append(_SAYS_SO.fullmatch(str(self._error.get("hint", ""))))
        return next((match[1] for match in found if match), None)

    def requests(self) -> list[JsonObject]:
        """Return the requests as the log has them now, but for what was not told: headers and
        body. Empty where no stub answered one of them.
        """
        sent = [self._request(str(self._input.get("uri", "")))]
        for warning in self._warnings:
            if answered := _ANSWERED.fullmatch(warning):
                sent[-1] |= _by_stub(answered[1])
            elif redirect := _REDIRECT.fullmatch(warning):
                sent[-1]["status"] = int(redirect[1])
                sent.append(self._request(redirect[2]))
        if match := _NO_ANSWER.fullmatch(str(self._error.get("message", ""))):
            sent[-1] |= _by_stub(match[1])
        response = self._output.get("response")
        if isinstance(response, dict) and "statusCode" in response:
            sent[-1]["status"] = response["statusCode"]
        return sent if any("place" in each for each in sent) else []

    def _request(self, url: str) -> JsonObject:
        method = str(self._input.get("method") or "GET").upper()
        return {"method": method, "url": url, "answeredBy": "host"}


def _by_stub(place: str) -> JsonObject:
    return {"answeredBy": "stub", "place": place}


def _object(text: str | None) -> JsonObject:
    read = _read(text)
    return read if isinstance(read, dict) else {}


def _read(text: str | None) -> Json:
    # A damaged row is told when it is read, and is no reason not to open the org.
    with suppress(ValueError, TypeError):
        return decode(text) if text else None
    return None


_OF_TALLY: Final = {
    "created": "createdRecords",
    "failed": "failedPositions",
    "handled": "handledCount",
    "run": "runNumber",
    "ways": "transitions",
}
# Their keys are statuses and kinds of records, and none of ours.
_COUNTS: Final = ("statuses", "created")
# What a damaged row brings.
MISTAKES: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def new_decisions(decisions: list[JsonObject]) -> list[JsonObject]:
    """Return decisions of a step with the keys of today."""
    return [_decision(each) for each in decisions]


def new_state(state: JsonObject) -> JsonObject:
    """Return the state of a replay with the keys of today; its tally does not tell any more which
    runs were the slowest so far.
    """
    tally: JsonObject = _renamed(state["tally"])
    tally["durationMs"] = round(tally.pop("seconds") * 1000)
    return state | {"tally": tally | {"slowest": []}}


def _decision(old: JsonObject) -> JsonObject:
    new = {key: each for key, each in old.items() if key != "on"}
    if "on" in old:
        new["onError"] = True
    if "values" in old:
        new["values"] = [
            {"expression" if key == "from" else key: each for key, each in value.items()}
            for value in old["values"]
        ]
    if "parts" in old:
        new["parts"] = [_decision(part) for part in old["parts"]]
    return new


def _renamed(value: Json) -> Json:
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    if isinstance(value, dict):
        return {
            _OF_TALLY.get(key, key): each if key in _COUNTS else _renamed(each)
            for key, each in value.items()
        }
    return value
