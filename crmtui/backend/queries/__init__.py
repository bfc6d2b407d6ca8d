"""Queries of a cluster, each made when it is needed."""
