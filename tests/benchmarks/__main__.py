"""Print every ratio that the README quotes: `python tests/benchmarks`."""

import references
import startup
import templates
import throughput

for each in (startup, throughput, references, templates):
    each.report()
