"""Session with a running crm."""
