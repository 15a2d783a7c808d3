"""Check the `custom` values of a record against the org's Klasses."""

from kobjctl.actions.base import World
from kobjctl.model.custom import check_custom
from kobjctl.model.klass import Klass
from kobjctl.model.values import JsonObject


def check_custom_of(klass: Klass | None, custom: JsonObject, world: World) -> list[str]:
    """Check the custom values of a Klass's instance; give warnings, raise BadParamError."""

    def refers_to(target: str, record_id: str) -> bool:
        kind, _, name = target.partition(".")
        if kind == "customer":
            return world.store.customers.exists(record_id)
        if kind == "kobject":
            kobject = world.store.kobjects.get(record_id)
            return kobject is not None and kobject.klass == name
        # The org holds no other records yet: nothing to check against.
        return True

    return check_custom(custom, klass.attributes if klass else {}, refers_to)
