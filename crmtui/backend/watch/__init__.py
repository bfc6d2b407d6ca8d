"""Watch on a cluster: snapshots, fresh or stale."""
