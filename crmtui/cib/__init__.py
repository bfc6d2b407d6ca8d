"""CIB: what is configured."""
