"""The records that a scenario made or changed, as expectations name them."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from kobjctl.model.customer import Customer
from kobjctl.model.kinds import KINDS, RELATIONS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kinds.identities import IDENTITIES
from kobjctl.model.kobject import KObject
from kobjctl.model.record import flatten
from kobjctl.model.values import Json, JsonObject
from kobjctl.records.customers import MERGED
from kobjctl.store.store import Store
from kobjctl.testing.scenarios.matchers import is_matcher

Record: TypeAlias = Customer | KObject | CoreRecord

_EVERY: Final = -1
_KIND_OF: Final[Mapping[str, str]] = {kind.plural: kind.name for kind in KINDS.values()}
PLURALS: Final = tuple(_KIND_OF)


class RecordsSeen:
    """What became of the records of an org from now on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before: dict[str, dict[str, Record]] = {
            plural: {record.id: record for record in self._all(plural)} for plural in PLURALS
        }
        self._changed: dict[str, list[JsonObject]] = {}

    def count(self, plural: str) -> int:
        """Count the records of a kind that the org has."""
        return len(self._all(plural))

    def changed(self, plural: str) -> list[JsonObject]:
        """Return the records that were made or changed, in the order they were made."""
        if plural not in self._changed:
            before = self._before[plural]
            self._changed[plural] = [
                self._flat(record)
                for record in self._all(plural)
                if before.get(record.id) != record
            ]
        return self._changed[plural]

    def comparable(self, record: JsonObject, wanted: Json) -> JsonObject:
        """Return a record as it is to be compared: others that it names are there as they are named
        in what is wanted, if that means them, and attributes of its klass in any case.
        """
        fields = wanted if isinstance(wanted, dict) else {}
        shown = dict(record)
        for kind in RELATIONS:
            if kind in record:
                shown[kind] = self._related(kind, record[kind], fields.get(kind))
        if isinstance(fields.get("custom"), dict) and isinstance(record.get("custom"), dict):
            shown["custom"] = self._custom(record, fields["custom"])
        return shown

    def _related(self, kind: str, record_id: str, wanted: Json) -> Json:
        names = self._names(kind, record_id)
        if is_matcher(wanted) or not names:
            return record_id
        if isinstance(wanted, dict):
            found = self._get(kind, record_id)
            return self._flat(found) if found else record_id
        folded = {each.casefold() for each in names}
        is_meant = isinstance(wanted, str) and wanted.casefold() in folded
        return wanted if is_meant else names[0]

    def _custom(self, record: JsonObject, wanted: JsonObject) -> JsonObject:
        custom: JsonObject = record["custom"]
        klass = self._store.klasses.get(record.get("klass", ""))
        # No klass has two whose names differ in case alone.
        declared = {name.casefold(): name for name in (klass.attributes if klass else ())}
        more = {}
        for name in wanted:
            own = declared.get(name.casefold(), name)
            if own != name and own in custom and name not in custom:
                more[name] = custom[own]
        return {**custom, **more}

    def _names(self, kind: str, record_id: str) -> list[str]:
        """Return what a record can be named by, what people know first."""
        record = self._get(kind, record_id)
        found: list[Json]
        if isinstance(record, Customer):
            found = [
                IDENTITIES[each].value(item)
                for each in ("emails", "externalIds", "phones")
                for item in record.given.get(each) or ()
            ]
        elif record:
            found = [record.given.get(name) for name in KINDS[kind].found_by]
        else:
            found = []
        return [*(each for each in found if isinstance(each, str)), record_id]

    def _get(self, kind: str, record_id: str) -> Record | None:
        return self._store.table(kind).get(record_id)

    def _all(self, plural: str) -> list[Record]:
        """Return all records of a kind, the oldest first."""
        return [*self._store.table(_KIND_OF[plural]).all(_EVERY)][::-1]

    def _flat(self, record: Record) -> JsonObject:
        flat = flatten(record.resource(self._store.org_id))
        if isinstance(record, Customer):
            # The first of its values stands also under the name by which an action takes one.
            for single, plural in MERGED.items():
                items = flat.get(plural)
                if items and single not in flat:
                    flat[single] = items[0][single]
        return flat
