"""Palette: every action, object and command, found by name."""
