"""Print every ratio that the README quotes: `python tests/benchmarks`."""

import limits
import references
import startup
import templates
import throughput
import validate

for each in (startup, throughput, references, templates, validate, limits):
    each.report()
