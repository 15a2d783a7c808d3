"""How long `kobjctl validate` takes at most: for files of 400 KB, each made to be slow.

No such file may take longer than two seconds of the processor. Alone, the module prints every
shape, the slowest last: `python tests/benchmarks/limits.py`; words after it choose the shapes
whose names have one of them.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from large_files import SHAPES
from startup import KOBJCTL

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.model.problem import FileProblemsError

MOST = 2.0


def files(words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the shapes as YAML, and as JSON those that are data: the name, suffix and text."""
    for name, make in SHAPES.items():
        if words and not any(word in name for word in words):
            continue
        text = make()
        yield name, "yaml", text
        try:
            yield name, "json", json.dumps(read_yaml(text, name).data, ensure_ascii=False)
        except FileProblemsError:
            continue


def seconds(path: Path) -> float:
    """Give the seconds of the processor that the whole command takes for a file."""
    with subprocess.Popen(
        [KOBJCTL, "validate", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{path} ends with {process.returncode}")
    return used.ru_utime + used.ru_stime


def measured(words: list[str]) -> list[tuple[float, str]]:
    """Give the seconds of each shape, the slowest last."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for name, suffix, text in files(words):
            path = Path(folder, f"large.{suffix}")
            path.write_text(text, "utf-8")
            taken.append((seconds(path), f"{name}, {suffix}, {len(text) // 1000:,} KB"))
    return sorted(taken)


def report() -> None:
    """Print the slowest shape."""
    taken, name = measured([])[-1]
    met = "met" if taken <= MOST else "not met"
    print(f"validate, the slowest file of 400 KB ({name}): {taken:.1f} s (aim {MOST:g} s: {met})")  # noqa: T201


def main(words: list[str]) -> None:
    """Print every shape."""
    for taken, name in measured(words):
        print(f"{taken:6.2f} s  {name}")  # noqa: T201


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main(sys.argv[1:])
