"""What can come next on a crm command line: what is expected here, then which candidates. Pure."""
