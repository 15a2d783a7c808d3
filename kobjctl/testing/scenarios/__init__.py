"""Scenarios: read the files that hold them, run them, compare what happened with what they expect.

`reading.read` gives the scenarios of files, `running.run` and `running.run_all` what became of
them; `model.scenario` has the nouns.
"""
