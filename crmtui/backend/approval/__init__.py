"""Approval of lines: requests, levels of confirmation, rules of a sandbox."""
