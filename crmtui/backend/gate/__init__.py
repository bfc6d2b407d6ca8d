"""Gate: the one way out for lines that change a cluster, and its audit log."""
