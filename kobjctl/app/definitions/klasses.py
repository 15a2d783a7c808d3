"""Klasses: define them, change what may change, delete those that nothing uses."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kobjctl.files.reader import read_document
from kobjctl.files.shapes.checking import check_shape
from kobjctl.files.shapes.forms import is_workflow
from kobjctl.lint.project.files import Files
from kobjctl.model.errors import ConflictError, UnknownNameError, UsageError
from kobjctl.model.kinds import STANDARD_KLASSES, check_klass_name
from kobjctl.model.klass import (
    SUFFIXES,
    Attribute,
    Klass,
    attribute_name,
    check_attributes,
    check_looks,
    display_name_of,
    suffix_of,
)
from kobjctl.model.values import JsonObject
from kobjctl.records import lookup
from kobjctl.store.org import Org
from kobjctl.store.store import Store


def read_attribute(text: str) -> Attribute:
    """Read `LABEL:TYPE` or `LABEL:TYPE:NAME`, as in "Order ID:Str" or "Order ID:Str:orderIdStr".

    A bare API name such as `orderIdStr` is read as well. Raises UsageError.
    """
    label, _, rest = text.partition(":")
    suffix, _, name = rest.partition(":")
    if not suffix:
        if suffix_of(label) is None:
            raise UsageError(
                f'the attribute "{text}" has no type',
                hint=f'write it as "LABEL:TYPE"; the types are {", ".join(SUFFIXES)}',
            )
        return Attribute(name=label, display_name=display_name_of(label))
    derived = name or attribute_name(label, suffix)
    if suffix_of(derived) != suffix:
        raise UsageError(
            f'the attribute name "{derived}" does not end in {suffix}',
            hint=f"the name of a {suffix} attribute ends in {suffix}",
        )
    return Attribute(name=derived, display_name=label)


class AttributeSpecs(NamedTuple):
    """Attributes as people type them: `LABEL:TYPE[:NAME]`, the options of lists as `NAME=A,B,C`,
    the targets of references as `NAME=kobject.order`.
    """

    attributes: Sequence[str]
    options: Sequence[str]
    targets: Sequence[str]


def read_attributes(
    specs: AttributeSpecs, present: Mapping[str, Attribute] | None = None
) -> dict[str, Attribute]:
    """Read attributes, and changes to those that are present; raises UsageError."""
    attributes: dict[str, Attribute] = {}
    for spec in specs.attributes:
        attribute = read_attribute(spec)
        if attribute.name in attributes:
            raise UsageError(
                f'two attributes are called "{attribute.name}"',
                hint='name one of them yourself: "LABEL:TYPE:NAME"',
            )
        attributes[attribute.name] = attribute
    # A new label changes just that: the options and the target of the attribute stay.
    relabelled = {
        name: attribute._replace(display_name=attributes.get(name, attribute).display_name)
        for name, attribute in (present or {}).items()
    }
    attributes = relabelled | {
        name: attribute for name, attribute in attributes.items() if name not in relabelled
    }
    for name, value in _assignments(specs.options, attributes, "NAME=FIRST,SECOND"):
        listed = tuple(option.strip() for option in value.split(",") if option.strip())
        attributes[name] = attributes[name]._replace(options=listed)
    for name, value in _assignments(specs.targets, attributes, "NAME=kobject.KLASS"):
        attributes[name] = attributes[name]._replace(target=value)
    return attributes


def _assignments(
    texts: Iterable[str], attributes: Mapping[str, Attribute], form: str
) -> Iterable[tuple[str, str]]:
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise UsageError(
                f'"{text}" is not an attribute and its value', hint=f"write it as {form}"
            )
        if name not in attributes:
            raise UnknownNameError(
                "attribute",
                name,
                attributes,
                otherwise=f"the attributes are {', '.join(attributes)}"
                if attributes
                else 'declare it first: --attribute "LABEL:TYPE"',
            )
        yield name, value


def read_file(path: Path, name: str | None) -> list[JsonObject]:
    """Read definitions from a file: one Klass, or an app file with `klasses`.

    `name`, if given, picks the one of that name. Raises FileProblemsError for a wrong shape,
    UsageError for a file without Klasses.
    """
    document = read_document(path)
    data = document.data
    if isinstance(data, dict) and "name" in data and not is_workflow(data):
        # A bare Klass is judged as an app file that has nothing else.
        document = document.within("klasses", 0)
    files = Files([document], [*document.problems, *check_shape(document)])
    files.refuse_errors()
    definitions = [part.body for part in files.parts("klasses")]
    names = [definition["name"] for definition in definitions]
    if not definitions:
        raise UsageError(f'"{path}" defines no klass', hint="name it: {name: order, ...}")
    if name is None:
        return definitions
    if name not in names:
        raise UnknownNameError(
            f"klass in {path}", name, names, otherwise=f"it has {', '.join(names)}"
        )
    return [definitions[names.index(name)]]


def create(org: Org, definitions: Iterable[JsonObject]) -> list[Klass]:
    """Make Klasses of definitions as app files have them (`manual/platform.md 1.6`).

    All or none. Raises UsageError for a name that can't be or is taken, or attributes that
    can't be.
    """
    with org.store.transaction():
        org.reseed()
        klasses = [make(org, definition) for definition in definitions]
        for klass in klasses:
            if org.store.klasses.get(klass.name):
                raise UsageError(
                    f'klass "{klass.name}" already exists',
                    hint=f"change it with kobjctl klass edit {klass.name}",
                )
            org.store.klasses.add(klass)
    return klasses


def check(definitions: Iterable[JsonObject]) -> None:
    """Raise UsageError for a name, attributes or looks that no klass can have."""
    for definition in definitions:
        klass = Klass.from_definition(definition, klass_id="", created_at="", updated_at="")
        check_klass_name(klass.name, standard=klass.standard)
        if klass.standard and klass.name not in STANDARD_KLASSES:
            raise UsageError(
                f'"{klass.name}" is no standard klass of the platform',
                hint=f"the standard ones are {', '.join(STANDARD_KLASSES)}",
            )
        check_attributes(klass.attributes)
        check_looks(klass)


def make(org: Org, definition: JsonObject) -> Klass:
    """Return a new Klass that is not written yet; raises UsageError as `check` does."""
    check([definition])
    at = org.now()
    return Klass.from_definition(definition, klass_id=org.new_id(), created_at=at, updated_at=at)


def merge(klass: Klass, wanted: Klass, at: str) -> Klass:
    """Return a Klass changed to what is wanted; attributes are added and changed, never lost."""
    attributes = {**klass.attributes, **wanted.attributes}
    check_attributes(attributes)
    changed = wanted._replace(
        id=klass.id,
        attributes=attributes,
        icon=wanted.icon or klass.icon,
        color=wanted.color or klass.color,
        extra=klass.extra | wanted.extra,
        metadata=klass.metadata | wanted.metadata,
        created_at=klass.created_at,
        updated_at=klass.updated_at,
    )
    return klass if changed == klass else changed._replace(updated_at=at)


def edit(org: Org, name: str, fields: Mapping[str, str | None], specs: AttributeSpecs) -> Klass:
    """Change display name, icon or colour of a Klass, and add attributes or change their
    labels, options and targets. `fields` are fields of `Klass`; None leaves one as it is.
    """
    with org.store.transaction():
        klass = lookup.klass(org.store, name)
        given = {key: value for key, value in fields.items() if value is not None}
        attributes = read_attributes(specs, klass.attributes)
        check_attributes(attributes)
        changed = klass._replace(attributes=attributes, updated_at=org.now(), **given)  # type: ignore[arg-type] # mypy can't see the names
        check_looks(changed)
        org.store.klasses.replace(changed)
    return changed


def delete(store: Store, name: str) -> None:
    """Delete a Klass; refused with ConflictError while KObjects of it exist.

    Source: `manual/platform.md 9.1`.
    """
    with store.transaction():
        klass = lookup.klass(store, name)
        count = store.kobjects.count(name)
        if count:
            noun = "KObject" if count == 1 else "KObjects"
            raise ConflictError(f'klass "{name}" has {count:,} {noun} and can\'t be deleted')
        store.klasses.remove(klass)
