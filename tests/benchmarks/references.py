"""A reference beside `jsonpath_ng` finding the same value in the same data."""

import timeit

from jsonpath_ng import parse

from kobjctl.expressions.scope import new_scope
from kobjctl.expressions.value import compile_value

SCOPE = new_scope({"attributes": {"data": {"items": [{"sku": "a"}, {"sku": "b"}], "total": 5}}})
AIM = 20
PATHS = ("attributes.data.total", "attributes.data.items.1.sku")


def best(work, number=20_000):
    """Give the microseconds that one call takes, the best of five rounds."""
    return min(timeit.repeat(work, number=number, repeat=5)) / number * 1e6


def report():
    """Print the time of each reference as a part of jsonpath_ng's."""
    for path in PATHS:
        reference = compile_value(f"/#steps.1.{path}").resolve
        found = parse(f"$.steps.`1`.{path}".replace("`1`", "'1'").replace(".1.", "[1]."))
        data = dict(SCOPE)
        if [reference(SCOPE)] != [match.value for match in found.find(data)]:
            raise SystemExit(f"{path}: the two find different things")
        ours = best(lambda reference=reference: reference(SCOPE))
        theirs = best(lambda found=found, data=data: found.find(data), 2_000)
        ratio = theirs / ours
        print(  # noqa: T201
            f"reference {path}: {ours:.2f} us, jsonpath_ng {theirs:.1f} us, 1/{ratio:.0f} of it"
            f" (aim 1/20: {'met' if ratio >= AIM else 'not met'})"
        )


if __name__ == "__main__":
    report()
