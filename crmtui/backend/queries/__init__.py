"""Queries to a cluster that are asked once."""
