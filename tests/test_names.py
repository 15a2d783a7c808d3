"""What classes are called: one thing has one name, and a name says what a thing is."""

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "kobjctl"
# Nouns that end as a participle or an adverb does.
NOUNS = frozenset(("Binding", "Finding", "Heading", "Setting", "String"))
# No nouns, and no adjectives before one.
OTHER_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    Above After Again Alone Apart Around Aside Away Back Before Behind Below Beside
    Between Done Else Ever Found From Gone Given Here Held How Kept Known Late Left Lost
    Made Met Near Now Off Once Other Out Over Own Put Said Same Seen Sent Shown So Still
    Such Taken Then There Told Under Up What When Where Which Why With Within Without
    Written Yet
""",
    )
)


def classes(source):
    """Yield the names of the classes of a module, inner ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            yield node.name


def is_no_noun(name):
    """Return whether a class's name is a single word that says no thing: `Gone`, `Declared`."""
    word = name.lstrip("_")
    if word in OTHER_WORDS:
        return True
    return bool(re.fullmatch(r"[A-Z][a-z]*(ed|ing|ly)", word)) and word not in NOUNS


def places():
    """Return the modules of each class name."""
    found = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in classes(path.read_text(encoding="utf-8")):
            found[name].append(str(path.relative_to(PACKAGE)))
    return found


def test_no_class_name_stands_in_two_modules():
    assert {} == {name: modules for name, modules in places().items() if len(modules) > 1}


def test_no_class_is_a_bare_participle_or_adverb():
    assert [] == [name for name in places() if is_no_noun(name)]


def test_a_participle_is_noticed_and_a_noun_is_not():
    names = ["Gone", "_Gone", "Declared", "Asked", "Happening", "Nearly", "DeclaredParameter"]

    assert names[:-1] == [name for name in [*names, "Setting", "String"] if is_no_noun(name)]


def test_inner_classes_have_names_too():
    assert ["Run", "Step"] == list(classes("class Run:\n    class Step: ...\n"))
