"""The help of a command, line by line, the same with every version of typer."""

from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from textwrap import shorten
from typing import Any

from kobjctl.cli.parameters import MOST, DeclaredParameter

_WORDS: Mapping[type, str] = {str: "TEXT", int: "N", float: "N", Path: "PATH"}
_FLAG = DeclaredParameter()


def argument_name(param: Any) -> str:
    """Return an argument as usage shows it: `FILE`, `[FILE]`, `[FILES]...`."""
    name = param.metavar or param.name.upper()
    if not param.required:
        name = f"[{name}]"
    return f"{name}..." if param.nargs != 1 else name


def write_parameters(
    formatter: Any, params: Iterable[Any], declared: Mapping[str, DeclaredParameter]
) -> None:
    """Write the arguments and the options of a command, each with its help."""
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    for param in params:
        if param.hidden:
            continue
        takes = declared.get(param.name, _FLAG)
        is_argument = param.param_type_name == "argument"
        name = argument_name(param) if is_argument else _option_name(param, takes)
        sections["Arguments" if is_argument else "Options"].append((name, _help(param, takes)))
    for title, rows in sections.items():
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def write_commands(formatter: Any, helps: Mapping[str, str]) -> None:
    """Write the commands of a group, each with the first sentence of its help."""
    limit = formatter.width - 6 - max(map(len, helps))
    with formatter.section("Commands"):
        formatter.write_dl([(name, first_sentence(text, limit)) for name, text in helps.items()])


def first_sentence(text: str, limit: int) -> str:
    """Return the first sentence of a help, cut at a word when it is longer than `limit`."""
    words = text.partition("\n\n")[0].split()
    ends = (place for place, word in enumerate(words, 1) if word.endswith("."))
    return shorten(" ".join(words[: next(ends, len(words))]), limit, placeholder="...")


def _option_name(param: Any, takes: DeclaredParameter) -> str:
    # The short name first.
    names = ", ".join(sorted(param.opts, key=lambda name: name.startswith("--")))
    return names if takes.is_flag else f"{names} {param.metavar or _word(takes)}"


def _word(takes: DeclaredParameter) -> str:
    if takes.choices:
        return f"[{'|'.join(takes.choices)}]"
    return _WORDS[takes.kind]


def _help(param: Any, takes: DeclaredParameter) -> str:
    facts = [*_default(takes), *_range(takes)] if param.param_type_name == "option" else []
    facts += ["required"] if param.required else []
    # Of typer's own options, such as `--help`, typer alone knows it.
    text = takes.help or param.help
    return f"{text}  [{'; '.join(facts)}]" if facts else str(text)


def _default(takes: DeclaredParameter) -> list[str]:
    default = takes.default.value if isinstance(takes.default, Enum) else takes.default
    is_told = isinstance(default, str | int | float) and default not in ("", False)
    return [f"default: {default}"] if is_told else []


def _range(takes: DeclaredParameter) -> list[str]:
    most = None if takes.most == MOST else takes.most
    return [] if takes.least is None or most is None else [f"{takes.least} to {most}"]
