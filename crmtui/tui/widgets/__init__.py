"""Widgets of the screen; each gets values and posts messages."""
