"""What a step may do: the table of actions, each a module of its own, loaded when first used.

To add one, write its module with a `perform` and give it a line here.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from kobjctl.actions.base import Action


class Actions(Mapping[str, Action]):
    """The actions by name. A run imports only those that its workflow names."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules
        self._loaded: dict[str, Action] = {}

    def __getitem__(self, name: str) -> Action:
        if name not in self._loaded:
            module = import_module(f"{__name__}.{self._modules[name]}")
            self._loaded[name] = module.perform
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


ACTIONS = Actions(
    {
        "kustomer.customer.find": "customer_find",
        "kustomer.customer.find-by-email": "customer_find_by_email",
        "kustomer.customer.find-by-phone": "customer_find_by_phone",
        "kustomer.customer.find-by-external-id": "customer_find_by_external_id",
        "kustomer.customer.create": "customer_create",
        "kustomer.customer.update": "customer_update",
        "kustomer.kobject.find": "kobject_find",
        "kustomer.kobject.find-by-external-id": "kobject_find_by_external_id",
        "kustomer.kobject.create": "kobject_create",
        "kustomer.kobject.create-with-customer": "kobject_create_with_customer",
        "kustomer.kobject.update": "kobject_update",
        "kustomer.kobject.delete": "kobject_delete",
        "kustomer.klass.find-by-klassname": "klass_find_by_klassname",
        "kustomer.event.publish": "event_publish",
        "kustomer.app.scheduler.schedule-workflow": "scheduler_schedule_workflow",
        "kustomer.klass.create": "klass_create",
        "kustomer.regex-match.generic": "regex_match",
        "kustomer.app.ai.nlp": "ai_nlp",
    }
)
