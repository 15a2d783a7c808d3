"""Print every ratio that the page on performance quotes: `python tests/benchmarks`."""

import limits
import references
import replay
import startup
import templates
import throughput
import validate

for each in (startup, throughput, replay, references, templates, validate, limits):
    each.report()
