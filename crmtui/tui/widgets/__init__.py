"""The parts of the screen; each gets values and posts messages."""
