"""Cluster as a pure model, with parsers of Pacemaker's own output: no processes, no screen."""
