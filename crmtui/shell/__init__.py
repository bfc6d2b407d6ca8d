"""Command line of the screen on a bare terminal."""
