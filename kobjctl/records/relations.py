"""Check what a record says of others: its `custom` values by its Klass, and its relations."""

from typing import TYPE_CHECKING

from kobjctl.model.custom import check_custom
from kobjctl.model.errors import BadParamError, NotFoundError
from kobjctl.model.kinds import KINDS
from kobjctl.model.klass import Klass, is_reference
from kobjctl.model.values import JsonObject

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def check_custom_of(klass: Klass | None, custom: JsonObject, store: "Store") -> list[str]:
    """Check the custom values of a Klass's instance; give warnings, raise BadParamError."""

    def refers_to(target: str, record_id: str) -> bool:
        """Return whether there is such a record; kinds that no local org has count as there."""
        kind, _, name = target.partition(".")
        if kind == "kobject":
            kobject = store.kobjects.get(record_id)
            return kobject is not None and kobject.klass == name
        # Whatever else an attribute may refer to (a brand), no local org has.
        return kind not in KINDS or store.table(kind).exists(record_id)

    return check_custom(custom, klass.attributes if klass else {}, refers_to)


def check_related(kind: str, record_id: str, store: "Store") -> None:
    """Raise NotFoundError (or BadParamError for what is no id) unless the record is there.

    Source: `manual/platform.md 10.3`.
    """
    if not is_reference(record_id):
        raise BadParamError(
            f'"{record_id}" is not the id of a {kind} (24 hex characters)', parameter=kind
        )
    if not store.table(kind).exists(record_id):
        raise NotFoundError(f'no {kind} has the id "{record_id}"', parameter=kind)
