"""The only place that starts cluster programs: targets, the crm session, snapshots, the watch."""
