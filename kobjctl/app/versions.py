"""Which versions are at work: kobjctl, Python, SQLite, the libraries and the extras."""

import platform
import re
import sqlite3
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final, NamedTuple

from kobjctl import __version__
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject

PACKAGE: Final = "kobjctl"
_REQUIREMENT: Final = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)(?:;\s*(.*))?")
_EXTRA: Final = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")
_LEAST: Final = re.compile(r">=\s*(\d+(?:\.\d+)*)")
# What only those who change kobjctl need.
_DEVELOPMENT: Final = "dev"


class Requirement(NamedTuple):
    """A library that kobjctl asks for: the least version, and the one that is installed, if any.

    `extra` is what needs it, empty where kobjctl always does; `optional` depends on the system.
    """

    name: str
    least: str
    installed: str | None
    extra: str = ""
    optional: bool = False

    @property
    def is_met(self) -> bool:
        """Return whether the library is there, and new enough."""
        if self.installed is None:
            return False
        return not self.least or _numbers(self.installed) >= _numbers(self.least)


class InstalledVersions(NamedTuple):
    """What is at work here."""

    kobjctl: str
    python: str
    sqlite: str
    system: str
    requirements: tuple[Requirement, ...]

    @property
    def libraries(self) -> Mapping[str, str | None]:
        """Return the versions of the libraries that are always needed, by their names."""
        return {each.name: each.installed for each in self.requirements if not each.extra}

    @property
    def extras(self) -> Mapping[str, bool]:
        """Return whether all that an extra needs is installed, by the extra's name."""
        met: dict[str, bool] = {}
        for each in self.requirements:
            if each.extra and each.extra != _DEVELOPMENT:
                met[each.extra] = met.get(each.extra, True) and each.is_met
        return met

    @property
    def errors(self) -> tuple[KobjctlError, ...]:
        """Return what is wrong: libraries that are missing or too old."""
        return tuple(
            _unmet(each)
            for each in self.requirements
            if not (each.extra or each.is_met or (each.optional and each.installed is None))
        )

    def as_json(self) -> JsonObject:
        """Return the versions by their names."""
        return {
            "kobjctl": self.kobjctl,
            "python": self.python,
            "sqlite": self.sqlite,
            "system": self.system,
            "libraries": dict(self.libraries),
            "extras": dict(self.extras),
        }


def versions() -> InstalledVersions:
    """Return the versions that are at work; no libraries where kobjctl itself isn't installed."""
    return InstalledVersions(
        kobjctl=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        system=platform.platform(),
        requirements=tuple(_requirements()),
    )


def _requirements() -> Iterator[Requirement]:
    try:
        declared = requires(PACKAGE) or ()
    except PackageNotFoundError:
        return
    for text in declared:
        if found := _REQUIREMENT.match(text):
            name, bounds, marker = found.groups(default="")
            least, extra = _LEAST.search(bounds), _EXTRA.search(marker)
            yield Requirement(
                name=name,
                least=least[1] if least else "",
                installed=_installed(name),
                extra=extra[1] if extra else "",
                optional=bool(marker),
            )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with: (2026, 1) for `2026.1rc1`, zeros left out at
    its end.
    """
    numbers = [int(each) for each in re.findall(r"\d+", re.match(r"[\d.]*", text)[0])]  # type: ignore[index]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _unmet(requirement: Requirement) -> KobjctlError:
    name, least = requirement.name, requirement.least
    hint = "reinstall kobjctl: pip install --upgrade kobjctl"
    if requirement.installed is None:
        return KobjctlError(f'the library "{name}" is not installed', hint=hint)
    return KobjctlError(
        f'the library "{name}" is {requirement.installed}, and kobjctl needs {least}', hint=hint
    )
