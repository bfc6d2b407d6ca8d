"""argv to target to run."""
