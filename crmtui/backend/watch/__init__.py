"""Watch on a cluster: snapshots and their freshness."""
