"""Uncommitted lines of a session: kept on disk, counted, and staged again after a crash."""
