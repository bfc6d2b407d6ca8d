"""CIB: the configuration of a cluster, read, compared and masked."""
