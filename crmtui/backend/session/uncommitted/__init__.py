"""Uncommitted lines: kept, counted, staged again."""
