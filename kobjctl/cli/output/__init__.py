"""Words and colours: the one place that knows what they are printed on."""
