"""The web as workflows see it: stubs that answer, hosts that are allowed, a record of both."""
