"""Controllers: handlers of keys, messages and session events."""
