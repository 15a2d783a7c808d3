"""Note what runs look for, so that processes which work on copies know what they had in common."""

from collections.abc import Callable
from typing import Any

from kobjctl.model.customer import Customer, identities
from kobjctl.model.errors import ConflictError
from kobjctl.model.kinds import KINDS, CoreRecord
from kobjctl.model.kobject import KObject
from kobjctl.store.shards import BY_ID, READS, note_reads
from kobjctl.store.store import Store


class Watch:
    """Notes what is looked for in a store: by id, by identity, by what else finds a record.

    What `is_own` was made in this replay: no other process knows of it.
    """

    def __init__(self, store: Store, is_own: Callable[[str], bool]) -> None:
        self._store = store
        self._is_own = is_own
        self._reads: set[tuple[str, str]] = set()
        store.connection.execute(READS)
        customers, kobjects = store.customers, store.kobjects
        self._wrap(customers, "get", self._by_id)
        self._wrap(customers, "exists", self._by_id)
        self._wrap(customers, "find", self._note)
        self._wrap(customers, "leave", self._by_id)
        self._wrap(kobjects, "get", self._by_id)
        self._wrap(kobjects, "find", lambda klass, value: self._note(f"kobjects.{klass}", value))
        self._wrap(kobjects, "leave", self._by_id)
        self._wrap(kobjects, "remove_of", self._by_id)
        self._wrap(store.klasses, "get", lambda name: self._note("klasses.name", name))
        for kind in KINDS.values():
            self._watch_records(kind.name, kind.plural)
        self._watch_conflicts()

    def write(self) -> None:
        """Write what was noted, as part of the transaction that is open."""
        note_reads(self._store.connection, sorted(self._reads))
        self._reads.clear()

    def _watch_records(self, kind: str, plural: str) -> None:
        records = self._store.records(kind)
        for name in ("get", "exists", "last_changed"):
            self._wrap(records, name, self._by_id)
        for name in ("last_created", "remove_of"):
            self._wrap(records, name, lambda _, record_id, *__: self._by_id(record_id))
        self._wrap(records, "named", lambda by, value, *_: self._note(f"{plural}.{by}", value))

    def _watch_conflicts(self) -> None:
        """Note the identities of a customer that could not be written for another's sake."""
        customers: Any = self._store.customers
        for name in ("add", "replace"):
            setattr(customers, name, self._noting_conflicts(getattr(customers, name)))

    def _noting_conflicts(self, write: Callable[[Customer], None]) -> Callable[[Customer], None]:
        def noting(customer: Customer) -> None:
            try:
                write(customer)
            except ConflictError:
                for kind, value in identities(customer.given):
                    self._note(kind, value)
                raise

        return noting

    def _wrap(self, table: Any, name: str, note: Callable[..., None]) -> None:
        look = getattr(table, name)

        def noting(*sought: Any) -> Any:
            note(*sought)
            found = look(*sought)
            for each in found if isinstance(found, list) else (found,):
                if isinstance(each, Customer | KObject | CoreRecord):
                    self._by_id(each.id)
            return found

        setattr(table, name, noting)

    def _by_id(self, record_id: str, *_: Any) -> None:
        if not self._is_own(record_id):
            self._reads.add((BY_ID, record_id))

    def _note(self, space: str, name: Any) -> None:
        self._reads.add((space, str(name)))
