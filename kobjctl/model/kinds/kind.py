"""What is said once of a kind of record, and what follows from it."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

from kobjctl.model.kinds.limits import Limit
from kobjctl.model.values import Json, JsonObject, kind_of

TEXT: Final = "text"
NUMBER: Final = "number"
BOOLEAN: Final = "true or false"
TIME: Final = "date and time"
OBJECT: Final = "object"
LIST: Final = "list"
ANY: Final = "anything"
# The table of kinds that have none of their own.
SHARED: Final = "records"
_NOTHING: Final[JsonObject] = {}
_CAPITAL: Final = re.compile("[A-Z]")
# What finds a record, as people say it.
WORDS: Final = {"externalId": "external id", "phone": "phone number"}


def kebab_case(name: str) -> str:
    """Return the name of a field as commands and actions spell it: `external-id`."""
    return _CAPITAL.sub(lambda found: f"-{found[0].lower()}", name)


def as_it_is(value: Json) -> Json:
    """Return the value: it is kept as it is given."""
    return value


class RecordField(NamedTuple):
    """A field of a record that can be written.

    `type` is in words, `limits` are what it takes beyond that, and `read` gives the value as it is
    kept; it raises BadParamError for what the platform refuses. A `required` field is needed by a
    new record. One that is only for a `new` record, or for a `change`, says `when`. What is kept
    under another name goes `into` that. `of` is the kind whose id it has, or whose ids it lists;
    one with a `route`, which it is linked at, needs not be there. What has a `help` is an option of
    the command that makes a record.
    """

    name: str
    type: str = TEXT
    limits: tuple[Limit, ...] = ()
    required: bool = False
    nullable: bool = True
    when: Literal["", "new", "change"] = ""
    into: str = ""
    of: str = ""
    route: str = ""
    read: Callable[[Any], Json] = as_it_is
    help: str = ""


class RecordFacts(NamedTuple):
    """What is said of a kind of record, each fact once.

    `fields` are those that can be written, `needs_one` names some of which a new record needs one;
    `blank` is what every record has, in the order of recorded resources, `computed` what else the
    platform says of one, with its type, `times` those that each has, and `authors` the relations
    to the users who wrote it. `found_by` are the attributes, beside the id, that find a record: the
    first of them is no other record's of the kind. `revised` kinds show their `rev`, `emits` tells
    whether the kind has events, `on_timeline` whether its records stand on the timeline of their
    customer, but for those in a conversation. With an `own_service`, a module of `records` that is
    called as the plural makes and changes records; else nothing is to be done but to keep them.
    `noted_on` are the relations to the records that a new one changes, whether it always has them
    or not: they count it, or tell when something happened to them last.
    Kinds without relations need no `own_table`. A kind that is `special` has a model and commands
    of its own.

    `summary` says what the records are, `columns` has the attributes of a list by their titles,
    `shown` and `made` are what examples show and make one with.
    """

    name: str
    plural: str
    fields: tuple[RecordField, ...]
    needs_one: tuple[str, ...] = ()
    blank: JsonObject = _NOTHING
    computed: Mapping[str, str] = _NOTHING
    times: tuple[str, ...] = ("createdAt", "updatedAt", "modifiedAt")
    authors: tuple[str, ...] = ("createdBy", "modifiedBy")
    found_by: tuple[str, ...] = ()
    revised: bool = True
    emits: bool = True
    on_timeline: bool = False
    noted_on: Mapping[str, bool] = _NOTHING
    own_service: bool = False
    own_table: bool = False
    special: bool = False
    summary: str = ""
    columns: Mapping[str, str] = _NOTHING
    shown: str = ""
    made: str = ""


class RecordKind(RecordFacts):
    """A kind of record: what is said of it, and what follows from that."""

    @property
    def table(self) -> str:
        """The table that its records are kept in."""
        return self.plural if self.own_table else SHARED

    @cached_property
    def by_name(self) -> Mapping[str, RecordField]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The records that one belongs to, which must exist, by the names of their fields."""
        return tuple(
            each.name for each in self.fields if each.of and each.type == TEXT and not each.route
        )

    @cached_property
    def references(self) -> Mapping[str, str]:
        """The fields that list the ids of records, with their kind."""
        return {each.name: each.of for each in self.fields if each.of and each.type == LIST}

    @cached_property
    def ways(self) -> str:
        """What a record can be named by: `id, external id or name`."""
        *first, last = ["id", *(WORDS.get(each, each) for each in self.found_by)]
        return f"{', '.join(first)} or {last}"

    @cached_property
    def routes(self) -> Mapping[str, tuple[str, str]]:
        """The relations to what no local org needs to have: its kind, and where it is linked at."""
        return {each.name: (each.of or each.name, each.route) for each in self.fields if each.route}

    @cached_property
    def output(self) -> Mapping[str, str]:
        """What the flattened record has (`manual/platform.md 7.2`), with the types in words."""
        return dict(self._output())

    def _output(self) -> Iterator[tuple[str, str]]:
        yield "id", TEXT
        for field in self.fields:
            if field.into in self.by_name:
                continue
            is_id = field.route and field.type != LIST
            yield field.into or field.name, TEXT if is_id else field.type
        for name, value in self.blank.items():
            if name not in self.by_name:
                yield name, kind_of(value)
        yield from self.computed.items()
        yield "org", TEXT
        if self.revised:
            yield "rev", NUMBER
        yield from dict.fromkeys(self.times, TIME).items()
        yield from dict.fromkeys(self.authors, TEXT).items()
