"""The house: a module imports from its own package and from the storeys below it, and is short."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kobjctl"

# The lowest storey first; packages of one storey don't know each other.
STOREYS = (
    ("model",),
    ("javascript", "manual"),
    ("store", "files"),
    ("records",),
    ("expressions", "actions"),
    ("http", "engine"),
    ("lint",),
    ("app",),
    ("api",),
    ("replay",),
    ("testing", "compare", "remote"),
    ("pages",),
    ("server", "lsp"),
    ("cli",),
    # It shows what went wrong as the command line does.
    ("pytest_plugin",),
)
# It grows with each release, and none of it is ever read again.
LONG = ("store/migrations.py", "cli/session.py")
STOREY_OF = {package: level for level, packages in enumerate(STOREYS) for package in packages}


def imported_packages(source):
    """Yield the packages of ours that a module imports, also inside its functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for module in modules:
            parts = module.split(".")
            if parts[0] == "kobjctl" and len(parts) > 1 and parts[1] in STOREY_OF:
                yield parts[1]


def module_name(path):
    """Return the dotted name of a module of ours."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(source, names):
    """Yield the modules of ours, out of `names`, that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from [name for name in (inner, node.module) if name in names][:1]


def find_circle(sources):
    """Return a circle among the imports of modules, given by their names, or nothing."""
    graph = {
        name: {
            other
            for other in imported_modules(source, sources)
            # A part of a package may use what its package itself says.
            if other != name and not name.startswith(f"{other}.")
        }
        for name, source in sources.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_its_own_package_and_storeys_below(path):
    own = path.relative_to(PACKAGE).parts[0]
    allowed = {own} | {name for name, level in STOREY_OF.items() if level < STOREY_OF[own]}

    assert set() == set(imported_packages(path.read_text())) - allowed


def test_every_package_has_a_storey():
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert set() == packages - set(STOREY_OF)


def test_no_imports_go_in_a_circle():
    paths = sorted(PACKAGE.rglob("*.py"))

    assert [] == find_circle({module_name(path): path.read_text() for path in paths})


def test_a_circle_by_an_import_inside_a_function_is_noticed():
    sources = {
        "kobjctl.one": "from kobjctl.two import b",
        "kobjctl.two": "def b():\n    from kobjctl import one",
        "kobjctl.three": "from kobjctl.one import a",
        "kobjctl": "",
    }

    assert {"kobjctl.one", "kobjctl.two"} == set(find_circle(sources))


def test_a_module_is_short():
    lengths = {
        str(path.relative_to(PACKAGE)): len(path.read_text().splitlines())
        for path in PACKAGE.rglob("*.py")
    }

    assert {} == {
        name: length for name, length in lengths.items() if length > 300 and name not in LONG
    }


def test_an_import_that_goes_up_is_noticed():
    assert ["engine"] == list(
        imported_packages("def f():\n    from kobjctl.engine.runner import walk")
    )


def test_the_clock_and_chance_are_read_in_one_place_each():
    calls = (
        "datetime.now(",
        "time.time(",
        "time.monotonic(",
        "uuid4(",
        "urandom(",
        "import secrets\n",
    )
    users = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if any(call in path.read_text() for call in calls)
    }

    assert {"model/chance.py", "model/clock.py"} == users


def test_only_one_module_knows_rich():
    users = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if "from rich" in path.read_text() or "import rich" in path.read_text()
    }

    assert {"cli/output/render.py"} == users
