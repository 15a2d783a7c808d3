"""The options that a replay is begun with: kept, so that it goes on as it was begun."""

import os
from pathlib import Path
from typing import Any, Final

from kobjctl.cli.run_options import RunOptions
from kobjctl.model.values import JsonObject

_OF_FILES: Final = {"stubs", "record"}
# By the names that people type.
_KEPT: Final = {
    f"--{name.replace('_', '-')}": name
    for name in (
        "now",
        "seed",
        "time_limit",
        "step_limit",
        "chain_limit",
        "allow_host",
        "stubs",
        "record",
    )
}


def given_options(running: RunOptions, rejects: Path | None) -> JsonObject:
    """Return the options that were given, as JSON; files by their whole paths."""
    usual = RunOptions()
    found: JsonObject = {
        option: _as_json(name, getattr(running, name))
        for option, name in _KEPT.items()
        if getattr(running, name) != getattr(usual, name)
    }
    return {**found, "--rejects": str(rejects.absolute())} if rejects else found


def _as_json(name: str, value: Any) -> Any:
    if name in _OF_FILES:
        paths = [value] if isinstance(value, str) else value
        value = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - as it was typed
    return list(value) if isinstance(value, tuple) else value


def take_over(running: RunOptions, kept: JsonObject) -> None:
    """Let a command run under the options that a replay was begun with."""
    for option, name in _KEPT.items():
        if option in kept:
            value = kept[option]
            if name == "record":
                (value,) = value
            setattr(running, name, tuple(value) if isinstance(value, list) else value)
