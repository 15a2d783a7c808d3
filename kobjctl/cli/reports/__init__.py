"""Where reports go: to the screen, and to files for other programs."""
