"""What decisions of the log and tallies of replays were called up to schema 9."""

from typing import Final

from kobjctl.model.values import Json, JsonObject

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
