"""Print every ratio that the README quotes: `python tests/benchmarks`."""

import startup
import throughput

startup.report()
throughput.report()
