"""Wakeups: signs that the CIB has changed."""
