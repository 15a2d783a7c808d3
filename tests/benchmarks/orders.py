"""Payloads for the order workflow, and an org to send them to."""

import json
from pathlib import Path

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of

ROOT = Path(__file__).parent.parent.parent
WORKFLOW = ROOT / "sample_workflows" / "order.yaml"


def payloads(count):
    """Give the bodies of orders; four in five are from a new customer."""
    return [
        json.dumps(
            {
                "orderId": str(number),
                "price": f"${number % 100}.25",
                "quantity": number % 7 + 1,
                "email": f"customer{number - number % 5 // 4}@example.com",
            }
        ).encode()
        for number in range(count)
    ]


def new_org(path):
    """Open a new org on disk that has the order workflow."""
    engine = engine_of(open_org(path))
    apply(engine.org, [WORKFLOW])
    return engine
